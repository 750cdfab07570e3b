import { hashOf } from "../cache/file-cache.ts";
import { dayInZone, partsInZone } from "../content/dates.ts";
import type { Blog, Post } from "../content/model.ts";
import { blogLanguages, type BlogLanguage } from "../content/languages.ts";
import { languageGroup, languageNames } from "../site/language-group.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { IndexDoc } from "./pagefind-incremental.ts";

/** Index data of a post: an `IndexDoc` without its text. */
export interface SearchRecord extends Omit<IndexDoc, "html"> {
  readonly post: Post;
  /** `language` is set only in a blog with several languages. */
  readonly filters: Readonly<
    Record<Exclude<FilterName, "language">, readonly string[]> & { language?: readonly string[] }
  >;
}

/** Classes of elements that aren't indexed: text that isn't the author's, and links within the page. */
export const EXCLUDED_CLASSES = ["anchor", "note-ref", "note-back", "engine-word"] as const;

export const FILTER_NAMES = ["tag", "author", "year", "series", "language"] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

/**
 * The records of all posts of the blog, in the order of their numbers in the index: oldest first, so that a new post
 * doesn't change the numbers of others.
 *
 * There's one index for all languages, so that a reader finds every post from any page. A blog with several languages
 * has a filter for them.
 */
export function searchRecords(blog: Blog, urls: SiteUrls): SearchRecord[] {
  const { lang, timeZone } = blog.settings;
  const siteLang = primaryLanguage(lang);
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const series = new Map(blog.series.map(({ id, title }) => [id, title]));
  const labels = tagLabels(blog.posts, urls);
  const languages = blogLanguages(blog.settings, blog.posts);
  const languageNamesByGroup = languageFilters(languages);
  return blog.posts
    .map((post) => {
      const own = post.lang === lang ? siteLang : primaryLanguage(post.lang);
      const authors = post.authors.map((id) => names.get(id) ?? id);
      const filters = {
        tag: [...new Set(post.tags.map((tag) => labels.get(urls.tagSlug(tag)) ?? tag))],
        author: authors,
        year: [partsInZone(post.date, timeZone).year],
        series: post.series === null ? [] : [series.get(post.series) ?? post.series],
        ...(languages.length < 2
          ? {}
          : { language: languageNamesByGroup.get(groupIn(languages, post.lang)) ?? [] }),
      };
      return {
        post,
        url: urls.postPath(post.slug),
        version: versionOf(post),
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

/** Replaces the post of a record with a version that has another body. */
export function withPost(record: SearchRecord, post: Post): SearchRecord {
  return { ...record, post, version: versionOf(post) };
}

function versionOf({ id, standfirst, body }: Post): string {
  return hashOf(id, standfirst ?? "", body.key);
}

/** Values of the language filter by group: each language's own name. Empty if the blog isn't divided by language. */
function languageFilters(languages: readonly BlogLanguage[]): ReadonlyMap<string, readonly string[]> {
  if (languages.length < 2) return new Map();
  const names = languageNames(languages.map(({ lang }) => lang));
  return new Map(languages.map(({ group }, at) => [group, names.slice(at, at + 1)]));
}

function groupIn(languages: readonly BlogLanguage[], lang: string): string {
  const group = languageGroup(lang);
  return languages.some((language) => language.group === group) ? group : (languages[0]?.group ?? group);
}

/** Languages without spaces between words. Their posts are split by their own rules, all others by the site's. */
const UNSPACED: ReadonlySet<string> = new Set(["ja", "th", "zh"]);

/** Primary subtag of a language tag. */
export function primaryLanguage(lang: string): string {
  return new Intl.Locale(lang).language;
}

/** Label of each tag by slug: its spelling in its newest post. */
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
