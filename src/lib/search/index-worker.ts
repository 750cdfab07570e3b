/** Reads texts and puts the index together in a thread of its own, while the build goes on with pages. */
import { isMarkedAsUntransferable, parentPort, workerData } from "node:worker_threads";
import { FileCache } from "../cache/file-cache.ts";
import { type IndexChunk, assembleIndex } from "./assemble-index.ts";
import type { Postings } from "./postings.ts";
import { readPostingsFile, writePostingsFile } from "./postings-file.ts";
import { type ShownText, TextReader, type TextsRead } from "./text-reader.ts";
import type { Failure } from "./thread.ts";

export interface Assembly {
  /** Keys of the pages' texts, in the order of the pages. */
  readonly leaves: readonly string[];
  /** What Pagefind found in texts that aren't read here. */
  readonly found: readonly Postings[];
}

export interface Assembled {
  /** Leaves that neither the cache nor a text holds; when there are any, nothing was put together. */
  readonly missing: readonly string[];
  readonly chunks: readonly IndexChunk[];
  readonly wordCounts: readonly number[];
  /** Damaged files of the cache. */
  readonly damaged: readonly string[];
}

export type Task =
  | { readonly name: "prepare" }
  | { readonly name: "read"; readonly texts: readonly ShownText[] }
  | ({ readonly name: "assemble" } & Assembly)
  | { readonly name: "end" };

/** What comes back for each reading and each assembly, in their order, where it isn't a failure. */
export type Answer =
  | { readonly name: "read"; readonly result: TextsRead }
  | { readonly name: "assemble"; readonly result: Assembled };

const damaged: string[] = [];
const cache = new FileCache(String(workerData), (file) => damaged.push(file));
const reader = new TextReader(cache);
/** What earlier builds found, once it's been read. */
let kept: Postings | null = null;
/** What is left to be written into the cache when nobody waits for an answer any more. */
let unwritten: Postings | null = null;

let last = Promise.resolve();
parentPort?.on("message", (task: Task) => {
  last = last.then(() => work(task));
});

/** @throws Error when the cache can't be written; that ends the thread. */
async function work(task: Task): Promise<void> {
  if (task.name === "prepare") kept = readPostingsFile(cache);
  else if (task.name === "end") parentPort?.close();
  else {
    await answer(task).then(
      (message) => parentPort?.postMessage(message, ownBuffers(message)),
      (reason: unknown) => parentPort?.postMessage({ name: "failure", reason } satisfies Failure),
    );
    if (unwritten !== null) await write(unwritten);
  }
}

async function answer(task: Task & { readonly name: "read" | "assemble" }): Promise<Answer> {
  return task.name === "read"
    ? { name: "read", result: await reader.read(task.texts) }
    : { name: "assemble", result: await assemble(task) };
}

async function assemble({ leaves, found }: Assembly): Promise<Assembled> {
  kept ??= readPostingsFile(cache);
  const sources = [kept, ...found.map(received), ...(await reader.postings())];
  const known = new Set(sources.flatMap((source) => source.leaves));
  const missing = leaves.filter((leaf) => !known.has(leaf));
  if (missing.length > 0) return { missing, chunks: [], wordCounts: [], damaged };
  const { chunks, postings } = assembleIndex(sources, leaves);
  reader.forget();
  kept = null;
  unwritten = postings;
  return { missing, chunks, wordCounts: postings.wordCounts, damaged };
}

async function write(postings: Postings): Promise<void> {
  unwritten = null;
  await reader.keep();
  writePostingsFile(cache, postings);
}

/** The memory of files that are handed over instead of copied. */
function ownBuffers(answer: Answer): ArrayBuffer[] {
  const files =
    answer.name === "read"
      ? answer.result.fragments.map(([, bytes]) => bytes)
      : answer.result.chunks.map(({ bytes }) => bytes);
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of files) {
    if (buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(buffer)) buffers.add(buffer);
  }
  return [...buffers];
}

/** Buffers arrive as plain arrays of bytes. */
function received(postings: Postings): Postings {
  const { buffer, byteOffset, byteLength } = postings.terms;
  return { ...postings, terms: Buffer.from(buffer, byteOffset, byteLength) };
}
