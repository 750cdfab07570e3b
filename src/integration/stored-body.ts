import type { FileCache } from "../lib/cache/file-cache.ts";
import { readBody, type StoredBody } from "../lib/markdown/body-file.ts";

/** A body by its key. @throws Error when it doesn't lie in the cache, or no longer whole */
export function storedBody(bodies: FileCache, key: string): StoredBody {
  const stored = readBody(bodies, key);
  if (stored === null)
    throw new Error(
      `A rendered text in the cache was damaged (${key}). Build again: it will be made from the post.`,
    );
  return stored;
}
