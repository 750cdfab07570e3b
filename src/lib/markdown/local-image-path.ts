import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { Element, Nodes } from "hast";
import { SVG_ADVICE } from "../images/clean-svg.ts";
import type { MediaFacts, ImageMetadata } from "../images/image-metadata.ts";
import { isMediaName, isPictureName, isPlayableName } from "../images/image-metadata.ts";
import type { BodyContext, BodySource } from "./body-context.ts";
import { lineOf, report } from "./body-context.ts";
import { wikiTargetOf } from "./dialect/wiki-links.ts";
import { issueOutside } from "../site/assert-inside.ts";
import { didYouMean } from "../did-you-mean.ts";
import { withoutBlogMark } from "../site/blog-mark.ts";
import { percentDecoded } from "../percent-decoded.ts";

/**
 * Resolves an address to a file, as a path from the project's root; null for an address on another server.
 * `./fence.svg` is beside the post, `/fence.svg` is in `public/`.
 */
export function fileOf(src: string, source: BodySource): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(src)) return null;
  const folder = src.startsWith("/") ? "public" : path.posix.dirname(source.file);
  const fileAt = (address: string): string => path.posix.join(folder, percentDecoded(address));
  const file = fileAt(src.replace(/[?#].*$/s, ""));
  // File names may contain ? and #, and may be in Unicode form NFC or NFD, regardless of the address.
  const others = [/[?#]/.test(src) ? fileAt(src) : file, file.normalize("NFC"), file.normalize("NFD")];
  const other = others.find((one) => one !== file);
  if (other === undefined || existsSync(path.join(source.root, file))) return file;
  return others.find((one) => existsSync(path.join(source.root, one))) ?? file;
}

/** Metadata of the picture that an address refers to; null after reporting an error. */
export function findPicture(written: string, at: Nodes | number, context: BodyContext): ImageMetadata | null {
  const wiki = wikiTargetOf(written);
  const src = wiki === null ? withoutBlogMark(written) : wikiFile(wiki.name, context.source);
  const file = fileOf(src, context.source);
  if (file === null) {
    reportElsewhere(src, at, context);
    return null;
  }
  context.found.pictures.add(file);
  const facts = context.pictures.get(file);
  if (facts === null) {
    reportMissing(src, file, at, context);
    return null;
  }
  for (const danger of facts.dangers) {
    report(context, at, `The picture ${percentDecoded(src)} contains ${danger}`, SVG_ADVICE);
  }
  if (facts.damage !== null) {
    report(
      context,
      at,
      `The picture ${percentDecoded(src)} ${facts.damage}`,
      "Save or copy it again from where it came, as jpg, png, webp, avif, gif or svg.",
    );
    return null;
  }
  return facts.dangers.length > 0 ? null : facts;
}

/** Metadata of the video or file that an address refers to; null after reporting an error. */
export function findMedia(
  src: string,
  at: Nodes | number,
  context: BodyContext,
  kind: "video" | "file" = "video",
): MediaFacts | null {
  const file = fileOf(src, context.source);
  if (file === null) {
    reportElsewhere(src, at, context, kind);
    return null;
  }
  context.found.pictures.add(file);
  const facts = context.pictures.media(file);
  if (facts === null) reportMissing(src, file, at, context, kind);
  return facts;
}

/** Finds a file by its name alone: beside the text, in common folders for attachments, or in `public/`. */
export function wikiFile(name: string, source: BodySource): string {
  if (/^[/.]/.test(name)) return encodeURI(name);
  const folders = ["", "attachments/", "assets/", "images/", "img/", "files/"];
  // An Obsidian vault may have one attachments folder for all notes below it.
  const depth = Math.max(0, source.file.split("/").length - 3);
  const places = Array.from({ length: depth + 1 }, (_, up) =>
    folders.map((folder) => `${up === 0 ? "./" : "../".repeat(up)}${folder}${name}`),
  ).flat();
  const shared = [`/${name}`, `/images/${name}`, `/attachments/${name}`];
  const found = [...places, ...shared].find((place) => {
    const file = fileOf(encodeURI(place), source);
    return file !== null && existsSync(path.join(source.root, file));
  });
  return encodeURI(found ?? `./${name}`);
}

function reportElsewhere(
  src: string,
  at: Nodes | number,
  context: BodyContext,
  kind: keyof typeof KINDS = "picture",
): void {
  if (src.startsWith("data:")) {
    report(
      context,
      at,
      `The ${kind} is embedded as a data: URL, so every page and feed would contain it`,
      `Save it as a file beside the post:\n![${altOf(at) || "What it shows"}](./${kind}.png)`,
    );
    return;
  }
  if (/^(?:[a-z]:[\\/]|file:)/i.test(src)) {
    const name = src.replace(/[?#].*$/s, "").replace(/^.*[\\/]/s, "");
    report(
      context,
      at,
      `The ${kind} ${src} is a file on your own computer, which readers don't have`,
      `Put the file beside the post:\n![${altOf(at) || "What it shows"}](./${name})`,
    );
    return;
  }
  const { remotePictures } = context.found;
  if (kind === "picture" && /^(?:https?:)?\/\//i.test(src) && !remotePictures.has(src))
    remotePictures.set(src, typeof at === "number" ? at : lineOf(at, context.source));
  const written = path.posix.basename(src.replace(/[?#].*$/s, "")) || kind;
  const name = kind !== "picture" || /\.\w{2,5}$/.test(written) ? written : `${written}.jpg`;
  const alt = altOf(at);
  const example = kind === "picture" ? `![${alt || "What it shows"}](./${name})` : `src="./${name}"`;
  report(
    context,
    at,
    `The ${kind} ${src.length > 80 ? `${src.slice(0, 80)}…` : src} is on another server`,
    `Readers' browsers contact no other server before a click. ${kind === "picture" ? "Save it with `npx backfence fetch-images`, or save" : "Save"} the ${kind} beside the post:\n${example}`,
  );
}

/** Whether a file has a picture format that browsers don't support; these are reported instead of linked. */
export function isUnsupportedPicture(file: string): boolean {
  return /\.(?:tiff?|heic|bmp|psd|ai|e?ps)$/i.test(file);
}

function altOf(at: Nodes | number): string {
  return typeof at !== "number" && "properties" in at ? String(at.properties["alt"] ?? "") : "";
}

const KINDS = {
  picture: { isRight: isPictureName, kinds: "jpg, png, webp, avif, gif or svg" },
  video: { isRight: isPlayableName, kinds: "mp4 or webm (video), mp3, m4a or ogg (audio), vtt (captions)" },
  file: { isRight: isMediaName, kinds: "pdf, zip, mp3 or another common file type" },
} as const;

function reportMissing(
  address: string,
  file: string,
  at: Nodes | number,
  context: BodyContext,
  kind: keyof typeof KINDS = "picture",
): void {
  if (kind === "picture" && isUnplayableVideo(file))
    return reportMissing(address, file, at, context, "video");
  const { isRight, kinds } = KINDS[kind];
  const src = percentDecoded(address);
  if (kind === "picture" && /^(?:[#?].*|[./]*)$/s.test(src)) {
    report(
      context,
      at,
      `A picture has no address: ![${altOf(at)}](${src})`,
      `Name its file beside the post:\n![${altOf(at) || "What it shows"}](./picture.jpg)`,
    );
    return;
  }
  const isThere = existsSync(path.join(context.source.root, file));
  const mayBeShown = (isPictureName(file) || isMediaName(file)) && !isUnsupportedPicture(file);
  if (!isRight(file) && (isThere || !mayBeShown)) {
    report(context, at, `${src} isn't a ${kind} type that a blog can show`, `Use ${kinds}.`);
    return;
  }
  const outside = isThere ? issueOutside(context.source.root, path.join(context.source.root, file)) : null;
  if (outside !== null) {
    report(context, at, outside.message, outside.hint);
    return;
  }
  if (isThere) {
    const isEmpty = statSync(path.join(context.source.root, file)).size === 0;
    const message = isEmpty ? `The file ${src} is empty` : `The file ${src} can't be read as a ${kind}`;
    report(context, at, message, `Save it again as ${kinds}.`);
    return;
  }
  const link = lstatSync(path.join(context.source.root, file), { throwIfNoEntry: false });
  if (link !== undefined) {
    report(
      context,
      at,
      `${src} is a symbolic link to a file that doesn't exist`,
      "Copy the file here, or link to a file in the project.",
    );
    return;
  }
  const inPublic = addressInPublic(src, context.source.root);
  if (inPublic !== null) {
    report(
      context,
      at,
      `The file ${src} isn't there`,
      `Did you mean ${inPublic}? Addresses of files in public/ begin with / and leave out public.\nLooked for: ${file}`,
    );
    return;
  }
  const near = didYouMean(path.posix.basename(file), filesBeside(file, context.source.root).filter(isRight));
  const folder = path.posix.dirname(file);
  const guess =
    near === null ? `Put the file into ${folder}/.` : `Did you mean ${src.replace(/[^/]*$/, near)}?`;
  report(context, at, `The file ${src} isn't there`, `${guess}\nLooked for: ${file}`);
}

/** Whether a file has a video format that browsers don't support. */
function isUnplayableVideo(file: string): boolean {
  return /\.(?:mkv|avi|wmv|flv|mpe?g|3gp)$/i.test(file);
}

/** Correct address for a file in `public/` written as `a.png`, `public/a.png` or `../../public/a.png`; else null. */
function addressInPublic(src: string, root: string): string | null {
  const [, inside] = /^(?:\.{0,2}\/)*public\/(.+)$/.exec(src) ?? [];
  const isBare = /^[^/]+$/.test(src);
  const name = inside ?? (isBare ? src : null);
  if (name === null || !existsSync(path.join(root, "public", name))) return null;
  return `/${name}`;
}

function filesBeside(file: string, root: string): readonly string[] {
  try {
    return readdirSync(path.join(root, path.dirname(file)));
  } catch (error) {
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}

const SOURCE_PROPS = new Set(["src", "poster", "captions"]);

/** Files beside a text that aren't published as attachments: hidden files, texts, HTML pages and components. */
const NO_ATTACHMENT = /(?:^|\/)\.[^/]*$|\.(?:mdx?|markdown|x?html?|astro|vue|svelte)$/i;

/** Whether a linked file (path from the project's root) is published as it is: a known type, or any existing file. */
export function isAttachment(file: string, root: string): boolean {
  if (isPictureName(file) || isMediaName(file)) return true;
  if (NO_ATTACHMENT.test(file)) return false;
  return statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile() === true;
}

/** All picture, media and attachment files in a tree, so that their metadata can be loaded before rendering. */
export function filesNamedIn(tree: Nodes, source: BodySource): readonly string[] {
  const files = new Set<string>();
  const add = (value: unknown, isLink = false): void => {
    if (typeof value !== "string" || value.startsWith("#")) return;
    const wiki = wikiTargetOf(value);
    if (wiki !== null && !isPictureName(wiki.name) && !isMediaName(wiki.name)) return;
    const file = fileOf(wiki === null ? withoutBlogMark(value) : wikiFile(wiki.name, source), source);
    const isNamed = file !== null && (isPictureName(file) || isMediaName(file));
    if (file !== null && (isNamed || (isLink && isAttachment(file, source.root)))) files.add(file);
  };
  const walk = (node: Nodes): void => {
    if (node.type === "element") addSources(node, add);
    if (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") {
      for (const attribute of node.attributes) {
        if (attribute.type !== "mdxJsxAttribute") continue;
        if (SOURCE_PROPS.has(attribute.name)) add(attribute.value);
        if (/^srcset$/i.test(attribute.name) && typeof attribute.value === "string")
          for (const { src } of candidatesIn(attribute.value)) add(src);
      }
    }
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(tree);
  return [...files];
}

/** The addresses in a `srcset`, each with its size; null if there is none. */
export function sourceSetOf({
  properties,
}: Element): readonly { readonly src: string; readonly size: string }[] | null {
  const set = properties["srcSet"] ?? properties["srcset"];
  return typeof set === "string" ? candidatesIn(set) : null;
}

function candidatesIn(set: string): readonly { readonly src: string; readonly size: string }[] {
  return set.split(/,\s+|,(?=[./])/).map((candidate) => {
    const [src = "", ...size] = candidate.trim().split(/\s+/);
    return { src, size: size.join(" ") };
  });
}

function addSources(element: Element, add: (value: unknown, isLink?: boolean) => void): void {
  const { src, href, poster } = element.properties;
  for (const { src: one } of sourceSetOf(element) ?? []) add(one);
  add(src);
  add(href, true);
  add(poster);
}
