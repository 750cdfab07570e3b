/** With whom the blog has a conversation: everyone who answered, joined over all posts. */
import { slugOf } from "../site/slug.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { compareTimed, timeOf, type TimedResponse } from "./order.ts";
import { isOwnResponse, type BlogOwner } from "./own-responses.ts";
import { isGhost, isPublic, isReactionCount, shownPerson, type ShownPerson } from "./shown-response.ts";

/** People with fewer responses are listed, but have no page of their own. */
export const RESPONSES_FOR_A_PAGE = 3;

export interface Person extends ShownPerson {
  /** Name in the address of their page, unique. */
  readonly slug: string;
  /** Host of their profile; empty when they gave none. */
  readonly host: string;
  readonly hasPage: boolean;
  /** Date of the first and latest response, ISO 8601 in UTC. */
  readonly first: string;
  readonly latest: string;
  readonly count: number;
  /** Posts that they answered. */
  readonly posts: number;
}

/** A person's response with the slug of the post that it answers. */
export interface PersonResponse extends TimedResponse {
  readonly slug: string;
}

/** The blog's own authors are left out. */
export interface PeopleOptions extends BlogOwner {
  /** `settings.people.hide`: addresses of profiles, or names exactly as shown. */
  readonly hide: readonly string[];
}

/** People with what they answered, newest first. Most responses first; ties by latest response, then by slug. */
export function peopleWithResponses(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  options: PeopleOptions,
): { readonly person: Person; readonly said: readonly PersonResponse[] }[] {
  return groupsOf(responses, options)
    .map(({ slug, entries }) => ({ person: personOf(slug, entries), said: entries.toReversed() }))
    .sort(
      ({ person: a }, { person: b }) =>
        b.count - a.count || compare(b.latest, a.latest) || compare(a.slug, b.slug),
    );
}

/**
 * How many responses came in each year, from the first year to the last without a gap; all public ones count, also
 * those of people who are left out.
 * @param timeZone IANA zone in which a year begins.
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

/** No zone is further from UTC. */
const FURTHEST_MS = 15 * 3_600_000;

/** The year of a moment; zones are asked only about the days around New Year. */
function yearAt(ms: number, format: Intl.DateTimeFormat): number {
  const year = new Date(ms - FURTHEST_MS).getUTCFullYear();
  return year === new Date(ms + FURTHEST_MS).getUTCFullYear() ? year : Number(format.format(ms));
}

/** Joins people: by the address of their profile, else by their exact name. */
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

/** In the order of their first response, by which slugs are given: a newcomer never changes existing addresses. */
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
      if (!isPublic(record) || !isSomebody(record, options) || isHidden(record)) continue;
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

/** Neither one of the blog's own authors, nor a mere count of reactions, nor one of those without an account. */
function isSomebody(record: PostResponse, owner: BlogOwner): boolean {
  return !isReactionCount(record) && !isGhost(record) && !isOwnResponse(record, owner);
}

function personOf(slug: string, entries: readonly PersonResponse[]): Person {
  const records = entries.map(({ record }) => record);
  // The newest record says how they call themselves; the newest with a picture, how they look.
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
