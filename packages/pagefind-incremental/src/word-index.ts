import * as z from "zod";
import { MOST_BYTES } from "./assemble-index.ts";
import type { ChunkRange } from "./bundle-files.ts";
import type { DocReader, PreparedDoc } from "./doc-reader.ts";
import { cacheKey } from "./hash.ts";
import type { Assembled, Indexer, WithIndexer } from "./indexer.ts";
import type { IndexCache } from "./types.ts";

/** The word index of all documents. */
export interface WordIndex {
  readonly chunks: readonly ChunkRange[];
  /** Number of words in each document. */
  readonly wordCounts: readonly number[];
  /** The bytes of a chunk by its name. */
  bytesOf(name: string): Promise<Uint8Array>;
}

export interface WordIndexOptions {
  readonly cache: IndexCache;
  readonly reader: DocReader;
  readonly withIndexer: WithIndexer;
}

const storedSchema = z.object({
  docIds: z.array(z.string()),
  chunks: z.array(z.object({ from: z.string(), to: z.string(), name: z.string(), isLarge: z.boolean() })),
  wordCounts: z.array(z.number()),
});

const KEY = cacheKey("index");

/**
 * The index of the last build if the texts are the same, otherwise a new one.
 * @param early documents that are known before the others.
 */
export async function wordIndex(
  pending: Promise<readonly PreparedDoc[]>,
  early: readonly PreparedDoc[],
  options: WordIndexOptions,
): Promise<WordIndex> {
  const { cache, withIndexer } = options;
  const stored = storedSchema.nullable().parse(JSON.parse(cache.read(KEY)?.toString("utf8") ?? "null"));
  const known = new Set(stored?.docIds);
  const assemble = (): Promise<Assembled> =>
    withIndexer((indexer) => assembleWith(indexer, pending, { early, known, reader: options.reader }));
  if (stored !== null && early.every(({ docId }) => known.has(docId))) {
    const docs = await pending;
    if (docs.length === known.size && docs.every(({ docId }, page) => docId === stored.docIds[page])) {
      let assembling: ReturnType<typeof assemble> | null = null;
      return { ...stored, bytesOf: async (name) => chunkOf(await (assembling ??= assemble()), name) };
    }
  }
  const assembled = await assemble();
  const { wordCounts } = assembled;
  const chunks = assembled.chunks.map(({ from, to, name, bytes }) => ({
    ...{ from, to, name },
    isLarge: bytes.length > MOST_BYTES,
  }));
  const docIds = (await pending).map(({ docId }) => docId);
  cache.write(KEY, JSON.stringify({ docIds, chunks, wordCounts }));
  return { chunks, wordCounts, bytesOf: (name) => Promise.resolve(chunkOf(assembled, name)) };
}

interface AssembleOptions {
  readonly early: readonly PreparedDoc[];
  /** Ids of documents that should be in the cache; any that are missing are read again. */
  readonly known: ReadonlySet<string>;
  readonly reader: DocReader;
}

/** Reads new documents and assembles the index. */
async function assembleWith(
  indexer: Indexer,
  pending: Promise<readonly PreparedDoc[]>,
  { early, known, reader }: AssembleOptions,
): Promise<Assembled> {
  const first = await reader.read(
    early.filter(({ docId }) => !known.has(docId)),
    indexer,
  );
  // Loads the postings of the last build while the other documents are pending.
  indexer.prepare().catch(() => undefined);
  const docs = await pending;
  const docIds = docs.map(({ docId }) => docId);
  const done = new Set([...known, ...early.map(({ docId }) => docId)]);
  const rest = await reader.read(
    docs.filter(({ docId }) => !done.has(docId)),
    indexer,
  );
  // Sent without waiting for the texts: a response can be delayed while this thread is busy with other work.
  const [assembled] = await Promise.all([indexer.assemble(docIds), first.done, rest.done]);
  if (assembled.missing.length === 0) return assembled;
  const missing = new Set(assembled.missing);
  const again = await reader.read(
    docs.filter(({ docId }) => missing.has(docId)),
    indexer,
  );
  await again.done;
  return indexer.assemble(docIds);
}

function chunkOf({ chunks }: Assembled, name: string): Uint8Array {
  const chunk = chunks.find((one) => one.name === name);
  if (chunk === undefined) throw new Error(`The word index has no chunk ${name}`);
  return chunk.bytes;
}
