import { cacheKey } from "./hash.ts";
import { type IndexedText, textSchema } from "./read-pagefind.ts";
import type { IndexCache } from "./types.ts";

/** Stores the result text of a document that only Pagefind can parse. */
export function writeStoredText(cache: IndexCache, text: IndexedText): void {
  cache.write(cacheKey("text", text.url), JSON.stringify(text));
}

/** Reads a stored text; null if nothing is stored. */
export function readStoredText(cache: IndexCache, docId: string): IndexedText | null {
  const stored = cache.read(cacheKey("text", docId));
  return stored === null ? null : textSchema.parse(JSON.parse(stored.toString("utf8")));
}
