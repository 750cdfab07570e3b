/** Finds the post that a response is about, by its target URL. */
import type { Post } from "../content/model.ts";
import type { Settings } from "../site/settings.ts";
import { siteUrls } from "../site/urls.ts";
import { percentDecoded } from "../percent-decoded.ts";

export interface TargetIndex {
  /** Returns the slug of the post at a URL, or null. */
  resolve(address: string): string | null;
}

/** Blog data for the index. */
export interface TargetSource {
  readonly settings: Pick<Settings, "url">;
  readonly posts: readonly (Pick<Post, "slug" | "id" | "aliases" | "canonical"> &
    Partial<Pick<Post, "path">>)[];
  readonly tombstones: readonly {
    readonly slug: string;
    readonly path?: string;
    readonly aliases: readonly string[];
  }[];
}

/**
 * Creates an index that finds posts by any spelling of their URL: with or without trailing slash, `www`, `index.html`,
 * query and fragment; http or https; by alias, with or without the base path; and by the id of a renamed post. On other
 * hosts only aliases (the blog's former host) and `canonical` URLs match. Nothing is fetched.
 */
export function targetIndex(blog: TargetSource): TargetIndex {
  const entries = [...blog.posts, ...blog.tombstones];
  const placed = entries.flatMap(({ slug, path }) => (path === undefined ? [] : [{ slug, path }]));
  const urls = siteUrls(blog.settings, placed);
  const host = hostKey(blog.settings.url);
  const own = new Map<string, string>();
  const anywhere = new Map<string, string>();
  const note = (map: Map<string, string>, key: string, slug: string) => {
    if (!map.has(key)) map.set(key, slug);
  };
  // Current URLs take precedence over old ones: a new post may have the URL of an older one.
  for (const { slug } of blog.posts) note(own, pathKey(urls.path(urls.postPath(slug))), slug);
  for (const { slug, id } of blog.posts) note(own, pathKey(urls.path(urls.postPath(id))), slug);
  for (const { slug, aliases } of entries) {
    for (const alias of aliases) {
      note(own, pathKey(urls.path(alias)), slug);
      note(own, pathKey(alias), slug);
      if (isTelling(alias)) note(anywhere, pathKey(alias), slug);
    }
  }
  for (const { slug } of blog.tombstones) note(own, pathKey(urls.path(urls.postPath(slug))), slug);
  const canonical = new Map<string, string>();
  for (const post of blog.posts) {
    if (post.canonical !== null) note(canonical, addressKey(post.canonical), post.slug);
  }
  return {
    resolve: (address) => {
      if (!URL.canParse(address)) return null;
      const url = new URL(address);
      if (url.protocol !== "http:" && url.protocol !== "https:") return null;
      const keys = [pathKey(url.pathname + url.search), pathKey(url.pathname)];
      const maps = hostKey(address) === host ? [own, anywhere] : [anywhere];
      for (const key of keys) for (const map of maps) if (map.has(key)) return map.get(key) ?? null;
      return canonical.get(addressKey(address)) ?? null;
    },
  };
}

/** Whether two URLs are of the same page, ignoring scheme, `www`, trailing slash and fragment. */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || (URL.canParse(a) && URL.canParse(b) && addressKey(a) === addressKey(b));
}

function addressKey(address: string): string {
  const url = new URL(address);
  return hostKey(address) + pathKey(url.pathname + url.search);
}

function hostKey(address: string): string {
  const url = new URL(address);
  const port = url.port === "" || url.port === "80" || url.port === "443" ? "" : `:${url.port}`;
  return url.hostname.replace(/^www\./, "").replace(/\.$/, "") + port;
}

/** Normalizes a path: decoded if possible, NFC, without `index.html` and trailing slash. */
function pathKey(path: string): string {
  const [pathname = "", query] = path.replace(/#.*/s, "").split(/\?(.*)/s);
  const bare = percentDecoded(pathname)
    .normalize("NFC")
    .replace(/\/index\.html?$/i, "/")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return query === undefined || query === "" ? bare : `${bare}?${query}`;
}

/** Whether an alias identifies a post on any host: `/2008/03/a-title.html` does; `/about/` and `/?p=1` don't. */
function isTelling(alias: string): boolean {
  return alias.split("/").filter((part) => part !== "").length >= 2;
}
