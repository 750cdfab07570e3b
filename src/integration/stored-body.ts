import type { FileCache } from "../lib/cache/file-cache.ts";
import { readBody, type StoredBody } from "../lib/markdown/body-file.ts";

/** A body that should lie in the cache but doesn't, or no longer whole. The next load of the content makes it again. */
export class MissingBody extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`The body ${key} is missing from the cache`);
    this.name = "MissingBody";
    this.key = key;
  }
}

/** Whether an error, or what caused it, is a {@link MissingBody}. */
export function isMissingBody(error: unknown): boolean {
  if (error instanceof MissingBody) return true;
  return error instanceof Error && error.cause !== undefined && isMissingBody(error.cause);
}

/** A body by its key. @throws MissingBody */
export function storedBody(bodies: FileCache, key: string): StoredBody {
  const stored = readBody(bodies, key);
  if (stored === null) throw new MissingBody(key);
  return stored;
}
