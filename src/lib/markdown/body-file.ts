/** Stored form of a rendered body. In a separate file, so workers that only read bodies don't load the renderer. */
import type { FileCache } from "../cache/file-cache.ts";

/** A body's HTML, as stored in the cache. */
export interface StoredBody {
  /** HTML for pages. */
  readonly html: string;
  /** HTML for feeds, with marked addresses: see `feedHtmlWithMarkedUrls`. */
  readonly feed: string;
}

/** Reads the body stored under a key, decoding its parts on demand; null if missing. */
export function readBody(cache: FileCache, key: string): StoredBody | null {
  const stored = cache.read(key);
  if (stored === null) return null;
  const split = stored.indexOf(0);
  return {
    get html() {
      return stored.toString("utf8", 0, split);
    },
    get feed() {
      return stored.toString("utf8", split + 1);
    },
  };
}

/** Stores a body under its key. */
export function writeBody(cache: FileCache, key: string, { html, feed }: StoredBody): void {
  cache.write(key, `${html}\0${feed}`);
}
