/** Body of a post as Markdown: its photos, then its text. Code in it isn't executed, since the file isn't MDX. */
import { toMarkdown } from "mdast-util-to-markdown";
import { bodyToMarkdown, UnreadableBodyError } from "../../lib/import/html/to-markdown.ts";
import { rewriteMarkdown } from "../../lib/import/write/markdown-body.ts";
import { invalid, MicropubError } from "./micropub-error.ts";
import type { PostPictures } from "./post-pictures.ts";
import { isObject, photosOf, textOf, type Properties } from "./properties.ts";

export interface PostBody {
  readonly photos: readonly Photo[];
  /** Markdown without leading and trailing line breaks. */
  readonly text: string;
}

export interface Photo {
  /** Name of a file next to the post. */
  readonly name: string;
  readonly alt: string;
}

/** Alternative text of pictures without a description. */
const NO_DESCRIPTION = "Picture";

const LONE_PHOTO = /^!\[((?:[^\]\\\n]|\\.)*)\]\(\.\/([^\s()<>]+)\)[ \t]*(?:\n+|$)/;

/** Serializes a body for the post's file. */
export function bodyText({ photos, text }: PostBody): string {
  const pictures = photos.map(({ name, alt }) =>
    toMarkdown({
      type: "paragraph",
      children: [{ type: "image", url: `./${name}`, alt: oneLine(alt) }],
    }).trim(),
  );
  return `${[...pictures, text].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Splits a body into the photos at its beginning and the remaining text. */
export function partsOf(body: string): PostBody {
  const photos: Photo[] = [];
  let rest = body.replace(/^\n+/, "");
  for (let found = LONE_PHOTO.exec(rest); found !== null; found = LONE_PHOTO.exec(rest)) {
    const [whole, alt = "", name = ""] = found;
    photos.push({ name, alt: alt.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1") });
    rest = rest.slice(whole.length);
  }
  return { photos, text: rest.trimEnd() };
}

/** The pictures of the property `photo`, added as files next to the post. */
export async function photosIn(properties: Properties, pictures: PostPictures): Promise<readonly Photo[]> {
  const photos: Photo[] = [];
  for (const value of photosOf(properties, "photo")) {
    const name = await pictures.add(value);
    if (!photos.some((photo) => photo.name === name)) photos.push({ name, alt: value.alt });
  }
  return photos;
}

/** The state of a post before an edit. */
export interface Before {
  /** Names of files next to the post. */
  readonly besides: ReadonlySet<string>;
  readonly text: string;
}

export const NOTHING_BEFORE: Before = { besides: new Set(), text: "" };

/**
 * The property `content` as Markdown: plain text is treated as Markdown, HTML is converted. Pictures in it are added as
 * files next to the post; those that can't be fetched become links. Relative links are kept only if the post had them
 * before.
 */
export async function contentIn(
  properties: Properties,
  pictures: PostPictures,
  before: Before,
): Promise<string> {
  const values = properties.get("content") ?? [];
  if (values.length > 1) throw invalid("content can have one value only");
  const [content = ""] = values;
  const html = isObject(content) && typeof content["html"] === "string" ? content["html"] : null;
  const source = html ?? textOf(content);
  if (source === null) throw invalid("content must be text, or an object with html");
  const link = (href: string) => safeLink(href, before);
  const convert = (text: string, picture: PictureAt) =>
    html === null ? rewritten(text, picture, link) : converted(text, picture, link);
  const sources = new Set<string>();
  convert(source, (src) => {
    sources.add(src);
    return null;
  });
  const places = new Map<string, string>();
  for (const src of sources) {
    const place = await placeOf(src, pictures, before);
    if (place !== null) places.set(src, place);
  }
  const text = convert(source, (src) => places.get(src) ?? null);
  return text.replace(/^\n+/, "").trimEnd();
}

/** New `src` of a picture in the text, or null. Pictures in `public/` stay there if the post had them before. */
async function placeOf(
  src: string,
  pictures: PostPictures,
  { besides, text }: Before,
): Promise<string | null> {
  const local = src.startsWith(LOCAL) ? src.slice(LOCAL.length) : null;
  if (local !== null) return besides.has(local) ? `./${local}` : null;
  if (src.startsWith("/")) return text.includes(`(${src})`) ? src : null;
  if (!/^https?:\/\//i.test(src) || !URL.canParse(src)) return null;
  try {
    return `./${await pictures.add({ url: src, alt: "" })}`;
  } catch (error) {
    if (error instanceof MicropubError) return null;
    throw error;
  }
}

type PictureAt = (src: string) => string | null;

/** Placeholder for the post's folder in URLs of pictures. */
const FOLDER = "beside-the-post";
const LOCAL = `/${FOLDER}/`;

type LinkAt = (href: string) => string | null;

function rewritten(source: string, picture: PictureAt, link: LinkAt): string {
  return rewriteMarkdown(source.replaceAll(/\r\n?/g, "\n"), {
    link,
    picture,
    onRemote: () => undefined,
    lose: () => undefined,
    remark: () => undefined,
    folder: FOLDER,
  });
}

function converted(source: string, picture: PictureAt, link: LinkAt): string {
  try {
    return bodyToMarkdown(source, false, {
      mask: (text) => text,
      link,
      picture,
      pictureWords: () => null,
      anchors: new Set(),
      anchorName: (name) => name,
      lose: () => undefined,
      counts: { links: 0, pictures: 0, remotePictures: 0, embeds: 0, undescribed: 0 },
    });
  } catch (error) {
    if (error instanceof UnreadableBodyError || error instanceof RangeError)
      throw invalid("The HTML of content nests too deep, or has too many elements");
    throw error;
  }
}

function safeLink(href: string, { text }: Before): string | null {
  const address = href.trim();
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme !== undefined) return ["http", "https", "mailto", "tel"].includes(scheme) ? address : null;
  // Clients can't see the files around the post, so a new relative link can't be right.
  return /^[/#]/.test(address) || text.includes(`(${address})`) ? address : null;
}

function oneLine(alt: string): string {
  return alt.replaceAll(/\s+/g, " ").trim() || NO_DESCRIPTION;
}

/** The alternative text that a client sent; empty for the default one. */
export function givenAlt(alt: string): string {
  return alt === NO_DESCRIPTION ? "" : alt;
}
