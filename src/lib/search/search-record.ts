import { hashOf } from "../cache/file-cache.ts";
import { dayInZone, partsInZone } from "../content/dates.ts";
import type { Blog, Post } from "../content/model.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { IndexDoc } from "./pagefind-incremental.ts";

/** A post as search finds it: an `IndexDoc` without its text. */
export interface SearchRecord extends Omit<IndexDoc, "html"> {
  readonly post: Post;
  readonly filters: Readonly<Record<FilterName, readonly string[]>>;
}

/** Classes of elements that aren't the author's text, or only lead about the page. */
export const EXCLUDED_CLASSES = ["anchor", "note-ref", "note-back", "engine-word"] as const;

export const FILTER_NAMES = ["tag", "author", "year", "series"] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

/**
 * The records of all posts of the blog in the order of their pages in the index: the oldest first, so that a new post
 * leaves the others' numbers as they are.
 *
 * There's one index for all languages, so that a reader finds every post from any page.
 */
export function searchRecords(blog: Blog, urls: SiteUrls): SearchRecord[] {
  const { lang, timeZone } = blog.settings;
  const siteLang = primaryLanguage(lang);
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const series = new Map(blog.series.map(({ id, title }) => [id, title]));
  const labels = tagLabels(blog.posts, urls);
  return blog.posts
    .map((post) => {
      const own = post.lang === lang ? siteLang : primaryLanguage(post.lang);
      const authors = post.authors.map((id) => names.get(id) ?? id);
      const filters = {
        tag: [...new Set(post.tags.map((tag) => labels.get(urls.tagSlug(tag)) ?? tag))],
        author: authors,
        year: [partsInZone(post.date, timeZone).year],
        series: post.series === null ? [] : [series.get(post.series) ?? post.series],
      };
      return {
        post,
        url: urls.postPath(post.slug),
        version: hashOf(post.id, post.description, post.body.key),
        language: UNSPACED.has(own) ? own : siteLang,
        title: post.title,
        keywords: [...filters.tag, ...authors, ...filters.series],
        meta: {
          ...{ day: dayInZone(post.date, timeZone), author: authors.join(", ") },
          ...{ lang: post.lang, dir: post.dir },
        },
        filters,
      };
    })
    .sort((a, b) => compare(a.post.date, b.post.date) || compare(a.post.id, b.post.id));
}

/** Languages without spaces between words; their posts are cut by their own rules, all others by the site's. */
const UNSPACED: ReadonlySet<string> = new Set(["ja", "th", "zh"]);

/** Primary subtag of a language tag. */
export function primaryLanguage(lang: string): string {
  return new Intl.Locale(lang).language;
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
