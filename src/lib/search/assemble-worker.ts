/** Puts the index together in a thread of its own, while the build goes on with pages. */
import { parentPort, workerData } from "node:worker_threads";
import { FileCache } from "../cache/file-cache.ts";
import { type IndexChunk, assembleIndex } from "./assemble-index.ts";
import type { Postings } from "./postings.ts";
import { readPostingsFile, writePostingsFile } from "./postings-file.ts";

export interface Assembly {
  readonly cacheDir: string;
  /** Keys of the pages' texts, in the order of the pages. */
  readonly leaves: readonly string[];
  /** What was found in texts that the cache doesn't hold. */
  readonly found: readonly Postings[];
}

export interface Assembled {
  /** Leaves that neither the cache nor `found` holds; when there are any, nothing was put together. */
  readonly missing: readonly string[];
  readonly chunks: readonly IndexChunk[];
  readonly wordCounts: readonly number[];
  /** Damaged files of the cache. */
  readonly damaged: readonly string[];
}

parentPort?.postMessage(assemble(workerData));

function assemble({ cacheDir, leaves, found }: Assembly): Assembled {
  const damaged: string[] = [];
  const cache = new FileCache(cacheDir, (file) => damaged.push(file));
  const sources = [readPostingsFile(cache), ...found.map(received)];
  const known = new Set(sources.flatMap((source) => source.leaves));
  const missing = leaves.filter((leaf) => !known.has(leaf));
  if (missing.length > 0) return { missing, chunks: [], wordCounts: [], damaged };
  const { chunks, postings } = assembleIndex(sources, leaves);
  writePostingsFile(cache, postings);
  return { missing, chunks, wordCounts: postings.wordCounts, damaged };
}

/** Buffers arrive as plain arrays of bytes. */
function received(postings: Postings): Postings {
  const { buffer, byteOffset, byteLength } = postings.terms;
  return { ...postings, terms: Buffer.from(buffer, byteOffset, byteLength) };
}
