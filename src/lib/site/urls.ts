/**
 * Builds and parses all addresses of the site.
 *
 * A *site path* is an address from the site's root without the base path. It begins with `/`, is percent-encoded,
 * and ends with `/` when it names a page: `/posts/hello/`, `/rss.xml`. `path` adds the base path (for `href` and
 * `src`), `absolute` adds the origin as well (for feeds and metadata), `outputFile` gives the name on disk.
 */
import { tagSlug } from "./slug.ts";

export type FeedKind = "rss" | "atom" | "json";

/** Names of the newest document of each feed. */
const FEED_FILES = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" } as const satisfies Record<
  FeedKind,
  string
>;

export interface SiteUrls {
  /** Base path with a slash at both ends: `/` or `/blog/`. */
  readonly base: string;
  /** `https://me.example` */
  readonly origin: string;
  /** A site path with the base path: `/posts/x/` → `/blog/posts/x/`. A query and a fragment are kept. */
  path(sitePath: string): string;
  /** A site path as an absolute address: `https://me.example/blog/posts/x/`. */
  absolute(sitePath: string): string;
  /** The site path, with query and fragment, of an absolute address of this site; null for other sites. */
  sitePathOf(address: string): string | null;
  /** The home page: `/`, or the home page of a language. */
  homePath(): string;
  /** `/posts/` and, from the second page on, `/posts/page/2/`. */
  postsPath(page?: number): string;
  /** The page of a post or note. */
  postPath(slug: string): string;
  /** `/notes/` and, from the second page on, `/notes/page/2/`. */
  notesPath(page?: number): string;
  /** Page `page` (2 or more) of a post's conversation; the first is on the post's page. */
  responsesPath(slug: string, page: number): string;
  tagsPath(): string;
  /** @param label as the author wrote it. */
  tagPath(label: string, page?: number): string;
  tagSlug(label: string): string;
  authorsPath(): string;
  authorPath(id: string): string;
  /** Absolute address that identifies an author, the same in all languages. */
  authorUrl(id: string): string;
  seriesIndexPath(): string;
  seriesPath(id: string): string;
  /** @param month 1 to 12. */
  archivePath(year?: number, month?: number): string;
  searchPath(): string;
  subscribePath(): string;
  blogrollPath(): string;
  /** The page that replaces unvisited pages offline. */
  offlinePath(): string;
  peoplePath(): string;
  personPath(slug: string): string;
  /** A page written by the author, such as `/about/`. */
  pagePath(slug: string): string;
  /**
   * The feed of a list.
   * @param scope site path of a list with its own feed, such as `/tags/listening/`; `/` for the whole site.
   * @param page 2 or more for an archive document (RFC 5005): `/atom-2.xml`.
   */
  feedPath(kind: FeedKind, scope?: string, page?: number): string;
  /** The feed of a post's conversation or, without a slug, of all conversations. */
  responsesFeedPath(slug?: string): string;
}

/** A post, note or tombstone with the path of its page. */
export interface Placed {
  readonly slug: string;
  /** Site path. */
  readonly path: string;
}

/** Settings that addresses depend on. */
export interface UrlSettings {
  readonly url: string;
  /** `pages`: permalink pattern of pages; the default is `/:slug/`. */
  readonly permalinks?: { readonly pages: string };
}

/**
 * The addresses of a site published at `settings.url`.
 * @param entries posts, notes and tombstones with their paths; other slugs are assumed to be posts in `/posts/`.
 */
export function siteUrls(settings: UrlSettings, entries: Iterable<Placed> = []): SiteUrls {
  const paths = new Map([...entries].map(({ slug, path: own }) => [slug, own]));
  const pagePattern = settings.permalinks?.pages;
  const postPath = (slug: string): string => paths.get(slug) ?? join("posts", slug);
  const { origin, host, pathname } = new URL(settings.url);
  const base = pathname.endsWith("/") ? pathname : `${pathname}/`;
  const path = (sitePath: string): string => base + encodePath(sitePath).slice(1);
  return {
    base,
    origin,
    path,
    absolute: (sitePath) => origin + path(sitePath),
    sitePathOf: (address) => sitePathOf(address, host, base),
    homePath: () => "/",
    postsPath: (page = 1) => paged("/posts/", page),
    postPath,
    responsesPath: (slug, page) => `${postPath(slug)}responses/${page}/`,
    notesPath: (page = 1) => paged("/notes/", page),
    tagsPath: () => "/tags/",
    tagPath: (label, page = 1) => paged(join("tags", tagSlug(label)), page),
    tagSlug,
    authorsPath: () => "/authors/",
    authorPath,
    authorUrl: (id) => origin + path(authorPath(id)),
    seriesIndexPath: () => "/series/",
    seriesPath: (id) => join("series", id),
    archivePath,
    searchPath: () => "/search/",
    subscribePath: () => "/subscribe/",
    blogrollPath: () => "/blogroll/",
    offlinePath: () => "/offline/",
    peoplePath: () => "/people/",
    personPath: (slug) => join("people", slug),
    pagePath: (slug) => {
      const own = join(...slug.split("/"));
      return pagePattern === undefined ? own : encodePath(pagePattern.replace("/:slug/", () => own));
    },
    feedPath,
    responsesFeedPath: (slug) => (slug === undefined ? "/responses.xml" : `${postPath(slug)}responses.xml`),
  };
}

/**
 * The file, relative to the output folder, that a host serves for a site path: `/posts/hello/` →
 * `posts/hello/index.html`, `/rss.xml` → `rss.xml`. Names are raw UTF-8. A path without an extension is a page.
 * @throws RangeError if the path can't be a file, for example outside the output folder.
 */
export function outputFile(sitePath: string): string {
  const file = possibleOutputFile(sitePath);
  if (file === null) throw new RangeError(`Not the path of a file of the site: ${sitePath}`);
  return file;
}

/** Like {@link outputFile}, for untrusted paths: null if the path can't be a file. */
export function possibleOutputFile(sitePath: string): string | null {
  const path = isSitePath(sitePath) ? decoded(encodePath(pathnameOf(sitePath))) : null;
  if (path === null) return null;
  const segments = path.slice(1).split("/");
  const last = segments.pop() ?? "";
  const file = last === "" ? ["index.html"] : /\.|^_/.test(last) ? [last] : [last, "index.html"];
  const names = [...segments, ...file];
  const isImpossible = names.some(
    (name) => name === "" || name === "." || name === ".." || /[\\\0]/.test(name),
  );
  return isImpossible ? null : names.join("/");
}

function isSitePath(path: string): boolean {
  return path.startsWith("/") && !path.startsWith("//");
}

function decoded(path: string): string | null {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** The part of a site path before its query and fragment. */
export function pathnameOf(sitePath: string): string {
  return /^[^?#]*/.exec(sitePath)?.[0] ?? "";
}

/**
 * Percent-encodes characters that aren't allowed in an address; existing escapes are kept.
 * @throws RangeError when the path doesn't begin with one slash.
 */
export function encodePath(sitePath: string): string {
  if (!isSitePath(sitePath)) {
    throw new RangeError(`A site path begins with one slash, but this one is: ${sitePath}`);
  }
  if (UNCHANGED.test(sitePath)) return sitePath;
  return encodeURI(sitePath.normalize("NFC").toWellFormed()).replaceAll(/%25(?=[0-9A-Fa-f]{2})/g, "%");
}

/** Characters that need no encoding; most paths consist only of these. */
const UNCHANGED = /^[\w/.~#-]*$/;

/** The same within a segment. */
const PLAIN = /^[\w.~-]*$/;

function join(...segments: readonly string[]): string {
  let path = "/";
  for (const segment of segments) path += `${encodeSegment(segment)}/`;
  return path;
}

function encodeSegment(segment: string): string {
  return PLAIN.test(segment) ? segment : encodeURIComponent(segment.normalize("NFC").toWellFormed());
}

function paged(first: string, page: number): string {
  return page === 1 ? first : `${first}page/${page}/`;
}

function authorPath(id: string): string {
  return join("authors", id);
}

function archivePath(year?: number, month?: number): string {
  const segments = ["archive"];
  if (year !== undefined) segments.push(String(year).padStart(4, "0"));
  if (year !== undefined && month !== undefined) segments.push(String(month).padStart(2, "0"));
  return join(...segments);
}

function feedPath(kind: FeedKind, scope = "/", page = 1): string {
  const newest = `${scope}${FEED_FILES[kind]}`;
  return page === 1 ? newest : newest.replace(/\.(\w+)$/, `-${page}.$1`);
}

function sitePathOf(address: string, host: string, base: string): string | null {
  if (!address.toLowerCase().includes(host) || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  if (!isWeb || url.host !== host) return null;
  const pathname = `${url.pathname}/`.startsWith(base) ? url.pathname.slice(base.length - 1) || "/" : null;
  return pathname === null ? null : pathname + url.search + url.hash;
}
