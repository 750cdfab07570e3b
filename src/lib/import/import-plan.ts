/** Where everything of an archive goes: slugs, files, addresses. Made before anything is written. */
import { withoutDate } from "../content/file-date.ts";
import { parseDate } from "../content/dates.ts";
import { slugOf, tagSlug } from "../site/slug.ts";
import { AddressBook, aliasFor } from "./addresses.ts";
import type { Archive, ArchiveEntry, SourceDate } from "./archive.ts";
import { planAuthors } from "./plan-authors.ts";
import type { PlannedAuthors } from "./plan-authors.ts";
import { isReservedPath } from "./reserved-paths.ts";
import { Slugs } from "./slugs.ts";

export interface PlannedEntry {
  readonly entry: ArchiveEntry;
  /** Null for entries that aren't written. */
  readonly slug: string | null;
  /** Site path of its page. */
  readonly path: string;
  /** ISO 8601 with zone; null when the source has no date. */
  readonly date: string | null;
  readonly updated: string | null;
  /** Whether readers see it already: it's public, and its date isn't in the future. */
  readonly isListed: boolean;
  /** Old addresses as paths, without those that another entry has. */
  readonly aliases: readonly string[];
}

export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly byId: ReadonlyMap<string, PlannedEntry>;
  readonly addresses: AddressBook;
  /** Site paths of published texts by the names of their files in the source, without date and ending. */
  readonly byFileName: ReadonlyMap<string, string>;
  /** Site paths of what isn't published: readers would find nothing there. */
  readonly unpublished: ReadonlySet<string>;
  /** Places of responses that readers see: `/posts/hello/#comment-5`. */
  readonly anchors: ReadonlySet<string>;
  readonly authors: PlannedAuthors;
  /** The spelling of each tag, by its name in addresses. */
  readonly tagNames: ReadonlyMap<string, string>;
  /** Address of the new blog, with a slash at its end. */
  readonly siteUrl: string;
  readonly timeZone: string;
}

export interface PlanOptions {
  readonly siteUrl: string;
  readonly timeZone: string;
  readonly authorMap: ReadonlyMap<string, string>;
  /** Slugs of posts and pages that are there already and that no import wrote. */
  readonly taken: readonly string[];
  /** Takes the addresses of people out of a title, which may become an address of the blog. */
  readonly mask?: ((text: string) => string) | undefined;
  /** Decides which posts readers see already; the default is now. */
  readonly now?: Date | undefined;
}

/** Pages can't have the addresses of the blog's own lists. */
const RESERVED_PAGES =
  "posts notes tags authors series archive search subscribe offline people page responses 404 index feed pagefind".split(
    " ",
  );

const WRITTEN: ReadonlySet<ArchiveEntry["state"]> = new Set(["public", "draft", "pending", "scheduled"]);

/** Whether anything of an entry goes into the repository. */
export function isWritten({ state }: ArchiveEntry): boolean {
  return WRITTEN.has(state);
}

/** Whether readers see an entry; a post without a date has no place in lists. */
export function isPublished({ state, kind }: ArchiveEntry, date: string | null): boolean {
  return state === "public" && (kind === "page" || date !== null);
}

export function planImport(archive: Archive, options: PlanOptions): ImportPlan {
  const { siteUrl, timeZone, authorMap, taken, now = new Date(), mask = (text) => text } = options;
  const addresses = new AddressBook();
  addresses.addHost(archive.site.url);
  for (const address of archive.entries.flatMap((entry) => entry.addresses)) addresses.addHost(address);
  // Posts and notes share the folder of their responses.
  const posts = new Slugs(taken);
  const slugs = { post: posts, note: posts, page: new Slugs([...RESERVED_PAGES, ...taken]) };
  const drafts = archive.entries.filter(isWritten).map((entry) => {
    const slug = slugs[entry.kind].claim(mask(entry.slug), mask(entry.title), dayOf(entry.date));
    return { entry, slug, path: pathOf(entry.kind, slug) };
  });
  for (const { path } of drafts) addresses.add(path, path);
  for (const { entry, path } of drafts) for (const address of entry.addresses) addresses.add(address, path);
  const entries = drafts.map((draft): PlannedEntry => {
    const { entry, path } = draft;
    const aliases = entry.addresses.flatMap((address) => {
      const alias = addresses.find(address) === path ? aliasFor(address) : null;
      return alias === null || samePath(alias, path) || isReservedPath(alias) ? [] : [alias];
    });
    const date = instantOf(entry.date, timeZone);
    return {
      ...draft,
      date,
      isListed: isPublished(entry, date) && !(date !== null && Date.parse(date) > now.getTime()),
      updated: instantOf(entry.updated, timeZone),
      aliases: withoutTwins(aliases),
    };
  });
  const held = archive.entries
    .filter((entry) => !isWritten(entry))
    .map((entry): PlannedEntry => ({
      ...{ entry, slug: null, path: "", date: null, updated: null },
      ...{ isListed: false, aliases: [] },
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
    byFileName: new Map(
      entries
        .filter(({ isListed }) => isListed)
        .map(({ entry, path }) => [withoutDate(entry.id.replace(/^.*\//, "").replace(/\.\w+$/, "")), path]),
    ),
    unpublished: new Set(entries.filter(({ isListed }) => !isListed).map(({ path }) => path)),
    anchors: new Set(anchors),
    authors: planAuthors(archive, authorMap),
    tagNames: tagNames(archive),
    siteUrl,
    timeZone,
  };
}

/** A source's date as an instant in UTC, to the second; null for none. */
export function instantOf(date: SourceDate | null, timeZone: string): string | null {
  if (date === null) return null;
  const parsed = parseDate(date, timeZone);
  return parsed.isValid ? parsed.instant.replace(/\.\d+Z$/, "Z") : null;
}

/** Tags of an entry, spelled as in all others, each once. */
export function writtenTags(tags: readonly string[], { tagNames: names }: ImportPlan): string[] {
  const spelled = tags.map((tag) => names.get(tagSlug(tag)) ?? tag);
  return [...new Set(spelled.map((tag) => [...tag].slice(0, LONGEST_TAG).join("").trim()))].filter(
    (tag) => tag !== "",
  );
}

/** As in the front matter's schema. */
const LONGEST_TAG = 60;

/** Of several spellings of a tag, the most frequent; of those, the first. */
function tagNames({ entries }: Archive): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const tag of entries.filter(isWritten).flatMap(({ tags }) => tags))
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const names = new Map<string, string>();
  for (const [tag, count] of counts) {
    const known = names.get(tagSlug(tag));
    if (known === undefined || (counts.get(known) ?? 0) < count) names.set(tagSlug(tag), tag);
  }
  return names;
}

function pathOf(kind: ArchiveEntry["kind"], slug: string): string {
  return kind === "page" ? `/${slug}/` : `/${kind}s/${slug}/`;
}

function dayOf(date: SourceDate | null): string {
  return date === null ? "" : slugOf(date.slice(0, 10));
}

function samePath(a: string, b: string): boolean {
  return a.replace(/\/$/, "").toLowerCase() === b.replace(/\/$/, "").toLowerCase();
}

/** `/old` and `/old/` are one file. */
function withoutTwins(aliases: readonly string[]): string[] {
  const seen = new Set<string>();
  return aliases.filter((alias) => {
    const key = alias.replace(/\/$/, "");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
