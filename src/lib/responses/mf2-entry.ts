/**
 * Parses the main entry of a page from its microformats (https://microformats.org/wiki/h-entry), with its author by the
 * authorship algorithm (https://indieweb.org/authorship-spec). The result is unsanitized: callers must clean it before
 * storing it.
 */
import { mf2 } from "microformats-parser";
import { inTime, isWithinBounds } from "../bounded-html.ts";
import type { EntryProperties } from "./classify.ts";
import { isSameAddress } from "./targets.ts";

/** Depth limit for the recursive parser. */
const BOUNDS = { elements: 100_000, attributes: 200_000, depth: 400 };
const TIMEOUT_MS = 3000;

type Document = ReturnType<typeof mf2>;
type Item = Document["items"][number];
type Property = Item["properties"][string][number];

export interface Mf2Author {
  readonly name: string;
  readonly url: string | null;
  readonly photo: string | null;
}

export interface Mf2Entry {
  readonly url: string;
  /** Title; null if the name only repeats the content. */
  readonly title: string | null;
  readonly author: Mf2Author | null;
  readonly content: { readonly html: string; readonly text: string } | null;
  readonly summary: string | null;
  /** As written in the page. */
  readonly published: string | null;
  readonly updated: string | null;
  /** All properties as plain values, for `kindOf`. */
  readonly properties: EntryProperties;
}

/** Fetches the HTML of an author's page, or null; called at most once per entry. */
export type FetchPage = (url: string) => Promise<string | null>;

/** @returns the main entry of the page, or null without one. */
export async function readEntry(
  html: string,
  pageUrl: string,
  fetchPage: FetchPage = async () => null,
): Promise<Mf2Entry | null> {
  const document = parse(html, pageUrl);
  const entry = document === null ? null : mainEntry(document, pageUrl);
  if (document === null || entry === null) return null;
  const content = contentOf(entry.item);
  const name = first(entry.item, "name");
  return {
    url: absolute(first(entry.item, "url"), pageUrl) ?? pageUrl,
    title: name === null || repeats(name, content?.text ?? "") ? null : name,
    author: await authorOf(entry, document, pageUrl, fetchPage),
    content,
    summary: first(entry.item, "summary"),
    published: first(entry.item, "published"),
    updated: first(entry.item, "updated"),
    properties: plainProperties(entry.item),
  };
}

interface Found {
  readonly item: Item;
  /** The h-feed around it. */
  readonly feed: Item | null;
}

/** @returns null if the page is empty, has an invalid `<base>`, or is an HTML bomb. */
function parse(html: string, baseUrl: string): Document | null {
  if (!isWithinBounds(html, BOUNDS)) return null;
  try {
    return inTime(TIMEOUT_MS, () => mf2(html, { baseUrl }));
  } catch (error) {
    // The parser throws plain errors for invalid pages, and a RangeError if its recursion exhausts the stack.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Returns the entry with the page's URL, else the first. */
function mainEntry(document: Document, pageUrl: string): Found | null {
  const entries = document.items.flatMap((item): Found[] => {
    if (isOf(item, "h-feed")) {
      return (item.children ?? []).filter(isEntry).map((child) => ({ item: child, feed: item }));
    }
    return isEntry(item) ? [{ item, feed: null }] : [];
  });
  const named = entries.find(({ item }) => values(item, "url").some((url) => isSameAddress(url, pageUrl)));
  return named ?? entries[0] ?? null;
}

function isEntry(item: Item): boolean {
  return isOf(item, "h-entry") || isOf(item, "h-event") || isOf(item, "h-cite") || isOf(item, "h-review");
}

async function authorOf(
  { item, feed }: Found,
  document: Document,
  pageUrl: string,
  fetchPage: FetchPage,
): Promise<Mf2Author | null> {
  const author = item.properties["author"]?.[0] ?? feed?.properties["author"]?.[0];
  if (isItem(author) && isOf(author, "h-card")) return cardOf(author, pageUrl);
  const text = author === undefined ? "" : plain(author);
  const address = absolute(text, pageUrl) ?? absolute(document.rels["author"]?.[0] ?? null, pageUrl);
  if (text !== "" && !URL.canParse(text)) return { name: text, url: null, photo: null };
  if (address === null) return null;
  const page = isSameAddress(address, pageUrl) ? null : await fetchPage(address);
  const profile = page === null ? null : parse(page, address);
  const card =
    (profile && cardOnAuthorPage(profile, address)) ??
    cards(document).find((found) => values(found, "url").some((url) => isSameAddress(url, address)));
  return card === undefined || card === null
    ? { name: new URL(address).hostname, url: address, photo: null }
    : { ...cardOf(card, address), url: address };
}

/** Returns the representative h-card of an author's page: url and uid are the page's URL, or url is a rel=me link. */
function cardOnAuthorPage(profile: Document, address: string): Item | null {
  const isPage = (url: string) => isSameAddress(url, address);
  const found = cards(profile);
  const me = profile.rels["me"] ?? [];
  return (
    found.find((card) => values(card, "url").some(isPage) && values(card, "uid").some(isPage)) ??
    found.find((card) =>
      values(card, "url").some((url) => me.some((profileUrl) => isSameAddress(url, profileUrl))),
    ) ??
    found.find((card) => values(card, "url").some(isPage)) ??
    null
  );
}

function cards(document: Document): Item[] {
  const open = [...document.items];
  const found: Item[] = [];
  for (let item = open.shift(); item !== undefined; item = open.shift()) {
    if (isOf(item, "h-card")) found.push(item);
    open.push(...(item.children ?? []), ...Object.values(item.properties).flat().filter(isItem));
  }
  return found;
}

function cardOf(card: Item, pageUrl: string): Mf2Author {
  const url = absolute(first(card, "url"), pageUrl);
  const name = first(card, "name") ?? (url === null ? "" : new URL(url).hostname);
  return { name, url, photo: absolute(first(card, "photo"), pageUrl) };
}

function contentOf(item: Item): Mf2Entry["content"] {
  const content = item.properties["content"]?.[0];
  if (content === undefined) return null;
  if (typeof content === "object" && "html" in content) return { html: content.html, text: content.value };
  const text = plain(content);
  return text === "" ? null : { html: "", text };
}

function plainProperties(item: Item): EntryProperties {
  return Object.fromEntries(Object.keys(item.properties).map((name) => [name, values(item, name)]));
}

/** Returns the values of a property; for a nested item its URL, else its text. */
function values(item: Item, name: string): string[] {
  return (item.properties[name] ?? [])
    .map((value) => (isItem(value) ? (first(value, "url") ?? plain(value)) : plain(value)))
    .filter((value) => value !== "");
}

function first(item: Item, name: string): string | null {
  return values(item, name)[0] ?? null;
}

function plain(value: Property): string {
  if (typeof value === "string") return value.trim();
  if ("html" in value) return value.value.trim();
  const inner = value.value;
  return inner === undefined ? "" : plain(inner);
}

function isItem(value: Property | undefined): value is Item {
  return typeof value === "object" && "properties" in value;
}

function isOf(item: Item, type: string): boolean {
  return item.type?.includes(type) ?? false;
}

function absolute(address: string | null, base: string): string | null {
  if (address === null || address === "") return null;
  const url = URL.parse(address, base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Whether a name only repeats the content: an implied name is the entry's whole text, not a title. */
function repeats(name: string, content: string): boolean {
  const bare = (text: string) => text.replace(/\s+/g, "");
  return bare(content) !== "" && bare(name).includes(bare(content).slice(0, 200));
}
