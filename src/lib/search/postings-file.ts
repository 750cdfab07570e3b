/**
 * The postings of the last build as one file of the cache: a number of leaves, for each its key and its number of words,
 * then the terms. It needs no schema: the cache vouches for the bytes, and the key names the version of this format.
 */
import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { ANALYSIS_VERSION } from "./analysis-version.ts";
import { NO_POSTINGS, type Postings } from "./postings.ts";

const KEY = hashOf("postings", "4", String(ANALYSIS_VERSION));

/** Bytes of a leaf's key (a hash in 32 hexadecimal digits) and of its number of words. */
const KEY_BYTES = 16;
const LEAF_BYTES = KEY_BYTES + 4;

/** Postings without a leaf when nothing is kept. */
export function readPostingsFile(cache: FileCache): Postings {
  const stored = cache.read(KEY);
  if (stored === null) return NO_POSTINGS;
  const leaves: string[] = [];
  const wordCounts: number[] = [];
  const end = 4 + stored.readUInt32LE(0) * LEAF_BYTES;
  for (let at = 4; at < end; at += LEAF_BYTES) {
    leaves.push(stored.toString("hex", at, at + KEY_BYTES));
    wordCounts.push(stored.readUInt32LE(at + KEY_BYTES));
  }
  return { leaves, wordCounts, terms: stored.subarray(end) };
}

export function writePostingsFile(cache: FileCache, { leaves, wordCounts, terms }: Postings): void {
  const head = Buffer.alloc(4 + leaves.length * LEAF_BYTES);
  head.writeUInt32LE(leaves.length);
  for (const [index, leaf] of leaves.entries()) {
    const at = 4 + index * LEAF_BYTES;
    head.write(leaf, at, "hex");
    head.writeUInt32LE(wordCounts[index] ?? 0, at + KEY_BYTES);
  }
  cache.write(KEY, Buffer.concat([head, terms]));
}
