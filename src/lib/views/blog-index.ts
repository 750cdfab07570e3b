import { memoizeWeak } from "../memoize-weak.ts";
import type { Author, Blog, Post, Series } from "../content/model.ts";
import type { PostResponse } from "../responses/model.ts";
import { isPublic } from "../responses/shown-response.ts";
import type { SiteUrls } from "../site/urls.ts";

/** A tag with its posts, newest first. */
export interface TagEntry {
  readonly slug: string;
  /** Its spelling in its newest post. */
  readonly label: string;
  readonly posts: readonly Post[];
}

export interface MonthEntry {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly posts: readonly Post[];
}

/** Lookup tables for a blog, computed once for all views. Lists of posts are newest first. */
export interface BlogIndex {
  readonly byId: ReadonlyMap<string, Author>;
  readonly seriesById: ReadonlyMap<string, Series>;
  readonly bySlug: ReadonlyMap<string, Post>;
  /** Only the notes. */
  readonly notes: readonly Post[];
  /** Index of a post in `blog.posts`. */
  readonly positionOf: ReadonlyMap<Post, number>;
  /** Posts of an author. */
  readonly byAuthor: ReadonlyMap<string, readonly Post[]>;
  /** Posts of a series in reading order: oldest first. */
  readonly bySeries: ReadonlyMap<string, readonly Post[]>;
  /** Most used first, then by label. */
  readonly tags: readonly TagEntry[];
  /** Newest first. */
  readonly months: readonly MonthEntry[];
  /** Approved public responses of a post, oldest first. */
  responsesOf(post: Post): readonly PostResponse[];
  /** Number of those responses with words; likes, reposts and bookmarks aren't counted. */
  answersTo(post: Post): number;
}

/** Indexes a blog. Months are in the site's zone. */
export function indexBlog(blog: Blog, urls: SiteUrls): BlogIndex {
  const shown = new Map<string, readonly PostResponse[]>();
  const responsesOf = (post: Post): readonly PostResponse[] => {
    const found = shown.get(post.slug);
    if (found !== undefined) return found;
    const made = post.comments === "off" ? NONE : publicOnes(blog.responses[post.slug] ?? NONE);
    shown.set(post.slug, made);
    return made;
  };
  return {
    byId: new Map(blog.authors.map((author) => [author.id, author])),
    seriesById: new Map(blog.series.map((series) => [series.id, series])),
    bySlug: new Map(blog.posts.map((post) => [post.slug, post])),
    notes: blog.posts.filter(({ kind }) => kind === "note"),
    positionOf: new Map(blog.posts.map((post, position) => [post, position])),
    byAuthor: groupByMany(blog.posts, (post) => post.authors),
    bySeries: seriesPosts(blog.posts),
    tags: tagEntries(blog.posts, urls),
    months: monthEntries(blog.posts, blog.settings.timeZone ?? "UTC"),
    responsesOf,
    answersTo: memoizeWeak((post: Post) => responsesOf(post).filter(isSaid).length),
  };
}

const NONE: readonly PostResponse[] = [];

/** Returns the list itself if all its records are public, since caches rely on its identity. */
function publicOnes(records: readonly PostResponse[]): readonly PostResponse[] {
  return records.every(isPublic) ? records : records.filter(isPublic);
}

/** Whether a response has words, unlike a like, repost or bookmark. */
export function isSaid(response: PostResponse): boolean {
  const kind = response["wm-property"];
  return kind === "in-reply-to" || kind === "mention-of";
}

function groupByMany(
  posts: readonly Post[],
  keysOf: (post: Post) => readonly string[],
): Map<string, readonly Post[]> {
  const groups = new Map<string, Post[]>();
  for (const post of posts) {
    for (const key of new Set(keysOf(post))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [post]);
      else group.push(post);
    }
  }
  return groups;
}

function seriesPosts(posts: readonly Post[]): Map<string, readonly Post[]> {
  const groups = groupByMany(posts, (post) => (post.series === null ? [] : [post.series]));
  return new Map([...groups].map(([id, members]) => [id, members.toReversed()]));
}

function tagEntries(posts: readonly Post[], urls: SiteUrls): TagEntry[] {
  const groups = groupByMany(posts, (post) => post.tags.map(urls.tagSlug));
  const entries = [...groups].map(([slug, members]) => ({
    slug,
    label: members[0]?.tags.find((tag) => urls.tagSlug(tag) === slug) ?? slug,
    posts: members,
  }));
  return entries.sort((a, b) => b.posts.length - a.posts.length || compareText(a.slug, b.slug));
}

function monthEntries(posts: readonly Post[], timeZone: string): MonthEntry[] {
  const monthOf = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    calendar: "gregory",
  });
  const groups = Map.groupBy(posts, (post) => monthOf.format(Date.parse(post.date)));
  return [...groups].map(([key, members]) => {
    const [year = 0, month = 1] = key.split("-").map(Number);
    return { year, month, posts: members };
  });
}

/** Compares by UTF-16 code units, so that the order doesn't depend on the machine's language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
