import type { Element } from "hast";
import type { ImageMetadata } from "../images/image-metadata.ts";
import { isFilmName, isMediaName, isSoundName } from "../images/image-metadata.ts";
import { pictureElement } from "../images/picture-element.ts";
import type { BodyContext } from "./body-context.ts";
import { formatOf, remark, report } from "./body-context.ts";
import { wikiTargetOf } from "./dialect/wiki-links.ts";
import { renderSound, renderVideo } from "./media-element.ts";
import { figureElement } from "./components/figure.ts";
import { h, isElement } from "./hast.ts";
import { renderLink } from "./link.ts";
import { fileOf, findPicture, isUnsupportedPicture, wikiFile } from "./local-image-path.ts";
import { typeset } from "./typography.ts";

/** Renders a Markdown image or an author's `<img>` inline. */
export function renderImage(img: Element, context: BodyContext): Element {
  const file = nameOfFile(img, context);
  if (isMediaName(file) && !isUnsupportedPicture(file) && fileOf(file, context.source) !== null) {
    const label = String(img.properties["alt"] ?? "") || file.replace(/^.*\//, "");
    return h("a", { href: renderLink(file, img, context) }, label);
  }
  const { src, alt } = checked(img, context);
  if ("srcSet" in img.properties || "srcset" in img.properties)
    remark(
      context,
      img,
      "<img> has srcset, which is left out: sizes are made at build",
      `Leave it out:\n![${alt}](${src})`,
    );
  const remote = remoteImage(img, src, alt, context);
  if (remote !== null) return remote;
  const facts = findPicture(src, img, context);
  if (facts === null) return { ...img, properties: { src, alt } };
  const { base, isNote: isPhoto = false } = context.source;
  const picture = pictureElement(facts, alt, { base, isPhoto });
  const { title, className } = img.properties;
  const inner = isElement(picture, "img")
    ? picture
    : picture.children.find((child) => isElement(child, "img"));
  if (inner?.type === "element") {
    if (typeof title === "string") inner.properties["title"] = title;
    const width = wikiTargetOf(src)?.width ?? widthIn(img, facts);
    if (width !== null && width < facts.width) {
      inner.properties["width"] = width;
      inner.properties["height"] = Math.max(1, Math.round((facts.height * width) / facts.width));
    }
    if (Array.isArray(className)) {
      const tint = inner.properties["className"];
      inner.properties["className"] = [...className, ...(Array.isArray(tint) ? tint : [])];
    }
  }
  return picture;
}

/** Renders an image that is alone in its paragraph, with its title as caption; null if it has no title. */
export function renderLoneImage(img: Element, context: BodyContext): Element | null {
  const name = nameOfFile(img, context);
  if (isSoundName(name) && fileOf(name, context.source) !== null) return renderSound(name, img, context);
  if (isFilmName(name) && fileOf(name, context.source) !== null) return renderVideo(name, img, context);
  const title = img.properties["title"];
  if (typeof title !== "string" || title.trim() === "") return null;
  const { src, alt } = checked(img, context);
  if (remoteImage(img, src, alt, context) !== null) return null;
  const facts = findPicture(src, img, context);
  if (facts === null) return img;
  const caption = typeset(title, context.source.lang);
  return figureElement({ facts, alt, caption, credit: null, place: "text" }, context);
}

/** The file that an image refers to; Obsidian's wikilinks name a file in any folder. */
function nameOfFile(img: Element, { source }: BodyContext): string {
  const address = String(img.properties["src"] ?? "");
  const wiki = wikiTargetOf(address);
  return wiki === null ? address : wikiFile(wiki.name, source);
}

/** A picture on another server, if the author allows those; else null. */
function remoteImage(img: Element, src: string, alt: string, context: BodyContext): Element | null {
  if (context.options.remoteImages !== "allow" || !/^(?:https?:)?\/\//i.test(src)) return null;
  remark(
    context,
    img,
    `The picture ${src.length > 80 ? `${src.slice(0, 80)}…` : src} is on another server, and readers' browsers fetch it from there`,
    "Save it beside the post: npx backfence fetch-images",
  );
  const { title, width, height } = img.properties;
  return h("img", {
    src,
    alt,
    title,
    width,
    height,
    loading: "lazy",
    decoding: "async",
    referrerPolicy: "no-referrer",
  });
}

/** Obsidian's width after the alternative text: `![A gate|300](./gate.jpg)`. */
const SIZE = /\|\s*(\d+)(?:x\d+)?\s*$/;

function widthIn({ properties }: Element, { width: full, height }: ImageMetadata): number | null {
  const width = SIZE.exec(String(properties["alt"] ?? ""))?.[1] ?? pixelsIn(properties["width"]);
  if (width !== undefined) return Number(width);
  const tall = pixelsIn(properties["height"]);
  return tall === undefined ? null : Math.max(1, Math.round((full * Number(tall)) / height));
}

function pixelsIn(value: unknown): string | undefined {
  return /^\s*([1-9]\d*)(?:px)?\s*$/.exec(String(value ?? ""))?.[1];
}

/** Whether a tag marks its image as decorative. */
function isDecorative({ properties }: Element): boolean {
  return (
    /^(?:presentation|none)$/.test(String(properties["role"] ?? "")) ||
    String(properties["ariaHidden"]) === "true"
  );
}

function checked(img: Element, context: BodyContext): { src: string; alt: string } {
  const src = String(img.properties["src"] ?? "");
  const alt = String(img.properties["alt"] ?? "")
    .replace(SIZE, "")
    .trim();
  if (alt === "" && img.properties["decorative"] === undefined && !isDecorative(img)) {
    const decorative =
      formatOf(context.source) === "md"
        ? `<img src="${src}" alt="" decorative>`
        : `<Figure src="${src}" decorative />`;
    report(
      context,
      img,
      `The picture ${src} has no alternative text`,
      `Describe it for people who can't see it:\n![What it shows](${src})\nFor a picture that carries no information: ${decorative}`,
    );
  }
  return { src, alt };
}
