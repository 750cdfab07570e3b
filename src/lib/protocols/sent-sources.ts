import type { Blog, Post } from "../content/model.ts";
import { postVersion, responsesVersion } from "../content/post-version.ts";
import type { SiteUrls } from "../site/urls.ts";
import { encodePath, siteUrls } from "../site/urls.ts";
import { addressOfHost, isLoopbackAddress } from "./public-address.ts";

/** A post that links to others, as far as sending needs it. */
export interface SentSource {
  /** Site path: `/posts/hello/`. */
  readonly path: string;
  /** Absolute address, the `source` of notifications. */
  readonly url: string;
  /** Instant of publication, ISO 8601 in UTC. */
  readonly date: string;
  /** Version that its page declares once it is live; see post-version.ts. */
  readonly version: string;
  readonly responsesVersion: string;
  /** Addresses on other sites, exactly as the post writes them, without repetition. */
  readonly targets: readonly string[];
  readonly title: string;
  readonly excerpt: string;
}

/** Everything that sending needs to know of the blog. */
export interface SentSite {
  readonly blogName: string;
  /** Newest post first. */
  readonly sources: readonly SentSource[];
  /** Site paths from which posts have moved away, with the site path where each is now. */
  readonly moved: ReadonlyMap<string, string>;
  /** The absolute address of a site path. */
  readonly absolute: (sitePath: string) => string;
}

/**
 * The sources of notifications: every published post with the links of its text and the pages that it answers.
 * Links to the blog itself and to loopback hosts are left out.
 *
 * @param allowLoopback for tests: links to loopback hosts count.
 */
export function sentSite(blog: Blog, allowLoopback: boolean): SentSite {
  const urls = siteUrls(blog.settings, [...blog.posts, ...blog.tombstones]);
  const published = blog.posts.filter(({ visibility }) => visibility === "published");
  return {
    blogName: blog.settings.title,
    sources: published.map((post) => sourceOf(post, blog, urls, allowLoopback)),
    moved: new Map(
      published.flatMap(({ slug, aliases }) =>
        aliases.map((alias) => [pagePath(alias), urls.postPath(slug)]),
      ),
    ),
    absolute: urls.absolute,
  };
}

/** An alias as the path of a page: encoded, with a slash at its end. */
function pagePath(alias: string): string {
  const path = encodePath(alias);
  return path.endsWith("/") ? path : `${path}/`;
}

function sourceOf(post: Post, blog: Blog, urls: SiteUrls, allowLoopback: boolean): SentSource {
  const path = urls.postPath(post.slug);
  const url = urls.absolute(path);
  const written = [...post.answering.map((answer) => answer.url), ...post.body.links.map((link) => link.url)];
  const targets = written
    .flatMap((address) => targetOf(address.trim(), url) ?? [])
    .filter((target) => urls.sitePathOf(target) === null && !post.syndication.includes(target))
    .filter((target) => allowLoopback || !isLoopbackHost(new URL(target).hostname));
  return {
    path,
    url,
    date: post.date,
    version: postVersion(post),
    responsesVersion: responsesVersion(blog.responses[post.slug] ?? []),
    targets: [...new Set(targets)],
    title: post.title,
    excerpt: post.body.excerpt,
  };
}

/**
 * An http(s) address as it is in the post: receivers look for it letter by letter. Only what leaves out the
 * scheme (`//host/path`) is completed; what leaves out the host is the blog's own.
 */
function targetOf(address: string, source: string): string | null {
  const isWhole = URL.canParse(address);
  const url = isWhole || address.startsWith("//") ? URL.parse(address, source) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  return isWhole ? address : url.href;
}

function isLoopbackHost(hostname: string): boolean {
  const address = addressOfHost(hostname);
  if (address !== null) return isLoopbackAddress(address);
  return hostname === "localhost" || hostname.endsWith(".localhost");
}
