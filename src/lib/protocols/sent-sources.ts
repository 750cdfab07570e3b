import type { Blog, Post } from "../content/model.ts";
import { postVersion, responsesVersion } from "../content/post-version.ts";
import type { SiteUrls } from "../site/urls.ts";
import { encodePath, siteUrls } from "../site/urls.ts";
import { addressOfHost, isLoopbackAddress } from "./public-address.ts";

/** A published post as a source of notifications. */
export interface SentSource {
  /** Site path: `/posts/hello/`. */
  readonly path: string;
  /** Absolute URL, the `source` of notifications. */
  readonly url: string;
  /** Instant of publication, ISO 8601 in UTC. */
  readonly date: string;
  /** Version that the live page declares once it's deployed; see post-version.ts. */
  readonly version: string;
  readonly responsesVersion: string;
  /** Links to other sites, exactly as spelled in the post, without duplicates. */
  readonly targets: readonly string[];
  readonly title: string;
  readonly excerpt: string;
}

/** The blog's data for sending notifications. */
export interface SentSite {
  readonly blogName: string;
  /** Newest post first. */
  readonly sources: readonly SentSource[];
  /** Current site paths of moved posts, by former site path. */
  readonly moved: ReadonlyMap<string, string>;
  /** Returns the absolute URL of a site path. */
  readonly absolute: (sitePath: string) => string;
}

/**
 * Collects the sources of notifications: every published post with the links in its text and the pages that it replies
 * to, except links to the blog itself, to the post's syndicated copies and to loopback hosts.
 *
 * @param allowLoopback for tests: includes links to loopback hosts.
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

/** Converts an alias to a page path: encoded, with a trailing slash. */
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
 * Returns an http(s) URL exactly as spelled in the post, because receivers search for that spelling. Only URLs without
 * a scheme (`//host/path`) are completed. Null for others, such as URLs without a host, which belong to the blog
 * itself.
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
