/** Reads a `<post>` of `posts.xml`, in the format of Tumblr's API v1. */
import { decodeEntities } from "../../html/entities.ts";
import { anyDate, sqlDate } from "../source-dates.ts";
import { childOf, childrenOf, childText, innerMarkup } from "../xml-records.ts";
import type { XmlNode } from "../xml-records.ts";
import { withOwnPictures } from "./media.ts";
import type { MediaByPost } from "./media.ts";
import { askHtml, chatHtml, linkHtml, photosHtml, quoteHtml, tumblrSlug, tumblrState } from "./post.ts";
import type { TumblrPost } from "./post.ts";

const IGNORED: Readonly<Record<string, string>> = {
  "reblog-key": "internal data of the old server",
  "feed-item": "internal data of the old server",
  "from-feed-id": "internal data of the old server",
  "audio-plays": "a counter of the old server",
  "note-count": "a counter of the old server",
  "unix-timestamp": "the date in another form",
  format: "the format of its text",
  width: "the size of a picture",
  height: "the size of a picture",
  "direct-video": "how a video was stored",
  bookmarklet: "the app it was written with",
  mobile: "the app it was written with",
};
const USED = new Set([
  ...[
    "id",
    "url",
    "url-with-slug",
    "type",
    "date-gmt",
    "date",
    "slug",
    "state",
    "private",
    "is_reblog",
    "tumblelog",
  ],
  ...[
    "regular-title",
    "regular-body",
    "photo-caption",
    "photo-link-url",
    "photo-url",
    "photoset",
    "quote-text",
  ],
  ...["quote-source", "link-text", "link-url", "link-description", "conversation-title", "conversation-text"],
  ...["conversation", "audio-caption", "audio-player", "audio-embed", "video-caption", "video-player"],
  ...["video-source", "question", "answer", "asking_name", "asking_url", "tag", "pinned", "tumblelog-name"],
  ...["reblogged-from-url", "reblogged-from-name", "reblogged-root-url", "reblog-parent", "parent-post-url"],
]);

export function postOfXml(node: XmlNode, media: MediaByPost): TumblrPost {
  const { attributes } = node;
  const at = (name: string): string => attributes[name] ?? "";
  const longAddress = at("url-with-slug") || at("url");
  const keys = {
    ...attributes,
    ...Object.fromEntries(node.children.map((child) => [child.name, innerMarkup(child).trim() || "-"])),
  };
  return {
    id: at("id"),
    blog: at("tumblelog") || blogIn(longAddress),
    addresses: [...new Set([longAddress, at("url")])],
    slug: at("slug") || tumblrSlug(longAddress),
    state: tumblrState(at("state"), at("private") === "true" || at("private") === "1"),
    date: dateOf(at("date-gmt"), at("unix-timestamp")),
    title: titleOf(node),
    html: bodyOf(node, media),
    tags: childrenOf(node, "tag").map((tag) => decodeEntities(tag.text)),
    link: at("type") === "link" ? childText(node, "link-url") || null : null,
    repostOf: reblogged(node),
    isPinned: at("pinned") === "true",
    keys,
    rules: { used: USED, ignored: IGNORED },
  };
}

/** `2018-12-07 16:48:43 GMT`, else seconds since 1970. */
function dateOf(gmt: string, seconds: string): string | null {
  return sqlDate(gmt, "Z") ?? anyDate(seconds);
}

function blogIn(address: string): string {
  return /^https?:\/\/([\w-]+)\.tumblr\.com\//.exec(address)?.[1] ?? "";
}

function titleOf(node: XmlNode): string {
  const title =
    childText(node, "regular-title") || childText(node, "link-text") || childText(node, "conversation-title");
  return decodeEntities(title);
}

function bodyOf(node: XmlNode, media: MediaByPost): string {
  const html = (name: string): string => innerMarkup(childOf(node, name)).trim();
  const id = node.attributes["id"] ?? "";
  switch (node.attributes["type"]) {
    case "photo":
      return `${photosHtml(photosOf(node, media.get(id) ?? []))}\n${html("photo-caption")}`;
    case "quote":
      return quoteHtml(html("quote-text"), html("quote-source"));
    case "link":
      return html("link-description");
    case "conversation":
      return conversation(node);
    case "audio":
      return `${html("audio-player") || html("audio-embed")}\n${html("audio-caption")}`;
    case "video":
      return `${videoOf(node)}\n${html("video-caption")}`;
    case "answer":
      return askHtml(html("asking_name"), html("asking_url"), html("question"), html("answer"));
    default:
      return withOwnPictures(html("regular-body"), media.get(id));
  }
}

/** Each picture as its file in the export, or else its largest size. */
function photosOf(node: XmlNode, files: readonly string[]): { src: string; caption: string }[] {
  const set = childOf(node, "photoset");
  const photos = set === null ? [] : childrenOf(set, "photo");
  const all = photos.length > 0 ? photos : [node];
  const count = Math.max(all.length, files.length);
  return Array.from({ length: count }, (_, index) => {
    const photo = all[index];
    const caption = photos.length > 0 ? (photo?.attributes["caption"] ?? "") : "";
    return { src: files[index] ?? (photo === undefined ? "" : largest(photo)), caption };
  });
}

function largest(photo: XmlNode): string {
  const urls = childrenOf(photo, "photo-url").toSorted(
    (a, b) => Number(b.attributes["max-width"] ?? 0) - Number(a.attributes["max-width"] ?? 0),
  );
  return urls[0]?.text.trim() ?? "";
}

function conversation(node: XmlNode): string {
  const lines = childrenOf(childOf(node, "conversation") ?? node, "line").map(({ attributes, text }) => ({
    label: attributes["label"] || attributes["name"] || "",
    phrase: text.trim(),
  }));
  return lines.length > 0 ? chatHtml(lines) : innerMarkup(childOf(node, "conversation-text"));
}

/** The first player; if there is none, a link to the video's page. */
function videoOf(node: XmlNode): string {
  const source = childText(node, "video-source");
  const player = childrenOf(node, "video-player")[0];
  const html = player === undefined ? "" : innerMarkup(player).trim();
  return html === "" && /^https?:\/\//.test(source) ? `<p>${linkHtml(source, source)}</p>` : html;
}

function reblogged(node: XmlNode): string | null {
  for (const name of ["reblogged-from-url", "reblog-parent", "parent-post-url", "reblogged-root-url"]) {
    const address = node.attributes[name] ?? childText(node, name);
    if (/^https?:\/\//.test(address)) return address;
  }
  return null;
}
