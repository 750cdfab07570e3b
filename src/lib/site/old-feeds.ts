/** Feeds at the addresses of the blog's former software, so that subscribers are kept. */
import { folderOrFile } from "./redirects.ts";
import type { FileSpec } from "./outputs.ts";
import { encodePath } from "./urls.ts";

/** A former address of a feed, and the feed that replaces it; both are site paths. */
export interface OldFeed {
  readonly path: string;
  readonly feed: string;
}

/**
 * Guesses the feed for a former address from names that other software uses: `/feed/atom/` → `/atom.xml`,
 * `/feed.json` → `/feed.json`, anything else → `/rss.xml`.
 */
export function feedForOldPath(path: string): string {
  if (/\batom\b|^\/feeds\/posts\/default/.test(path)) return "/atom.xml";
  return /\bjson\b/.test(path) ? "/feed.json" : "/rss.xml";
}

/**
 * A copy of the feed at each former address. Static hosts serve `/feed/` only from `feed/index.html`, so the copy has
 * that name; feed readers detect the format from the content. `feed/index.xml` is for servers that have it as an index
 * file. Hosts that read `_redirects` redirect to the feed itself.
 */
export function oldFeedFiles(old: readonly OldFeed[], files: readonly FileSpec[]): FileSpec[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return old.flatMap(({ path, feed }) => {
    const source = byPath.get(encodePath(feed));
    const target = folderOrFile(encodePath(path));
    if (source === undefined || byPath.has(target)) return [];
    const index = `${target}index.${feed.endsWith(".json") ? "json" : "xml"}`;
    return [{ ...source, path: target }, ...(target.endsWith("/") ? [{ ...source, path: index }] : [])];
  });
}
