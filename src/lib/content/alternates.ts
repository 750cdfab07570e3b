/** The same page in other languages: https://developers.google.com/search/docs/specialty/international/localized-versions */
import type { LanguageSite } from "./language-sites.ts";
import type { Page, Post } from "./model.ts";

export interface Alternate {
  /** BCP 47 tag for `hreflang`. */
  readonly lang: string;
  /** Site path. */
  readonly path: string;
}

/** All versions of a page, including the page itself. */
export interface Alternates {
  readonly versions: readonly Alternate[];
  /** Site path of the version for readers of any other language (`x-default`). */
  readonly fallback: string;
}

interface Versions {
  readonly all: readonly LanguageSite[];
  readonly postGroups: readonly (readonly Post[])[];
  readonly pageGroups: readonly (readonly Page[])[];
}

/** Versions of posts, pages and lists by site path. Pages that exist in only one language are omitted. */
export function alternatesOf({ all, postGroups, pageGroups }: Versions): ReadonlyMap<string, Alternates> {
  const map = new Map<string, Alternates>();
  const add = (versions: readonly Alternate[], fallback: Alternate | undefined): void => {
    if (versions.length < 2 || fallback === undefined) return;
    for (const { path } of versions) map.set(path, { versions, fallback: fallback.path });
  };
  const [main] = all;
  if (main === undefined) return map;
  const { urls, blog } = main;
  for (const group of postGroups) {
    const versions = group.map(({ lang, slug, date }) => ({ lang, path: urls.postPath(slug), date }));
    const oldest = [...versions].sort((a, b) => Date.parse(a.date) - Date.parse(b.date))[0];
    const own = versions.find(({ lang }) => lang === blog.settings.lang) ?? oldest;
    add(versions.map(({ lang, path }) => ({ lang, path })).sort(byLang), own);
  }
  for (const group of pageGroups) {
    const versions = group.map(({ lang, slug }) => ({ lang, path: urls.pagePath(slug) }));
    add([...versions].sort(byLang), versions.find(({ lang }) => lang === blog.settings.lang) ?? versions[0]);
  }
  if (all.length > 1) {
    for (const pathOf of LISTS) {
      const versions = all.flatMap((site) => {
        const path = pathOf(site);
        return path === null ? [] : [{ lang: site.language.lang, path }];
      });
      add(versions, versions[0]);
    }
    for (const { id } of blog.authors) {
      const versions = all
        .filter((site) => site === main || site.blog.posts.some(({ authors }) => authors.includes(id)))
        .map((site) => ({ lang: site.language.lang, path: site.urls.authorPath(id) }));
      add(versions, versions[0]);
    }
  }
  return map;
}

/** Paths of the lists in a language; null if there's nothing to list. */
const LISTS: readonly ((site: LanguageSite) => string | null)[] = [
  ({ urls }) => urls.homePath(),
  ({ urls }) => urls.postsPath(),
  ({ urls, blog }) => (blog.posts.some(({ kind }) => kind === "note") ? urls.notesPath() : null),
  ({ urls }) => urls.tagsPath(),
  ({ urls }) => urls.authorsPath(),
  ({ urls, blog }) => (blog.series.length > 0 ? urls.seriesIndexPath() : null),
  ({ urls }) => urls.archivePath(),
  ({ urls }) => urls.searchPath(),
  ({ urls }) => urls.subscribePath(),
];

function byLang(a: Alternate, b: Alternate): number {
  return a.lang < b.lang ? -1 : a.lang > b.lang ? 1 : 0;
}
