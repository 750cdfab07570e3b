import * as z from "zod";
import { type FileCache, hashOf } from "../cache/file-cache.ts";
import type { AnalysisStore } from "./analysis-store.ts";
import { MOST_BYTES } from "./assemble-index.ts";
import type { ChunkRange } from "./bundle-files.ts";
import { type IndexThread, withIndexThread } from "./index-thread.ts";
import type { Assembled } from "./index-worker.ts";
import type { SearchRecord } from "./search-record.ts";

/** The word index of all records. */
export interface WordIndex {
  readonly chunks: readonly ChunkRange[];
  /** Words on each page. */
  readonly wordCounts: readonly number[];
  /** The bytes of a chunk by its name. */
  bytesOf(name: string): Promise<Uint8Array>;
}

export interface WordIndexOptions {
  readonly cacheDir: string;
  readonly cache: FileCache;
  readonly store: AnalysisStore;
  readonly onDamage: (file: string) => void;
  /** One that is ended by others; without it, one is started for the while. */
  readonly thread: IndexThread | null;
}

const keptSchema = z.object({
  leaves: z.array(z.string()),
  chunks: z.array(z.object({ from: z.string(), to: z.string(), name: z.string(), isLarge: z.boolean() })),
  wordCounts: z.array(z.number()),
});

const KEY = hashOf("index", "3");

/**
 * The index of the last build when the texts are the same, else one put together anew.
 * @param early those of the records that are known before the others; their texts are read meanwhile.
 */
export async function wordIndex(
  records: readonly SearchRecord[] | Promise<readonly SearchRecord[]>,
  early: readonly SearchRecord[],
  options: WordIndexOptions,
): Promise<WordIndex> {
  const { cache } = options;
  const kept = keptSchema.nullable().parse(JSON.parse(cache.readText(KEY) ?? "null"));
  const known = new Set(kept?.leaves);
  const ahead = early.filter(({ leaf }) => !known.has(leaf));
  if (kept !== null && ahead.length === 0) {
    const all = await records;
    const leaves = leavesOf(all);
    let assembling: Promise<ReadonlyMap<string, Uint8Array>> | null = null;
    if (kept.leaves.join() === leaves.join())
      return {
        ...kept,
        bytesOf: async (name) =>
          chunkOf(await (assembling ??= assemble(all, [], known, options).then(byName)), name),
      };
  }
  const assembled = await assemble(records, ahead, known, options);
  const chunks = assembled.chunks.map(({ from, to, name, bytes }) => ({
    ...{ from, to, name },
    isLarge: bytes.length > MOST_BYTES,
  }));
  const { wordCounts } = assembled;
  cache.write(KEY, JSON.stringify({ leaves: leavesOf(await records), chunks, wordCounts }));
  const bytes = byName(assembled);
  return { chunks, wordCounts, bytesOf: (name) => Promise.resolve(chunkOf(bytes, name)) };
}

/**
 * Has new texts read and puts the index together.
 * @param ahead those that are read while other records are still to come.
 * @param known leaves that the cache is thought to hold; those that it lost are read again.
 * @throws Error whose cause says why.
 */
async function assemble(
  records: readonly SearchRecord[] | Promise<readonly SearchRecord[]>,
  ahead: readonly SearchRecord[],
  known: ReadonlySet<string>,
  { cacheDir, store, onDamage, thread: shared }: WordIndexOptions,
): Promise<Assembled> {
  const use = async (thread: IndexThread): Promise<Assembled> => {
    const early = await store.read(ahead, thread);
    // When the rest doesn't come, what is under way ends with the thread.
    early.found.catch(() => undefined);
    const all = await records;
    const read = (isMeant: (leaf: string) => boolean) =>
      store.read(
        all.filter(({ leaf }) => isMeant(leaf)),
        thread,
      );
    const leaves = leavesOf(all);
    const asked = new Set([...known, ...leavesOf(ahead)]);
    const late = await read((leaf) => !asked.has(leaf));
    // Asked at once: each answer can wait long for this thread, which is busy with pages.
    const [first, ...both] = await Promise.all([
      thread.assemble({ leaves, found: [] }),
      early.found,
      late.found,
    ]);
    const found = both.flat();
    first.damaged.forEach(onDamage);
    if (first.missing.length === 0) return first;
    const lost = new Set(first.missing);
    for (const postings of found) for (const leaf of postings.leaves) lost.delete(leaf);
    const again = await (await read((leaf) => lost.has(leaf))).found;
    return thread.assemble({ leaves, found: [...found, ...again] });
  };
  try {
    if (shared === null) return await withIndexThread(cacheDir, use);
    const assembled = await use(shared);
    // Not waited for: it writes its files while ours are made. Whoever made the thread hears of a failure.
    shared.end().catch(() => undefined);
    return assembled;
  } catch (cause) {
    throw new Error("The search index couldn't be made", { cause });
  }
}

function leavesOf(records: readonly SearchRecord[]): string[] {
  return records.map(({ leaf }) => leaf);
}

function byName({ chunks }: Assembled): ReadonlyMap<string, Uint8Array> {
  return new Map(chunks.map(({ name, bytes }) => [name, bytes]));
}

function chunkOf(chunks: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = chunks.get(name);
  if (bytes === undefined) throw new Error(`The word index has no chunk ${name}`);
  return bytes;
}
