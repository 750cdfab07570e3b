/** Converts front matter values of other generators to ours. `undefined` means that a value has no equivalent. */
import { withoutBlogMark } from "../../site/blog-mark.ts";
import { isWebAddress } from "../../site/values.ts";

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads `true`, `yes`, `on`, `1` and their opposites as a boolean; undefined for other values. */
export function claimOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value > 0;
  if (typeof value !== "string") return undefined;
  if (/^(?:true|yes|y|on|1)$/i.test(value.trim())) return true;
  return /^(?:false|no|n|off|0)$/i.test(value.trim()) ? false : undefined;
}

/** Names of authors from one name, names separated by commas, objects or Obsidian links. */
export function authorsOf(value: unknown): unknown {
  const list = Array.isArray(value) ? value.flat(2) : typeof value === "string" ? value.split(/\s*[;,]\s*/) : authorsIn(value);
  return [...new Set(list.map(nameOf))].filter((name) => name !== "" && name !== null && name !== undefined);
}

/** The keys of an object such as `{ nell: … }` are names of authors; an object with an id or a name is one author. */
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

/** The name in an Obsidian link: `[[Name]]` or `[[folder/Name|text]]`. Other text stays unchanged. */
function withoutLink(text: string): string {
  const inner = /^\[\[(?:[^\]|]*\/)?([^\]|]+)(?:\|[^\]]*)?\]\]$/.exec(text.trim())?.[1];
  return (inner ?? text).trim();
}

/** The file in an Obsidian embed: `![[folder/picture.png|300]]`. Other text stays unchanged. */
function withoutEmbed(text: string): string {
  return (/^!?\[\[([^\]|]+)(?:\|[^\]]*)?\]\]$/.exec(text.trim())?.[1] ?? text).trim();
}

/** Tags without Obsidian's `#` and `[[…]]`. Nested lists (Hexo's category paths) are flattened. */
export function tagsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(tagsIn);
  // An object without a name, as in `- Book: Dune`, is kept and reported as an issue by `Translation`.
  if (isRecord(value)) {
    const name = value["name"] ?? value["label"] ?? value["slug"];
    return name === undefined ? [value] : tagsIn(name);
  }
  if (value === null || value === "") return [];
  return [typeof value === "string" ? withoutLink(value).replace(/^#(?=\p{L})/u, "") : value];
}

/** Name of a series from a name, the first item of a list, or an object with an id or a name. */
export function seriesOf(value: unknown): unknown {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isRecord(first) ? nameOf(first) : first;
}

/** Cover from an address, a list of addresses, or an object with other keys. Without `alt`, it's decorative. */
export function coverOf(value: unknown): unknown {
  // YAML reads Obsidian's `[[picture.png]]` without quotes as a nested list.
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

/** Keys that themes use for the file of a picture. */
const SOURCES = ["src", "image", "url", "path", "file", "feature", "teaser", "overlay_image", "source", "img", "filename", "picture", "og_image"];

/** Whether a post's status in another program hides it from readers; undefined for unknown statuses. */
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
  // Names of Jekyll's built-in permalink styles.
  if (key === "permalink" && /^(?:pretty|date|none|ordinal|weekdate)$/.test(value)) return undefined;
  if (isWebAddress(value) && key === "url") return { to: "link", value };
  return { to: "aliases", value };
}
