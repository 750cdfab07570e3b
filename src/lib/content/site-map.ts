/** All addresses of the site, to find broken links and addresses that are used twice. */
import { BLOGROLL_PATH } from "../site/blogroll.ts";
import type { Settings } from "../site/settings.ts";
import { tagSlug } from "../site/slug.ts";
import { encodePath, pathnameOf } from "../site/urls.ts";
import type { FeedKind, SiteUrls } from "../site/urls.ts";
import { languageUrls } from "../site/language-urls.ts";
import { partsInZone } from "./dates.ts";
import { blogLanguages, isListedIn } from "./languages.ts";
import type { Page, Post, Tombstone } from "./model.ts";

/** The kind of page at an address. */
export type Target =
  | { readonly kind: "post"; readonly post: Post }
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "tombstone"; readonly tombstone: Tombstone }
  | { readonly kind: "alias"; readonly file: string; readonly target: Post | Page | Tombstone }
  /** A page or file that the engine generates, such as a list or a feed. */
  | { readonly kind: "engine" };

export interface SiteContent {
  /** All posts, drafts included. */
  readonly posts: readonly Post[];
  /** Whether lists show drafts and scheduled posts, too. */
  readonly showsAll: boolean;
  readonly pages: readonly Page[];
  readonly authorIds: readonly string[];
  readonly seriesIds: readonly string[];
  /** Whether `blogroll.yaml` lists any blogs. */
  readonly hasBlogroll: boolean;
  readonly settings: Pick<
    Settings,
    "lang" | "languages" | "timeZone" | "postsPerPage" | "people" | "offline" | "llmsTxt" | "security" | "markdownCopies" | "editor"
  >;
}

export type SiteMap = ReadonlyMap<string, Target>;

/** Folders reserved for the engine's own files. */
export const ENGINE_FOLDERS = [
  "/pagefind/",
  "/_astro/",
  "/archive/",
  "/people/",
  "/pictures/",
  "/files/",
  "/social/",
] as const;

/** Single pages and files that every site has. */
const ENGINE_PATHS = [
  "/",
  "/posts/",
  "/tags/",
  "/authors/",
  "/series/",
  "/archive/",
  "/search/",
  "/subscribe/",
  "/404.html",
  "/responses.xml",
  "/sitemap.xml",
  "/robots.txt",
  "/manifest.webmanifest",
  "/favicon.svg",
  "/favicon.png",
  "/apple-touch-icon.png",
  "/icon-192.png",
  "/icon-512.png",
  "/feed.css",
  "/_headers/",
  "/_redirects/",
] as const;

/** Whether the engine uses a canonical path on every site. */
export function isEnginePath(path: string): boolean {
  return [...ENGINE_PATHS, ...ENGINE_FOLDERS].some((one) => one === path);
}

const FEEDS: readonly FeedKind[] = ["rss", "atom", "json"];

/**
 * The canonical form of a site path, for which a host serves the same file: encoded, without query, fragment and
 * `index.html`, and with a trailing slash for pages.
 */
export function canonicalPath(sitePath: string): string {
  const pathname = encodePath(pathnameOf(sitePath)).replace(/\/index\.html$/, "/");
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  return last === "" || last.includes(".") ? pathname : `${pathname}/`;
}

/** Addresses of the engine: lists, feeds and files that every site has. */
export function engineMapOf(content: SiteContent, urls: SiteUrls): Map<string, Target> {
  const map = new Map<string, Target>();
  const engine = (path: string) => map.set(path, { kind: "engine" });
  for (const path of ENGINE_PATHS) engine(path);
  if (content.settings.people.isOn) engine("/people/");
  if (content.settings.offline) for (const path of ["/sw.js", "/offline/"]) engine(path);
  if (content.settings.llmsTxt) engine("/llms.txt");
  if (content.hasBlogroll) for (const path of [BLOGROLL_PATH, "/blogroll/"]) engine(path);
  if (content.settings.editor !== null) engine(content.settings.editor.address);
  if (content.settings.security !== null) engine("/.well-known/security.txt");
  const listed = content.posts.filter(({ visibility }) => content.showsAll || visibility === "published");
  const languages = blogLanguages(content.settings, listed);
  for (const language of languages) {
    const own = listed.filter(isListedIn(language, languages));
    for (const path of listPaths(content, own, languageUrls(urls, language.prefix))) engine(path);
  }
  if (content.settings.markdownCopies) for (const post of listed) engine(`${post.path}index.md`);
  return map;
}

/** Paths of a blog's lists and feeds in one of its languages. @param listed posts in that language. */
function listPaths(content: SiteContent, listed: readonly Post[], urls: SiteUrls): readonly string[] {
  const { settings } = content;
  const isMain = urls.homePath() === "/";
  const paths: string[] = [];
  const engine = (path: string) => paths.push(path);
  const feeds = (scope: string) => FEEDS.forEach((feed) => engine(urls.feedPath(feed, scope)));
  const pages = (posts: number, path: (page: number) => string) => {
    const count = Math.max(1, Math.ceil(posts / settings.postsPerPage));
    for (let page = 1; page <= count; page++) engine(path(page));
  };
  if (!isMain) {
    for (const path of [urls.homePath(), urls.tagsPath(), urls.authorsPath(), urls.archivePath()]) engine(path);
    for (const path of [urls.searchPath(), urls.subscribePath()]) engine(path);
    if (listed.some(({ series }) => series !== null)) engine(urls.seriesIndexPath());
    for (const { date } of listed) {
      const { year, month } = partsInZone(date, settings.timeZone);
      engine(urls.archivePath(Number(year)));
      engine(urls.archivePath(Number(year), Number(month)));
    }
  }
  feeds(urls.homePath());
  pages(listed.length, urls.postsPath);
  for (const [label, count] of tagCounts(listed)) {
    feeds(urls.tagPath(label));
    pages(count, (page) => urls.tagPath(label, page));
  }
  const scopes = [
    ...content.authorIds
      .filter((id) => isMain || listed.some(({ authors }) => authors.includes(id)))
      .map(urls.authorPath),
    ...content.seriesIds
      .filter((id) => isMain || listed.some(({ series }) => series === id))
      .map(urls.seriesPath),
  ];
  for (const scope of scopes) {
    feeds(scope);
    engine(scope);
  }
  const notes = listed.filter(({ kind }) => kind === "note").length;
  if (notes > 0) {
    feeds(urls.notesPath());
    pages(notes, urls.notesPath);
  }
  return paths;
}

function tagCounts(posts: readonly Post[]): ReadonlyMap<string, number> {
  const labels = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const label of posts.flatMap(({ tags }) => tags)) {
    const first = labels.get(tagSlug(label)) ?? label;
    labels.set(tagSlug(label), first);
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}
