import type { SiteUrls } from "./urls.ts";

/**
 * Addresses of a blog's pages in one of its languages: home, lists, feeds and search are below the prefix. Posts, pages
 * and people have the same addresses in all languages.
 * @param prefix such as `/de`; empty for the blog's main language.
 */
export function languageUrls(urls: SiteUrls, prefix: string): SiteUrls {
  if (prefix === "") return urls;
  const below = (sitePath: string): string => prefix + sitePath;
  return {
    ...urls,
    homePath: () => `${prefix}/`,
    postsPath: (page) => below(urls.postsPath(page)),
    notesPath: (page) => below(urls.notesPath(page)),
    tagsPath: () => below(urls.tagsPath()),
    tagPath: (label, page) => below(urls.tagPath(label, page)),
    authorsPath: () => below(urls.authorsPath()),
    authorPath: (id) => below(urls.authorPath(id)),
    seriesIndexPath: () => below(urls.seriesIndexPath()),
    seriesPath: (id) => below(urls.seriesPath(id)),
    archivePath: (year, month) => below(urls.archivePath(year, month)),
    searchPath: () => below(urls.searchPath()),
    subscribePath: () => below(urls.subscribePath()),
    feedPath: (kind, scope = `${prefix}/`, page) => urls.feedPath(kind, scope, page),
  };
}
