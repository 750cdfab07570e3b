import type { FileCache } from "../lib/cache/file-cache.ts";
import { readBody } from "../lib/markup/render-body.ts";

/** A body that should lie in the cache but doesn't, or no longer whole. The next load of the content makes it again. */
export class MissingBody extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`The body ${key} is missing from the cache`);
    this.name = "MissingBody";
    this.key = key;
  }
}

/** HTML of a body by its key. @throws MissingBody */
export function storedHtml(bodies: FileCache, key: string): string {
  const stored = readBody(bodies, key);
  if (stored === null) throw new MissingBody(key);
  return stored.html;
}
