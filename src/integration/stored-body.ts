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

/**
 * Reads bodies by their keys. Where the file of one is damaged, everything that is missing is made again first.
 * @param repair loads the content again; it never runs twice at the same time.
 */
export function repairingReader(
  bodies: FileCache,
  repair: () => Promise<void>,
): (key: string) => Promise<StoredBody> {
  let repaired = Promise.resolve();
  return async (key) => {
    const stored = readBody(bodies, key);
    if (stored !== null) return stored;
    repaired = repaired.then(() => (bodies.has(key) ? undefined : repair()));
    await repaired;
    return storedBody(bodies, key);
  };
}
