import type { FileCache } from "../lib/cache/file-cache.ts";
import { readBody, type StoredBody } from "../lib/markdown/body-file.ts";

/** A body by its key. @throws Error when it is missing from the cache or damaged */
export function storedBody(bodies: FileCache, key: string): StoredBody {
  const stored = readBody(bodies, key);
  if (stored === null) throw damagedBody(key);
  return stored;
}

const DAMAGED = "A rendered text in the cache was damaged";

/** Error of a page whose text isn't in the cache, or no longer whole. */
export function damagedBody(key: string): Error {
  return new Error(`${DAMAGED} (${key}). Build again: it will be made from the post.`);
}

/** Whether an error is one of `damagedBody`. Threads hand on only the message of an error. */
export function isDamagedBody(error: unknown): boolean {
  return error instanceof Error && error.message.includes(DAMAGED);
}

/** Keys of the texts that a page shows. @param view as JSON, where a quotation mark within a string is escaped. */
export function bodyKeysIn(view: string): string[] {
  return [...view.matchAll(/"bodyKey":"([^"\\]+)"/g)].flatMap(([, key = ""]) => key);
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
