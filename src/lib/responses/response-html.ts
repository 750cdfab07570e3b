/** HTML of a response, with custom emoji, media, and a content warning that folds it. */
import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { cleanLine, hostOf, safeUrl } from "./clean-text.ts";
import { isNative } from "./identity.ts";
import type { PostResponse, ResponseAttachment } from "./model.ts";
import { safeResponseHtml } from "./sanitize.ts";
import { element, text } from "./tidy-html.ts";

/** Returns the URL of a stored picture, or null if it isn't stored. */
export type PictureAddress = (name: string) => string | null;

/** Displayed sizes in pixels; the files are about twice as large. */
const PREVIEW_WIDTH = 240;
const EMOJI_HEIGHT = 20;
const REL = ["nofollow", "ugc", "noopener"];

/** Returns sanitized HTML for a page or (with absolute URLs) a feed; empty if the response has no content. */
export function responseHtml(record: PostResponse, pictureAddress: PictureAddress = () => null): string {
  const words = withEmoji(safeResponseHtml(record.content), record.emoji ?? {}, pictureAddress);
  const media = mediaHtml(record.attachments ?? [], pictureAddress);
  const warning = isNative(record) ? cleanLine(record.summary ?? "", 500) : "";
  const html = `${words}${media}`;
  if (warning === "" || html === "") return html;
  return `<details>${toHtml(element("summary", [text(warning)]))}${html}</details>`;
}

function withEmoji(
  html: string,
  emoji: Readonly<Record<string, string>>,
  pictureAddress: PictureAddress,
): string {
  if (Object.keys(emoji).length === 0) return html;
  const tree = fromHtml(html, { fragment: true });
  replaceCodes(tree, (code) => {
    const name = Object.hasOwn(emoji, code) ? emoji[code] : undefined;
    return name === undefined ? null : pictureAddress(name);
  });
  return toHtml(tree);
}

/** Replaces emoji codes with pictures, except in code. */
function replaceCodes(parent: Root | Element, addressOf: (code: string) => string | null): void {
  parent.children = parent.children.flatMap((child): ElementContent[] => {
    if (child.type === "text") return withPictures(child.value, addressOf);
    if (child.type !== "element") return [];
    if (child.tagName !== "code" && child.tagName !== "pre") replaceCodes(child, addressOf);
    return [child];
  });
}

function withPictures(value: string, addressOf: (code: string) => string | null): ElementContent[] {
  return value.split(/(:[\w-]{1,64}:)/).map((part): ElementContent => {
    const src = /^:[\w-]{1,64}:$/.test(part) ? addressOf(part.slice(1, -1)) : null;
    if (src === null) return text(part);
    const properties = {
      src,
      alt: part,
      title: part,
      height: EMOJI_HEIGHT,
      loading: "lazy",
      decoding: "async",
    };
    return { ...element("img", []), properties };
  });
}

/** Thumbnails, or the descriptions of media without one; each links to the media's URL on the network. */
function mediaHtml(attachments: readonly ResponseAttachment[], pictureAddress: PictureAddress): string {
  const items = attachments.flatMap((attachment): Element[] => {
    const href = safeUrl(attachment.url);
    if (href === null) return [];
    const words = cleanLine(attachment.alt, 1500) || hostOf(href);
    const src = attachment.picture === undefined ? null : pictureAddress(attachment.picture);
    const size = { width: PREVIEW_WIDTH, loading: "lazy", decoding: "async" };
    const shown: ElementContent =
      src === null ? text(words) : { ...element("img", []), properties: { src, alt: words, ...size } };
    const link = { ...element("a", [shown]), properties: { href, rel: REL } };
    return [element("p", [link])];
  });
  return toHtml({ type: "root", children: items });
}
