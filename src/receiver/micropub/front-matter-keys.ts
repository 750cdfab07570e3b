/** Maps microformats2 properties to keys of a post's front matter, and back. */
import { isoInZone, parseDate } from "../../lib/content/dates.ts";
import { invalid } from "./micropub-error.ts";
import { addressesOf, allTexts, isObject, oneText, textOf, type Properties } from "./properties.ts";
import type { SiteFacts } from "./site-facts.ts";
import { spelledAs } from "./tag-spelling.ts";

type Front = Readonly<Record<string, unknown>>;

interface Key {
  readonly property: string;
  readonly key: string;
  /** Returns the key's value; undefined when the property is empty. @throws MicropubError */
  readonly write: (properties: Properties, facts: SiteFacts) => unknown;
}

const line = (property: string, key: string): Key => ({
  property,
  key,
  write: (properties) => oneText(properties, property)?.replaceAll(/\s+/g, " "),
});

const date = (property: string, key: string): Key => ({
  property,
  key,
  write: (properties, facts) => {
    const text = oneText(properties, property);
    return text === null ? undefined : dateIn(text, property, facts);
  },
});

const addresses = (property: string, key: string): Key => ({
  property,
  key,
  write: (properties) => {
    const found = addressesOf(properties, property);
    return found.length === 1 ? found[0] : orNothing(found);
  },
});

/** In their order in the front matter. */
const KEYS: readonly Key[] = [
  line("name", "title"),
  line("summary", "description"),
  date("published", "date"),
  date("updated", "updated"),
  {
    property: "category",
    key: "tags",
    write: (properties, { tags }) => orNothing(spelledAs(tags, allTexts(properties, "category"))),
  },
  addresses("in-reply-to", "inReplyTo"),
  addresses("like-of", "likeOf"),
  addresses("repost-of", "repostOf"),
  addresses("bookmark-of", "bookmarkOf"),
  { property: "rsvp", key: "rsvp", write: (properties) => oneText(properties, "rsvp")?.toLowerCase() },
  {
    property: "syndication",
    key: "syndication",
    write: (properties) => orNothing(addressesOf(properties, "syndication")),
  },
  { property: "post-status", key: "draft", write: (properties) => (isDraft(properties) ? true : undefined) },
];

/** Properties that aren't stored, or are stored elsewhere than in a front matter key of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "content",
  "photo",
  "featured",
  "author",
  "url",
  "uid",
  "slug",
  "visibility",
]);

/** Keys of posts that respond to another page and therefore need no text. */
export const ANSWERING_KEYS = ["inReplyTo", "likeOf", "repostOf", "bookmarkOf"] as const;

/**
 * Converts properties to front matter: all keys, or for an update those of the given properties. The result's key `mf2`
 * has the properties without a key, which are stored as `extra.mf2`.
 * @param named properties to convert; null for all.
 */
export function frontMatterOf(
  properties: Properties,
  facts: SiteFacts,
  named: ReadonlySet<string> | null = null,
): Front {
  const isMeant = (property: string) => named === null || named.has(property);
  const keys = KEYS.filter(
    ({ property }) => isMeant(property) || (property === "post-status" && isMeant("visibility")),
  );
  const written = keys.map(({ key, write }): [string, unknown] => [key, write(properties, facts)]);
  const others = [...properties].filter(([name, values]) => isOther(name) && values.length > 0);
  const isExtraMeant = named === null || [...named].some(isOther);
  const mf2 = Object.fromEntries(others);
  return Object.fromEntries([...written, ...(isExtraMeant ? [["mf2", orNothing(mf2)]] : [])]);
}

function isOther(name: string): boolean {
  return !name.startsWith("mp-") && !ELSEWHERE.has(name) && !KEYS.some(({ property }) => property === name);
}

/** Converts front matter to properties. @param front with Backfence's keys. */
export function propertiesOf(front: Front): Map<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  for (const { property, key } of KEYS) {
    const value = front[key];
    if (property === "post-status") found.set(property, [value === true ? "draft" : "published"]);
    else if (value !== undefined && value !== null)
      found.set(property, Array.isArray(value) ? value : [value]);
  }
  const extra = front["extra"];
  const mf2 = isObject(extra) ? extra["mf2"] : null;
  for (const [name, values] of Object.entries(isObject(mf2) ? mf2 : {}))
    if (Array.isArray(values)) found.set(name, values);
  return found;
}

/** Whether a post is a draft; so is any post that isn't public, since a blog has no private posts. */
function isDraft(properties: Properties): boolean {
  const status = oneText(properties, "post-status");
  if (status !== null && status !== "published" && status !== "draft")
    throw invalid("post-status can be published or draft");
  return status === "draft" || (oneText(properties, "visibility") ?? "public") !== "public";
}

function dateIn(text: string, property: string, { timeZone }: SiteFacts): string {
  const parsed = parseDate(text, timeZone ?? "UTC");
  if (!parsed.isValid) throw invalid(`${property} isn't a date: ${text.slice(0, 40)}`);
  return isoInZone(parsed.instant, timeZone);
}

function orNothing<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

/** Whether a title only repeats the beginning of the text, as some clients send for notes (post type discovery). */
export function repeatsText(title: string, properties: Properties): boolean {
  const [content = null] = properties.get("content") ?? [];
  const html = isObject(content) && typeof content["html"] === "string" ? content["html"] : null;
  const text = textOf(content) ?? html?.replaceAll(/<[^<>]*>/g, "") ?? "";
  const plain = (words: string) => words.replaceAll(/\s+/g, " ").trim();
  return plain(text) !== "" && plain(text).startsWith(plain(title));
}
