import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { hashOf } from "../lib/cache/file-cache.ts";
import { openWorkerPool, type WorkerPool } from "../lib/worker-pool.ts";
import type { FileState, NewFile, StoreAnswer, StoreResults, StoreTask } from "./store-worker.ts";

/** Limits of a batch, in files and in bytes: feeds are twenty times as large as pages. */
const BATCH = 100;
const BATCH_BYTES = 2 ** 21;

/** A file of the site and the key under which it is stored; `target` is absolute. */
export interface SiteFile {
  readonly key: string;
  readonly target: string;
}

/**
 * Finished pages and files of earlier builds, by a key derived from all their inputs. A file is used only if its size
 * and modification time are as recorded when it was written, so a file that was edited, truncated or left by a killed
 * build is written again. Two builds may share a store: files are written to a temporary name and renamed, and a file
 * removed by the other build is written again.
 */
export class OutputStore {
  readonly #folder: string;
  readonly #known: ReadonlyMap<string, FileState>;
  readonly #used = new Map<string, FileState>();
  #pool: WorkerPool<StoreTask, StoreAnswer<keyof StoreResults>> | null = null;
  #queue: (NewFile & { readonly key: string })[] = [];
  #queuedBytes = 0;
  #storing: Promise<void> = Promise.resolve();
  /** Whether an earlier build didn't finish: it may have left unrecorded files, which `save` removes. */
  readonly #isUnfinished: boolean;
  #written = 0;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#known = readManifest(this.#manifest);
    this.#isUnfinished = existsSync(this.#marker);
    closeSync(openSync(this.#marker, "w"));
  }

  /** Number of files written since the store was opened. */
  get written(): number {
    return this.#written;
  }

  /** Number of files used since the store was opened. */
  get size(): number {
    return this.#used.size;
  }

  /** Whether the file of a key exists and is unchanged since it was written. */
  has(key: string): boolean {
    if (this.#used.has(key)) return true;
    const entry = this.#known.get(key);
    if (entry === undefined) return false;
    const state = statSync(this.#fileOf(key), { throwIfNoEntry: false });
    if (state?.size !== entry.size || state.mtimeMs !== entry.mtimeMs) return false;
    this.#used.set(key, entry);
    return true;
  }

  /** The bytes stored under a key, or null. */
  read(key: string): Uint8Array<ArrayBuffer> | null {
    if (!this.has(key)) return null;
    try {
      return new Uint8Array(readFileSync(this.#fileOf(key)));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /**
   * Places stored files in the site, in a worker thread: as hard links where the file system supports them. Never
   * overwrites a file.
   * @returns the files placed.
   */
  async place<File extends SiteFile>(files: readonly File[]): Promise<File[]> {
    const known = files.flatMap((file) => {
      const entry = this.#known.get(file.key);
      return entry === undefined ? [] : [{ file, entry }];
    });
    if (known.length === 0) return [];
    const isPlaced = await this.#run({
      name: "place",
      files: known.map(({ file: { key, target }, entry: { size, mtimeMs } }) => ({
        ...{ file: this.#fileOf(key), target, size, mtimeMs },
      })),
    });
    const placed = known.filter((_, at) => isPlaced[at]);
    for (const { file, entry } of placed) this.#used.set(file.key, entry);
    return placed.map(({ file }) => file);
  }

  /**
   * Stores a file, in a worker thread; resolves as soon as there is room for the next one.
   * @param target absolute path in the site at which the file is placed as well.
   * @throws Error of the file system, also of an earlier file.
   */
  async write(key: string, bytes: string | Uint8Array, target: string | null = null): Promise<void> {
    this.#queue.push({ key, file: this.#fileOf(key), bytes, target });
    this.#queuedBytes += bytes.length;
    if (this.#queue.length >= BATCH || this.#queuedBytes >= BATCH_BYTES) await this.#flush();
  }

  /** Waits until all files are stored. @throws Error of the file system. */
  async settled(): Promise<void> {
    await this.#flush();
    await this.#storing;
  }

  /** Ends the worker thread. */
  async end(): Promise<void> {
    await this.#pool?.end();
    this.#pool = null;
  }

  /** Resolves when the previous batch is stored, so that at most two are in memory. */
  async #flush(): Promise<void> {
    const batch = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    const before = this.#storing;
    this.#storing = before.then(() => this.#store(batch));
    this.#storing.catch(() => undefined);
    await before;
  }

  async #store(batch: readonly (NewFile & { readonly key: string })[]): Promise<void> {
    if (batch.length === 0) return;
    const states = await this.#run({
      name: "write",
      files: batch.map(({ file, bytes, target }) => ({ file, bytes, target })),
    });
    states.forEach((state, at) => {
      const key = batch[at]?.key;
      if (key !== undefined) this.#used.set(key, state);
    });
    this.#written += states.length;
  }

  async #run<Name extends keyof StoreResults>(
    task: StoreTask & { readonly name: Name },
  ): Promise<StoreResults[Name]> {
    const module = new URL(`./store-worker${import.meta.filename.slice(-3)}`, import.meta.url);
    // The worker allocates little: it only passes bytes on.
    this.#pool ??= openWorkerPool({ module, threads: 1, isKept: true, youngGenerationMb: 4 });
    const answer = (await this.#pool.run(task)) as StoreAnswer<Name>;
    if ("refusal" in answer) throw Object.assign(new Error(answer.refusal.message), answer.refusal);
    return answer.result;
  }

  /**
   * Records the files used and removes the rest.
   * @returns number of files of the last build without a replacement: those not used, minus those newly written.
   */
  save(): number {
    const unused = [...this.#known.keys()].filter((key) => !this.#used.has(key));
    for (const key of unused) rmSync(this.#fileOf(key), { force: true });
    if (this.#isUnfinished) this.#sweep();
    if (this.#written > 0 || unused.length > 0) writeManifest(this.#manifest, this.#used);
    rmSync(this.#marker, { force: true });
    return Math.max(0, unused.length - this.#written);
  }

  /** Removes all files that aren't recorded. */
  #sweep(): void {
    for (const folder of readdirSync(this.#folder, { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      for (const name of readdirSync(path.join(this.#folder, folder.name)))
        if (!this.#used.has(folder.name + name))
          rmSync(path.join(this.#folder, folder.name, name), { force: true });
    }
  }

  get #manifest(): string {
    return path.join(this.#folder, "manifest.json");
  }

  get #marker(): string {
    return path.join(this.#folder, "unfinished");
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, key.slice(0, 2), key.slice(2));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Reads the entries of a manifest; empty if it is missing or its checksum doesn't match. */
function readManifest(file: string): Map<string, FileState> {
  if (!existsSync(file)) return new Map();
  const text = readFileSync(file, "utf8");
  const at = text.indexOf("\n");
  if (at < 0 || text.slice(0, at) !== hashOf(text.slice(at + 1))) return new Map();
  const rows: readonly (readonly [string, number, number])[] = JSON.parse(text.slice(at + 1));
  return new Map(rows.map(([key, size, mtimeMs]) => [key, { size, mtimeMs }]));
}

function writeManifest(file: string, entries: ReadonlyMap<string, FileState>): void {
  const json = JSON.stringify(Array.from(entries, ([key, { size, mtimeMs }]) => [key, size, mtimeMs]));
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${hashOf(json)}\n${json}`);
  renameSync(draft, file);
}
