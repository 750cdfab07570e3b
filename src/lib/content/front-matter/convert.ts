/** Values of other generators as ours. `undefined` stands for a value that has no meaning here. */
import { withoutBlogMark } from "../../site/blog-mark.ts";
import { isWebAddress } from "../../site/values.ts";

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a claim: `yes`, `on`, `1`, `true`; undefined when it's none. */
export function claimOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value > 0;
  if (typeof value !== "string") return undefined;
  if (/^(?:true|yes|y|on|1)$/i.test(value.trim())) return true;
  return /^(?:false|no|n|off|0)$/i.test(value.trim()) ? false : undefined;
}

/** Names of authors out of one name, names with commas, objects or Obsidian's links. */
export function authorsOf(value: unknown): unknown {
  const list = Array.isArray(value) ? value.flat(2) : typeof value === "string" ? value.split(/\s*[;,]\s*/) : authorsIn(value);
  return [...new Set(list.map(nameOf))].filter((name) => name !== "" && name !== null && name !== undefined);
}

/** `{ nell: … }` has the names of authors as its keys; any other group is one author. */
function authorsIn(value: unknown): readonly unknown[] {
  const isOne = !isRecord(value) || ["id", "slug", "name", "title"].some((key) => key in value);
  return isOne ? [value] : Object.keys(value);
}

function nameOf(value: unknown): unknown {
  if (isRecord(value)) return value["id"] ?? value["slug"] ?? value["name"] ?? value["title"] ?? value;
  if (typeof value !== "string") return value;
  return withoutLink(value)
    .replace(/\s*<[^<>]*@[^<>]*>$/, "")
    .replace(/^by\s+/i, "")
    .replace(/^(?:.*\/)?([^/]+)\.ya?ml$/, "$1");
}

/** `[[Name]]` and `[[folder/Name|text]]`, as Obsidian writes links, are the name. */
function withoutLink(text: string): string {
  const inner = /^\[\[(?:[^\]|]*\/)?([^\]|]+)(?:\|[^\]]*)?\]\]$/.exec(text.trim())?.[1];
  return (inner ?? text).trim();
}

/** The file in `![[folder/picture.png|300]]`, as Obsidian writes it. */
function withoutEmbed(text: string): string {
  return (/^!?\[\[([^\]|]+)(?:\|[^\]]*)?\]\]$/.exec(text.trim())?.[1] ?? text).trim();
}

/** One tag without Obsidian's marks; lists in lists, as Hexo writes paths of categories, are flat. */
export function tagsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(tagsIn);
  // Keys without a name, as in `- Book: Dune`, are a mistake that the schema reports.
  if (isRecord(value)) {
    const name = value["name"] ?? value["label"] ?? value["slug"];
    return name === undefined ? [value] : tagsIn(name);
  }
  if (value === null || value === "") return [];
  return [typeof value === "string" ? withoutLink(value).replace(/^#(?=\p{L})/u, "") : value];
}

/** The series out of its name, a list of them, or a group that names it. */
export function seriesOf(value: unknown): unknown {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isRecord(first) ? nameOf(first) : first;
}

/** A cover out of an address, a list of them, or keys under other names. Without words for it, it's decorative. */
export function coverOf(value: unknown): unknown {
  // Obsidian's `[[picture.png]]` without quotes is a list in a list.
  const first: unknown = Array.isArray(value) ? value.flat(2)[0] : value;
  if (typeof first === "string") {
    const src = withoutBlogMark(withoutEmbed(first));
    return src === "" ? undefined : { src, decorative: true };
  }
  if (!isRecord(first)) return undefined;
  const found = SOURCES.map((key) => first[key]).filter((one) => one !== undefined && one !== "");
  const src = found.find((one) => typeof one === "string");
  if (typeof src !== "string") return found.map(coverOf).find((one) => one !== undefined);
  const alt = ["alt", "imageAlt", "image_alt", "altText", "alt_text"].map((key) => first[key]).find((one) => one !== undefined);
  const credit = first["credit"];
  return {
    src: withoutBlogMark(src),
    ...(typeof alt === "string" && alt !== "" ? { alt } : { decorative: true }),
    ...(typeof credit === "string" && credit !== "" ? { credit } : {}),
  };
}

/** Keys that themes have for the file of a picture. */
const SOURCES = ["src", "image", "url", "path", "file", "feature", "teaser", "overlay_image", "source", "img", "filename", "picture", "og_image"];

/** Whether the state of a post in another program keeps it from readers; undefined for states of other kinds. */
export function isHeldBack(status: unknown): boolean | undefined {
  if (typeof status !== "string") return undefined;
  if (/^(?:publish(?:ed)?|public|live|final|scheduled|future)$/i.test(status.trim())) return false;
  const held =
    /^(?:draft|private|hidden|pending|unlisted|archived|trash|wip|members|paid|skip|sent|unpublished|idea|to-?do|(?:in[ -])?(?:review|progress)|unfinished|incomplete|outline|planned|writing|backlog)$/i;
  return held.test(status.trim()) ? true : undefined;
}

/** Interpretation of an address key: an old path, an external link, or unknown. */
export function addressOf(
  key: string,
  value: unknown,
): { readonly to: "aliases" | "link" | "draft"; readonly value: unknown } | undefined {
  if (value === false) return { to: "draft", value: true };
  if (typeof value !== "string" || /[{}<>]|\/:|^:/.test(value) || value.trim() === "") return undefined;
  // Names of Jekyll's patterns.
  if (key === "permalink" && /^(?:pretty|date|none|ordinal|weekdate)$/.test(value)) return undefined;
  if (isWebAddress(value) && key === "url") return { to: "link", value };
  return { to: "aliases", value };
}
