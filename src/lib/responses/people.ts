/** People who responded to the blog, with their responses to all posts. */
import { slugOf } from "../site/slug.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { compareTimed, timeOf, type TimedResponse } from "./order.ts";
import { isOwnResponse, type BlogOwner } from "./own-responses.ts";
import { isGhost, isPublic, isReactionCount, shownPerson, type ShownPerson } from "./shown-response.ts";

/** Number of responses from which a person has a page; people with fewer are only listed. */
export const RESPONSES_FOR_A_PAGE = 3;

export interface Person extends ShownPerson {
  /** Unique name in the URL of the person's page. */
  readonly slug: string;
  /** Host of the profile; empty without one. */
  readonly host: string;
  readonly hasPage: boolean;
  /** Date of the first and latest response, ISO 8601 in UTC. */
  readonly first: string;
  readonly latest: string;
  readonly count: number;
  /** Number of posts with a response by this person. */
  readonly posts: number;
}

/** A person's response, with the slug of its post. */
export interface PersonResponse extends TimedResponse {
  readonly slug: string;
}

/** Includes the data to recognize the blog's own authors, who are excluded. */
export interface PeopleOptions extends BlogOwner {
  /** `settings.people.hide`: URLs of profiles, or names exactly as displayed. */
  readonly hide: readonly string[];
}

/** Returns people, most responses first; ties by latest response, then by slug. Their responses are newest first. */
export function peopleWithResponses(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  options: PeopleOptions,
): { readonly person: Person; readonly responses: readonly PersonResponse[] }[] {
  return groupsOf(responses, options)
    .map(({ slug, entries }) => ({ person: personOf(slug, entries), responses: entries.toReversed() }))
    .sort(
      ({ person: a }, { person: b }) =>
        b.count - a.count || compare(b.latest, a.latest) || compare(a.slug, b.slug),
    );
}

/**
 * Counts the responses of each year, from the first year to the last without gaps. All public responses count,
 * including those of excluded people, but not records that only count reactions.
 * @param timeZone IANA time zone in which years begin.
 */
export function conversationByYear(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  timeZone: string,
): { readonly year: number; readonly count: number }[] {
  const yearFormat = new Intl.DateTimeFormat("en-u-ca-iso8601", { year: "numeric", timeZone });
  const counts = new Map<number, number>();
  for (const record of Object.values(responses).flat().filter(isPublic)) {
    if (isReactionCount(record)) continue;
    const year = yearAt(timeOf(record), yearFormat);
    counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    return { year, count: counts.get(year) ?? 0 };
  });
}

/** More than any time zone's offset from UTC. */
const FURTHEST_MS = 15 * 3_600_000;

/** Returns the year of a time; uses the slow formatter only around New Year. */
function yearAt(ms: number, format: Intl.DateTimeFormat): number {
  const year = new Date(ms - FURTHEST_MS).getUTCFullYear();
  return year === new Date(ms + FURTHEST_MS).getUTCFullYear() ? year : Number(format.format(ms));
}

/** Identifies a person across responses: by profile URL, else by exact name. */
export function personKey(record: PostResponse): string {
  return keyOf(shownPerson(record));
}

const keyOf = memoizeWeak(({ name, url }: ShownPerson): string =>
  url === null ? `name ${name}` : profileKey(url),
);

interface Group {
  readonly slug: string;
  /** Oldest first. */
  readonly entries: PersonResponse[];
}

/** Sorted by first response. Slugs are assigned in this order, so that new people never change existing URLs. */
function groupsOf(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  options: PeopleOptions,
): Group[] {
  const hidden = new Set(
    options.hide.map((entry) => (URL.canParse(entry) ? profileKey(entry) : `name ${entry}`)),
  );
  const isHidden = (record: PostResponse): boolean =>
    hidden.size > 0 && (hidden.has(personKey(record)) || hidden.has(`name ${shownPerson(record).name}`));
  const groups = new Map<string, PersonResponse[]>();
  for (const [slug, records] of Object.entries(responses)) {
    for (const record of records) {
      if (!isPublic(record) || !isListedPerson(record, options) || isHidden(record)) continue;
      const key = personKey(record);
      const entry = { slug, record, time: timeOf(record) };
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
  }
  const people = [...groups.values()].flatMap((unsorted) => {
    const entries = unsorted.sort(compareEntries);
    const [first] = entries;
    return first === undefined ? [] : [{ first, entries }];
  });
  const slugs = new Set<string>();
  return people
    .sort((a, b) => compareEntries(a.first, b.first))
    .map(({ first, entries }) => ({ slug: freeSlug(shownPerson(first.record).name, slugs), entries }));
}

function compareEntries(a: PersonResponse, b: PersonResponse): number {
  return compareTimed(a, b) || compare(a.slug, b.slug);
}

/** Excludes the blog's own authors, counts of reactions, and comments of deleted accounts. */
function isListedPerson(record: PostResponse, owner: BlogOwner): boolean {
  return !isReactionCount(record) && !isGhost(record) && !isOwnResponse(record, owner);
}

function personOf(slug: string, entries: readonly PersonResponse[]): Person {
  const records = entries.map(({ record }) => record);
  // Name and profile are those of the newest record; the picture is that of the newest record with one.
  const newest = records.at(-1);
  const photo = records.findLast((record) => record.author.photo !== undefined)?.author.photo ?? null;
  const shown = newest === undefined ? { name: "", url: null, initials: "" } : shownPerson(newest);
  return {
    ...shown,
    photo,
    slug,
    host: hostOf(shown.url ?? undefined),
    hasPage: records.length >= RESPONSES_FOR_A_PAGE,
    first: isoOf(entries[0]),
    latest: isoOf(entries.at(-1)),
    count: entries.length,
    posts: new Set(entries.map((entry) => entry.slug)).size,
  };
}

function freeSlug(name: string, taken: Set<string>): string {
  const wanted = slugOf(name);
  let slug = wanted;
  for (let number = 2; taken.has(slug); number++) slug = `${wanted}-${number}`;
  taken.add(slug);
  return slug;
}

function profileKey(address: string): string {
  const url = new URL(address);
  return `url ${hostOf(address)}${url.pathname.replace(/\/$/, "")}${url.search}`;
}

function isoOf(entry: PersonResponse | undefined): string {
  return new Date(entry?.time ?? 0).toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
