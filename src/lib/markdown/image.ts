import type { Element } from "hast";
import { pictureElement } from "../images/picture-element.ts";
import type { BodyContext } from "./body-context.ts";
import { report } from "./body-context.ts";
import { figureElement } from "./components/figure.ts";
import { isElement } from "./hast.ts";
import { findPicture } from "./local-image-path.ts";
import { typeset } from "./typography.ts";

/** A picture in Markdown, or an `<img>` that the author wrote, inside a line or a paragraph. */
export function renderImage(img: Element, context: BodyContext): Element {
  const { src, alt } = checked(img, context);
  const facts = findPicture(src, img, context);
  if (facts === null) return { ...img, properties: { src, alt } };
  const picture = pictureElement(facts, alt, { base: context.source.base });
  const { title, className } = img.properties;
  const inner = isElement(picture, "img")
    ? picture
    : picture.children.find((child) => isElement(child, "img"));
  if (inner?.type === "element") {
    if (typeof title === "string") inner.properties["title"] = title;
    if (Array.isArray(className)) {
      const tint = inner.properties["className"];
      inner.properties["className"] = [...className, ...(Array.isArray(tint) ? tint : [])];
    }
  }
  return picture;
}

/** A picture alone in its paragraph whose title is its caption; null when it has none and stays in the text. */
export function renderLoneImage(img: Element, context: BodyContext): Element | null {
  const title = img.properties["title"];
  if (typeof title !== "string" || title.trim() === "") return null;
  const { src, alt } = checked(img, context);
  const facts = findPicture(src, img, context);
  if (facts === null) return img;
  const caption = typeset(title, context.source.lang);
  return figureElement({ facts, alt, caption, credit: null, isWide: false }, context);
}

function checked(img: Element, context: BodyContext): { src: string; alt: string } {
  const src = String(img.properties["src"] ?? "");
  const alt = String(img.properties["alt"] ?? "").trim();
  if (alt === "" && img.properties["decorative"] === undefined) {
    report(
      context,
      img,
      `The picture ${src} has no alternative text`,
      `Say what it shows, for those who can't see it:\n![Two neighbours talk over a fence](${src})\nA picture that says nothing is marked: <Figure src="${src}" decorative />`,
    );
  }
  return { src, alt };
}
