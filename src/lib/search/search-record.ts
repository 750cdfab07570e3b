import { hashOf } from "../cache/file-cache.ts";
import { partsInZone } from "../content/dates.ts";
import type { Blog, Post } from "../content/model.ts";
import type { SiteUrls } from "../site/urls.ts";
import { ANALYSIS_VERSION } from "./analysis-version.ts";
import { UNSPACED } from "./read-text.ts";

/** What search knows of a post, but its text. */
export interface SearchRecord {
  readonly post: Post;
  /** Site path. */
  readonly path: string;
  /** Names the text that Pagefind reads, and all that its reading depends on. */
  readonly leaf: string;
  /** Language by whose rules the words are cut and stemmed. */
  readonly lang: string;
  readonly filters: Readonly<Record<FilterName, readonly string[]>>;
  /** Names of the authors, as they're shown with a result. */
  readonly authors: string;
  readonly timeZone: string | null;
}

export const FILTER_NAMES = ["tag", "author", "year", "series"] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

/**
 * The records of all posts of the blog in the order of their pages in the index: the oldest first, so that a new post
 * leaves the others' numbers as they are.
 */
export function searchRecords(blog: Blog, urls: SiteUrls): SearchRecord[] {
  const siteLang = primaryLanguage(blog.settings.lang);
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const series = new Map(blog.series.map(({ id, title }) => [id, title]));
  const labels = tagLabels(blog.posts, urls);
  return blog.posts
    .map((post) => {
      const own = primaryLanguage(post.lang);
      const lang = UNSPACED.has(own) ? own : siteLang;
      const authors = post.authors.map((id) => names.get(id) ?? id);
      return {
        post,
        path: urls.postPath(post.slug),
        leaf: leafOf(post, lang),
        lang,
        filters: {
          tag: [...new Set(post.tags.map((tag) => labels.get(urls.tagSlug(tag)) ?? tag))],
          author: authors,
          year: [partsInZone(post.date, blog.settings.timeZone).year],
          series: post.series === null ? [] : [series.get(post.series) ?? post.series],
        },
        authors: authors.join(", "),
        timeZone: blog.settings.timeZone,
      };
    })
    .sort((a, b) => compare(a.post.date, b.post.date) || compare(a.post.id, b.post.id));
}

/**
 * Language under which the index is kept. There's one index for all posts, so that a reader finds them from a page in
 * any language and downloads one reader for it.
 */
export function primaryLanguage(lang: string): string {
  const known = primaryLanguages.get(lang);
  if (known !== undefined) return known;
  const { language } = new Intl.Locale(lang);
  primaryLanguages.set(lang, language);
  return language;
}

/** To find one takes as long as all else that's known of a post. */
const primaryLanguages = new Map<string, string>();

function leafOf(post: Post, lang: string): string {
  return hashOf(String(ANALYSIS_VERSION), post.id, lang, post.title, post.description, post.body.key);
}

/** A tag is shown as its newest post writes it. */
function tagLabels(posts: readonly Post[], urls: SiteUrls): Map<string, string> {
  const labels = new Map<string, string>();
  for (const tag of posts.flatMap(({ tags }) => tags)) {
    const slug = urls.tagSlug(tag);
    if (!labels.has(slug)) labels.set(slug, tag);
  }
  return labels;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
