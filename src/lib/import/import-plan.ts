/** Plans the slugs, files and addresses of an archive before anything is written. */
import { parseDate } from "../content/dates.ts";
import { slugOf, tagSlug } from "../site/slug.ts";
import { AddressBook, aliasFor, foldedPath, queryOf } from "./addresses.ts";
import type { Archive, ArchiveEntry, SourceDate } from "./archive.ts";
import { DEFAULT_PERMALINKS, pathOf, patternOf } from "./plan-addresses.ts";
import type { AddressParts, Permalinks } from "./plan-addresses.ts";
import { planAuthors } from "./plan-authors.ts";
import type { PlannedAuthors } from "./plan-authors.ts";
import type { EarlierEntry } from "./earlier-import.ts";
import type { ExistingText } from "./existing-content.ts";
import { textFinder } from "./file-links.ts";
import type { FindText } from "./file-links.ts";
import { isReservedPath } from "./reserved-paths.ts";
import { Slugs } from "./slugs.ts";
import { entryKeys } from "./write/import-state.ts";
import type { EntryPlace, EntryPlaces } from "./write/import-state.ts";

export interface PlannedEntry {
  readonly entry: ArchiveEntry;
  /** Null for entries that aren't written. */
  readonly slug: string | null;
  /** Site path of its page. */
  readonly path: string;
  /** Its place from an earlier import, such as `posts/hello`; null if there is none. */
  readonly earlierPlace: string | null;
  /** ISO 8601 with zone; null if the source has no valid date. */
  readonly date: string | null;
  readonly updated: string | null;
  /** Whether it's public and its date isn't in the future. */
  readonly isListed: boolean;
  /** Old addresses as paths, without those of other entries. */
  readonly aliases: readonly string[];
}

/** An entry of an earlier import with the site path of its page. */
export type PlannedEarlier = EarlierEntry & { readonly path: string };

export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly byId: ReadonlyMap<string, PlannedEntry>;
  readonly addresses: AddressBook;
  /** Finds texts by their files in the source. */
  readonly findText: FindText;
  /** Ids of series by their names. */
  readonly series: ReadonlyMap<string, string>;
  /** Site paths of unpublished entries, which have no page. */
  readonly unpublished: ReadonlySet<string>;
  /** Paths of visible responses, such as `/posts/hello/#comment-5`. */
  readonly anchors: ReadonlySet<string>;
  readonly authors: PlannedAuthors;
  /** Entries of earlier imports that the export lacks. */
  readonly earlier: readonly PlannedEarlier[];
  /** Places of all entries, including those of earlier imports. */
  readonly places: EntryPlaces;
  /** The spelling of each tag, by its slug. */
  readonly tagNames: ReadonlyMap<string, string>;
  /** Address of the new blog, with a trailing slash. */
  readonly siteUrl: string;
  readonly timeZone: string;
  readonly permalinks: Permalinks;
  /** Permalink pattern that would keep the old addresses of posts; the default pattern if there is none. */
  readonly fittingPattern: string;
  /** Folded site paths of texts that weren't imported. */
  readonly takenPaths: ReadonlySet<string>;
}

export interface PlanOptions {
  readonly siteUrl: string;
  readonly timeZone: string;
  readonly authorMap: ReadonlyMap<string, string>;
  /** Existing texts that weren't imported. */
  readonly taken: readonly ExistingText[];
  /** Ids of authors from earlier imports, by name. */
  readonly authors?: ReadonlyMap<string, string> | undefined;
  /** Permalink patterns; if left out, a pattern that keeps the old addresses of posts, if there is one. */
  readonly permalinks?: Permalinks | undefined;
  /** Places of entries from earlier imports. */
  readonly places?: EntryPlaces | undefined;
  /** Entries of earlier imports that the export lacks. */
  readonly earlier?: readonly EarlierEntry[] | undefined;
  /** Masks personal addresses in titles and slugs, which become part of URLs. */
  readonly mask?: ((text: string) => string) | undefined;
  /** Time before which posts count as published; the default is now. */
  readonly now?: Date | undefined;
}

/** Slugs that pages can't have, because the blog's own lists use them. */
const RESERVED_PAGES =
  "posts notes tags authors series archive search subscribe offline people page responses 404 index feed pagefind".split(
    " ",
  );

const WRITTEN: ReadonlySet<ArchiveEntry["state"]> = new Set(["public", "draft", "pending", "scheduled"]);

/** Whether an entry is written to the content folder. */
export function isWritten({ state }: ArchiveEntry): boolean {
  return WRITTEN.has(state);
}

/** Whether an entry is published; a post without a date isn't, since lists are sorted by date. */
export function isPublished({ state, kind }: ArchiveEntry, date: string | null): boolean {
  return state === "public" && (kind === "page" || date !== null);
}

export function planImport(archive: Archive, options: PlanOptions): ImportPlan {
  const { siteUrl, timeZone, authorMap, taken, now = new Date(), mask = (text) => text } = options;
  const { places = new Map<string, EntryPlace>() } = options;
  const base = new URL(siteUrl).pathname;
  const addresses = new AddressBook();
  addresses.addHost(archive.site.url);
  for (const address of archive.entries.flatMap((entry) => entry.addresses)) addresses.addHost(address);
  // Posts and notes share the responses folder, so their slugs must differ.
  const takenSlugs = taken.map(({ slug }) => slug);
  const posts = new Slugs(takenSlugs);
  const slugs = { post: posts, note: posts, page: new Slugs([...RESERVED_PAGES, ...takenSlugs]) };
  for (const [kind, slug] of [...places.values()].map(({ place }) => partsOf(place)))
    slugs[kind === "pages" ? "page" : "post"].reserve(slug);
  const keys = entryKeys(archive.entries);
  const names = tagNames(archive, mask);
  const named = archive.entries.filter(isWritten).map((entry) => {
    const earlierPlace = places.get(keys.get(entry) ?? "")?.place ?? null;
    const [folder, known] = partsOf(earlierPlace ?? "");
    // An entry keeps its slug from an earlier import.
    const slug =
      known !== "" && (folder === "pages") === (entry.kind === "page")
        ? known
        : slugs[entry.kind].claim(mask(entry.slug), mask(entry.title), dayOf(entry.date));
    const date = instantOf(entry.date, timeZone);
    return { entry, slug, earlierPlace, date, kind: entry.kind, tags: spelled(entry.tags, names) };
  });
  const fitting = permalinksOf(named, timeZone, base);
  const permalinks = options.permalinks ?? fitting;
  const takenPaths = new Set(
    taken.map((text) => foldedPath(pathOf({ ...text, date: null, tags: [] }, permalinks, timeZone))),
  );
  const drafts = named.map(({ tags, kind, ...draft }) => ({
    ...draft,
    path: pathOf({ ...draft, kind, tags }, permalinks, timeZone),
  }));
  const earlier = (options.earlier ?? []).map((one): PlannedEarlier => {
    const [folder, slug] = partsOf(one.place);
    const kind = folder === "pages" ? "page" : folder === "notes" ? "note" : "post";
    return { ...one, path: pathOf({ ...one, kind, slug }, permalinks, timeZone) };
  });
  for (const { path, aliases, queries } of earlier)
    for (const address of [path, ...aliases, ...queries.map((query) => `/${query}`)])
      addresses.add(address, path);
  for (const { path } of drafts) addresses.add(path, path);
  for (const { entry, path } of drafts) for (const address of entry.addresses) addresses.add(address, path);
  const entries = drafts.map((draft): PlannedEntry => {
    const { entry, path, date } = draft;
    const aliases = entry.addresses.flatMap((address) => {
      const alias = addresses.find(address) === path ? aliasFor(address, base) : null;
      const isUseless = alias === null || samePath(alias, path) || isReservedPath(alias);
      return isUseless || takenPaths.has(foldedPath(alias)) ? [] : [alias];
    });
    return {
      ...draft,
      isListed: isPublished(entry, date) && !(date !== null && Date.parse(date) > now.getTime()),
      updated: instantOf(entry.updated, timeZone),
      aliases: withoutTwins(aliases),
    };
  });
  const held = archive.entries
    .filter((entry) => !isWritten(entry))
    .map((entry): PlannedEntry => ({
      ...{ entry, slug: null, path: "", date: null, updated: null },
      ...{ isListed: false, aliases: [], earlierPlace: places.get(keys.get(entry) ?? "")?.place ?? null },
    }));
  const all = [...entries, ...held];
  const byId = new Map(all.map((planned) => [planned.entry.id, planned]));
  const anchors = archive.responses.flatMap(({ entry, anchor, state }) => {
    const path = byId.get(entry)?.path ?? "";
    return anchor === null || path === "" || state !== "approved" ? [] : [`${path}#${anchor}`];
  });
  return {
    entries: all,
    byId,
    addresses,
    findText: textFinder(
      entries.flatMap(({ entry, path, isListed }) => {
        const { id: file, names = [], title, format } = entry;
        const isFile = format === "markdown" || /\.html?$/.test(file);
        return isFile ? [{ file, names, title, path, isListed }] : [];
      }),
    ),
    series: seriesIds(entries.flatMap(({ entry }) => entry.series ?? [])),
    unpublished: new Set(
      [...entries, ...earlier].filter(({ isListed }) => !isListed).map(({ path }) => path),
    ),
    anchors: new Set(anchors),
    authors: planAuthors(archive, authorMap, options.authors ?? new Map<string, string>()),
    earlier,
    places: new Map([
      ...earlier.map(({ key, place, queries }) => [key, { place, queries }] as const),
      ...entries.map(({ entry, slug }) => {
        const queries = entry.addresses.flatMap((address) => queryOf(address) ?? []);
        return [
          keys.get(entry) ?? "",
          { place: `${entry.kind}s/${slug}`, queries: [...new Set(queries)] },
        ] as const;
      }),
    ]),
    tagNames: names,
    siteUrl,
    timeZone,
    permalinks,
    fittingPattern: fitting.posts,
    takenPaths,
  };
}

/** A source's date as an instant in UTC, to the second; null if it's missing or invalid. */
export function instantOf(date: SourceDate | null, timeZone: string): string | null {
  if (date === null) return null;
  const parsed = parseDate(date, timeZone);
  return parsed.isValid ? parsed.instant.replace(/\.\d+Z$/, "Z") : null;
}

/** Unique tags of an entry, spelled as in all other entries. */
export function writtenTags(tags: readonly string[], { tagNames: names }: ImportPlan): string[] {
  return spelled(tags, names);
}

function spelled(tags: readonly string[], names: ReadonlyMap<string, string>): string[] {
  const all = tags.map((tag) => names.get(tagSlug(tag)) ?? tag);
  return [...new Set(all.map((tag) => [...tag].slice(0, LONGEST_TAG).join("").trim()))].filter(
    (tag) => tag !== "",
  );
}

/** Same limit as in the front matter schema. */
const LONGEST_TAG = 60;

/** The most frequent spelling of each tag by its slug; on a tie, the first. */
function tagNames({ entries }: Archive, mask: (text: string) => string): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const tag of entries.filter(isWritten).flatMap(({ tags }) => tags))
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const names = new Map<string, string>();
  for (const [tag, count] of counts) {
    const known = names.get(tagSlug(tag));
    if (known === undefined || (counts.get(known) ?? 0) < count) names.set(tagSlug(tag), tag);
  }
  return new Map([...names].map(([key, name]) => [key, mask(name)]));
}

/** `posts/hello` → `posts` and `hello`. */
function partsOf(place: string): readonly [folder: string, slug: string] {
  const [folder = "", slug = ""] = place.split("/");
  return [folder, slug];
}

/** Permalink patterns that keep the old addresses of posts; the default ones if that's impossible. */
function permalinksOf(
  entries: readonly (AddressParts & { readonly entry: ArchiveEntry })[],
  timeZone: string,
  base: string,
): Permalinks {
  const posts = entries.filter(({ entry, date }) => entry.kind === "post" && isPublished(entry, date));
  const placed = posts.map((post) => ({
    ...post,
    oldPath: aliasFor(post.entry.addresses[0] ?? "", base) ?? "",
  }));
  return { ...DEFAULT_PERMALINKS, posts: patternOf(placed, timeZone) ?? DEFAULT_PERMALINKS.posts };
}

/** Names that differ only in case or punctuation are one series. */
function seriesIds(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, slugOf(name)]));
}

function dayOf(date: SourceDate | null): string {
  return date === null ? "" : slugOf(date.slice(0, 10));
}

function samePath(a: string, b: string): boolean {
  return foldedPath(a) === foldedPath(b);
}

/** `/old` and `/old/` are the same file. */
function withoutTwins(aliases: readonly string[]): string[] {
  const seen = new Set<string>();
  return aliases.filter((alias) => {
    const key = alias.replace(/\/$/, "");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
