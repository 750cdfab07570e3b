/** Stored form of a rendered body. In a separate file, so threads that only show bodies don't load the renderer. */
import type { FileCache } from "../cache/file-cache.ts";

/** A body's HTML, as it's stored. */
export interface StoredBody {
  /** As pages show it. */
  readonly html: string;
  /** As feeds show it, its addresses marked: see `placelessFeedHtml`. */
  readonly feed: string;
}

/** The stored body of a key, with parts decoded on demand; null if missing. */
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
