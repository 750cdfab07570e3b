/** With whom the blog has a conversation: everyone who answered, joined over all posts. */
import { slugOf } from "../site/slug.ts";
import { once } from "../memo.ts";
import { hostOf } from "./clean-text.ts";
import type { PostResponse, ResponseKind } from "./model.ts";
import { compareResponses, timeOf } from "./order.ts";
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
  readonly kinds: Readonly<Partial<Record<ResponseKind, number>>>;
  /** Posts that they answered, the one answered last first. */
  readonly posts: readonly { readonly slug: string; readonly count: number; readonly latest: string }[];
}

/** A person's response with the slug of the post that it answers. */
export interface PersonResponse {
  readonly slug: string;
  readonly record: PostResponse;
}

export interface PeopleOptions {
  /** `settings.url`: who gives a profile below it is one of the blog's authors and left out. */
  readonly siteUrl: string;
  /** `settings.people.hide`: addresses of profiles, or names exactly as shown. */
  readonly hide: readonly string[];
}

/** Most responses first; ties by latest response, then by slug. */
export function peopleOf(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  options: PeopleOptions,
): Person[] {
  return peopleWithResponses(responses, options).map(({ person }) => person);
}

/** The same, each with what they answered, newest first. */
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

/** What each person answered, newest first, by the person's slug. */
export function responsesByPerson(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  options: PeopleOptions,
): Map<string, PersonResponse[]> {
  return new Map(groupsOf(responses, options).map(({ slug, entries }) => [slug, entries.toReversed()]));
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
export const personKey = once((record: PostResponse): string => {
  const { name, url } = shownPerson(record);
  return url === null ? `name ${name}` : profileKey(url);
});

interface Group {
  readonly slug: string;
  /** Oldest first. */
  readonly entries: PersonResponse[];
}

/** In the order of their first response, by which slugs are given: a newcomer never changes anybody's address. */
function groupsOf(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  options: PeopleOptions,
): Group[] {
  const hidden = new Set(
    options.hide.map((entry) => (URL.canParse(entry) ? profileKey(entry) : `name ${entry}`)),
  );
  const isHidden = (record: PostResponse): boolean =>
    hidden.size > 0 && (hidden.has(personKey(record)) || hidden.has(`name ${shownPerson(record).name}`));
  const all = Object.entries(responses)
    .flatMap(([slug, records]) => records.filter(isPublic).map((record) => ({ slug, record })))
    .filter(({ record }) => isSomebody(record, options.siteUrl) && !isHidden(record))
    .sort((a, b) => compareResponses(a.record, b.record) || compare(a.slug, b.slug));
  const groups = new Map<string, Group>();
  const slugs = new Set<string>();
  for (const entry of all) {
    const key = personKey(entry.record);
    const group = groups.get(key);
    if (group !== undefined) group.entries.push(entry);
    else groups.set(key, { slug: freeSlug(shownPerson(entry.record).name, slugs), entries: [entry] });
  }
  return [...groups.values()];
}

/** Neither one of the blog's own authors, nor a mere count of reactions, nor one of those without an account. */
function isSomebody(record: PostResponse, siteUrl: string): boolean {
  return !isReactionCount(record) && !isGhost(record) && record.author.url?.startsWith(siteUrl) !== true;
}

function personOf(slug: string, entries: readonly PersonResponse[]): Person {
  const records = entries.map(({ record }) => record);
  // The newest record says how they call themselves; the newest with a picture, how they look.
  const newest = records.at(-1);
  const photo = records.findLast((record) => record.author.photo !== undefined)?.author.photo ?? null;
  const shown = newest === undefined ? { name: "", url: null, initials: "" } : shownPerson(newest);
  const kinds: Partial<Record<ResponseKind, number>> = {};
  for (const record of records) kinds[record["wm-property"]] = (kinds[record["wm-property"]] ?? 0) + 1;
  return {
    ...shown,
    photo,
    slug,
    host: hostOf(shown.url ?? undefined),
    hasPage: records.length >= RESPONSES_FOR_A_PAGE,
    first: isoOf(records[0]),
    latest: isoOf(newest),
    count: records.length,
    kinds,
    posts: postsOf(entries),
  };
}

function postsOf(entries: readonly PersonResponse[]): Person["posts"] {
  const posts = new Map<string, { slug: string; count: number; latest: string }>();
  for (const { slug, record } of entries) {
    const count = (posts.get(slug)?.count ?? 0) + 1;
    posts.set(slug, { slug, count, latest: isoOf(record) });
  }
  return [...posts.values()].sort((a, b) => compare(b.latest, a.latest) || compare(a.slug, b.slug));
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

function isoOf(record: PostResponse | undefined): string {
  return new Date(record === undefined ? 0 : timeOf(record)).toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
