/** Which post an answer is about: from the address that a sender named to the post's slug. */
import type { Post } from "../content/model.ts";
import type { Settings } from "../site/settings.ts";
import { siteUrls } from "../site/urls.ts";
import { percentDecoded } from "../percent-decoded.ts";

export interface TargetIndex {
  /** Slug of the post that an address names, or null. */
  resolve(address: string): string | null;
}

/** Data of a blog for the index. */
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
 * Finds posts by any spelling of their address: with or without slash, `www`, `index.html`, query and fragment, http
 * or https, by an alias, by the id that a renamed post kept, below the base path or without it. Another host counts
 * for aliases and `canonical` only: the blog lived there once, or has its original there. Nothing is fetched.
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
  // Present addresses win over old ones: a new post may live where an old one did.
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

/** Whether two addresses name the same page but for scheme, `www`, slash and fragment. */
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

/** A path in one spelling: decoded as far as it can be, NFC, without `index.html` and closing slash. */
function pathKey(path: string): string {
  const [pathname = "", query] = path.replace(/#.*/s, "").split(/\?(.*)/s);
  const bare = percentDecoded(pathname)
    .normalize("NFC")
    .replace(/\/index\.html?$/i, "/")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return query === undefined || query === "" ? bare : `${bare}?${query}`;
}

/** An alias such as `/2008/03/a-title.html` names a post on any host; `/about/` or `/?p=1` doesn't. */
function isTelling(alias: string): boolean {
  return alias.split("/").filter((part) => part !== "").length >= 2;
}
