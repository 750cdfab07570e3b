import type { FileCache } from "../lib/cache/file-cache.ts";
import { readBody, type StoredBody } from "../lib/markdown/body-file.ts";

/** Reads a body by its key. @throws Error when it is missing from the cache or damaged. */
export function storedBody(bodies: FileCache, key: string): StoredBody {
  const stored = readBody(bodies, key);
  if (stored === null) throw damagedBody(key);
  return stored;
}

const DAMAGED = "A rendered text in the cache was damaged";

/** Error for a body that is missing from the cache or damaged. */
export function damagedBody(key: string): Error {
  return new Error(`${DAMAGED} (${key}). Build again: it will be made from the post.`);
}

/** Whether an error is from `damagedBody`. Checks the message, the only part of an error that workers pass on. */
export function isDamagedBody(error: unknown): boolean {
  return error instanceof Error && error.message.includes(DAMAGED);
}

/** Keys of the bodies that a page shows. @param view as JSON, where quotation marks within strings are escaped. */
export function bodyKeysIn(view: string): string[] {
  return [...view.matchAll(/"bodyKey":"([^"\\]+)"/g)].flatMap(([, key = ""]) => key);
}

/**
 * Returns a reader of bodies by their keys. If a body is missing or damaged, `repair` runs first.
 * @param repair loads the content again, which renders all missing bodies; calls never overlap.
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
