/** Compares the links, pictures and embeds of a source text with the page it was imported to. */
import type { Element, Root } from "hast";
import { percentDecoded } from "../src/lib/percent-decoded.ts";
import { bareText } from "../src/lib/import/html/bare-text.ts";
import { property } from "../src/lib/import/html/elements.ts";
import { findElements } from "../src/lib/import/html/tree.ts";

export type PartKind = "links" | "pictures" | "embeds";

/** Parts of one kind: how many the source has, and which are neither in the page nor in the report. */
export interface KeptPart {
  readonly read: number;
  /** Number that the page lacks and the report lists. */
  readonly listed: number;
  readonly missing: readonly string[];
}

export interface KeptParts extends Readonly<Record<PartKind, KeptPart>> {}

export interface PartsInput {
  readonly source: Root;
  readonly page: Root;
  /** Messages of the import report about the text. */
  readonly notes: readonly string[];
  /** Maps a URL of the old blog to its new one; null for other URLs. */
  readonly placeOf: (href: string) => string | null;
}

export function keptParts({ source, page, notes, placeOf }: PartsInput): KeptParts {
  const text = searchable(page);
  const isThere = (address: string): boolean => text.includes(comparable(address));
  const isListed = (address: string, ...signs: readonly string[]): boolean =>
    notes.some((note) => note.includes(address) || signs.some((sign) => note.includes(sign)));
  const judge = (
    addresses: readonly string[],
    isKept: (address: string) => boolean,
    signs: readonly string[],
  ): KeptPart => {
    const lost = addresses.filter((address) => !isKept(address));
    const missing = lost.filter((address) => !isListed(address, ...signs));
    return { read: addresses.length, listed: lost.length - missing.length, missing };
  };
  const links = findElements(source, ({ tagName }) => tagName === "a").flatMap((node) => {
    const href = property(node, "href").trim();
    const isShown = bareText(node).trim() !== "" && /^(?:https?:)?\/\/|^[/.]/.test(href);
    return isShown && !isPortrait(href) ? [href] : [];
  });
  const embeds = findElements(source, ({ tagName }) => /^(?:iframe|video|audio|embed)$/.test(tagName))
    .map((node) => property(node, "src") || sourceIn(node))
    .filter((src) => src !== "");
  const pictures = findElements(source, ({ tagName }) => tagName === "img")
    .map((node) => property(node, "src").trim())
    .filter((src) => src !== "" && !isPortrait(src));
  // A picture that links to a larger copy is replaced by that copy.
  const larger = new Map(
    findElements(source, ({ tagName }) => tagName === "a").flatMap((link) =>
      findElements(link, ({ tagName }) => tagName === "img").map((node) => [
        property(node, "src").trim(),
        property(link, "href").trim(),
      ]),
    ),
  );
  // An imported picture has a new URL in the page, so it can only be counted.
  let shown = findElements(page, ({ tagName }) => tagName === "img").length;
  return {
    links: judge(links, (href) => isThere(placeOf(href) ?? href) || isThere(href), []),
    pictures: judge(
      pictures,
      (src) => isThere(lastPart(src)) || isThere(larger.get(src) ?? src) || shown-- > 0,
      ["left out: a picture"],
    ),
    embeds: judge(embeds, (src) => isThere(src) || isThere(idIn(src)), ["left out: <"]),
  };
}

function isPortrait(address: string): boolean {
  return /gravatar\.com\/avatar/.test(address);
}

function sourceIn(node: Element): string {
  const [inner] = findElements(node, ({ tagName }) => tagName === "source" || tagName === "embed");
  return inner === undefined ? "" : property(inner, "src");
}

/** Returns all URLs and the text of a page. */
function searchable(page: Root): string {
  const addresses = findElements(page, () => true).flatMap((node) =>
    ["href", "src", "poster", "srcSet", "cite"].map((name) => comparable(property(node, name))),
  );
  return [...addresses, comparable(bareText(page))].join("\n");
}

/** Normalizes a URL: scheme, `www.`, letter case, percent-encoding and a trailing slash don't count. */
function comparable(address: string): string {
  return percentDecoded(address.trim())
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .toLowerCase()
    .replace(/^(?:https?:)?\/\/(?:www\.)?/, "")
    .replace(/^\.{1,2}\//, "")
    .replace(/\/$/, "");
}

function lastPart(address: string): string {
  return address.replace(/[?#].*$/, "").replace(/^.*\//, "");
}

/** Returns the ID of a video or audio clip from the URL of its player. */
function idIn(address: string): string {
  const [, id] = /[?&](?:v|id|clip_id)=([\w-]+)/.exec(address) ?? [];
  return id ?? lastPart(address).replace(/[^\w.-].*$/, "");
}
