/**
 * Stores the postings of the last build as one cache value: the number of documents, the id and word count of each,
 * then the terms.
 */
import { cacheKey } from "./hash.ts";
import { NO_POSTINGS, type Postings } from "./postings.ts";
import type { IndexCache } from "./types.ts";

const KEY = cacheKey("postings");

/** Size in bytes of a docId (a hash of 32 hexadecimal digits), and of a docId with a word count. */
const KEY_BYTES = 16;
const DOC_BYTES = KEY_BYTES + 4;

/** Reads the postings of the last build; empty if nothing is stored. */
export function readPostingsFile(cache: IndexCache): Postings {
  const stored = cache.read(KEY);
  if (stored === null) return NO_POSTINGS;
  const docIds: string[] = [];
  const wordCounts: number[] = [];
  const end = 4 + stored.readUInt32LE(0) * DOC_BYTES;
  for (let at = 4; at < end; at += DOC_BYTES) {
    docIds.push(stored.toString("hex", at, at + KEY_BYTES));
    wordCounts.push(stored.readUInt32LE(at + KEY_BYTES));
  }
  return { docIds, wordCounts, terms: stored.subarray(end) };
}

export function writePostingsFile(cache: IndexCache, { docIds, wordCounts, terms }: Postings): void {
  const head = Buffer.alloc(4 + docIds.length * DOC_BYTES);
  head.writeUInt32LE(docIds.length);
  for (const [index, docId] of docIds.entries()) {
    const at = 4 + index * DOC_BYTES;
    head.write(docId, at, "hex");
    head.writeUInt32LE(wordCounts[index] ?? 0, at + KEY_BYTES);
  }
  cache.write(KEY, Buffer.concat([head, terms]));
}
