/**
 * Stores values made from source files, so that unchanged files aren't read again.
 *
 * A file counts as unchanged if its size, times and inode are the same as at the last read. A file that was changed
 * within two seconds before it was read could change again without new times (git calls this "racily clean"); the index
 * marks it and compares its bytes the next time. A file with new times but the same bytes, as after a fresh checkout,
 * is read but not processed.
 *
 * The index is stored in a file cache, in parts by file name so that a change rewrites only one part. Each part has a
 * checksum and the version of the code that made its values. A damaged part, or one of another version, counts as
 * missing.
 */
import path from "node:path";
import { hashOf } from "./file-cache.ts";
import type { FileCache } from "./file-cache.ts";
import { isSame, readIfThere, stateOf, type FileState } from "./file-state.ts";

/** State of a file when it was read; `state` is null if it didn't exist. */
interface Seen {
  readonly state: FileState | null;
  /** Whether the file could change again without new times. */
  readonly isRacy: boolean;
  readonly hash: string;
}

interface Entry<T> {
  readonly file: string;
  readonly seen: Seen;
  /** Hash or text of other inputs of the value. */
  readonly input: string;
  readonly others: readonly (Seen & { readonly file: string })[];
  readonly value: T;
}

/** A value made from a file. */
export interface Made<T> {
  readonly value: T;
  /** False for values that should be made again next time, such as those with errors. */
  readonly isKept: boolean;
  /** Other files that the value depends on, as paths from the root. */
  readonly others: readonly string[];
}

export interface FileIndexOptions {
  readonly cache: FileCache;
  /** Name of the index within the cache. */
  readonly name: string;
  /** Version of the code that makes the values; values of another version are dropped. */
  readonly version: string;
  /** Folder that paths are relative to. */
  readonly root: string;
  /** Current time in milliseconds since 1970. */
  readonly clock?: () => number;
}

/** The coarsest file systems store file times to two seconds. */
const COARSEST_TICK_MS = 2000;

const MISSING = "";

/** Number of parts in which an index is stored. */
const PARTS = 32;

export class FileIndex<T> {
  readonly #options: FileIndexOptions;
  readonly #clock: () => number;
  readonly #entries = new Map<string, Entry<T>>();
  #seen = new Map<string, Seen>();
  #used = new Set<string>();
  /** Parts to write. */
  readonly #changed = new Set<number>();

  #mayHaveChanged: (file: string) => boolean = () => true;

  /** Number of files read and values made since the last `save`, for tests and statistics. */
  counts = { read: 0, made: 0 };

  /** Reads the index if there is one. */
  constructor(options: FileIndexOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    for (let part = 0; part < PARTS; part++) {
      for (const entry of this.#readPart(part)) this.#entries.set(entry.file, entry);
    }
  }

  /**
   * The value of a file: the stored one if the file, `input` and the other files it depends on are unchanged, otherwise
   * a new one from `make`. Null if the file doesn't exist.
   * @param file path from the root.
   * @param isUsable returns false if a stored value has to be made again, such as when a file it refers to is missing.
   */
  async get(
    file: string,
    input: string,
    make: (bytes: Buffer) => Promise<Made<T>>,
    isUsable: (value: T) => boolean = () => true,
  ): Promise<T | null> {
    this.#used.add(file);
    const kept = this.#entries.get(file);
    if (kept !== undefined && kept.input === input && isUsable(kept.value)) {
      const current = this.#renewed(kept);
      if (current !== null) return current.value;
    }
    const { seen, bytes } = this.#read(file);
    if (bytes === null) {
      if (this.#entries.delete(file)) this.#changed.add(partOf(file));
      return null;
    }
    this.counts.made++;
    const made = await make(bytes);
    this.#seen.set(file, seen);
    if (made.isKept || kept !== undefined) this.#changed.add(partOf(file));
    if (made.isKept) {
      const others = made.others.map((other) => ({ file: other, ...this.#look(other, null) }));
      this.#entries.set(file, { file, seen, input, others, value: made.value });
    } else {
      this.#entries.delete(file);
    }
    return made.value;
  }

  /**
   * Limits checks for changes to some of the known files until the next `save`, for callers with a file watcher.
   * @param mayHaveChanged whether to check a file, by its path from the root.
   */
  lookOnlyAt(mayHaveChanged: (file: string) => boolean): void {
    this.#mayHaveChanged = mayHaveChanged;
  }

  /** Hash of a file's bytes at the last `get`; empty if there is no such file. */
  hashOf(file: string): string {
    return this.#seen.get(file)?.hash ?? MISSING;
  }

  /** Whether a value is stored for a file, even if the file has changed since. */
  knows(file: string): boolean {
    return this.#entries.has(file);
  }

  /** Number of stored values made with this input, even if their files have changed since. */
  countOf(input: string): number {
    return [...this.#entries.values()].filter((entry) => entry.input === input).length;
  }

  /** Writes the changed parts. Drops files without a `get` since the last save. */
  save(): void {
    for (const file of this.#entries.keys()) {
      if (this.#used.has(file)) continue;
      this.#entries.delete(file);
      this.#changed.add(partOf(file));
    }
    this.#writeParts();
    this.#used = new Set();
    this.#seen = new Map();
    this.#mayHaveChanged = () => true;
    this.counts = { read: 0, made: 0 };
  }

  #readPart(part: number): readonly Entry<T>[] {
    const { cache, name, version } = this.#options;
    const stored = cache.readText(partKey(name, part));
    if (stored === null) return [];
    const end = stored.indexOf("\n");
    if (stored.slice(0, end) !== version) return [];
    const entries: readonly Entry<T>[] = JSON.parse(stored.slice(end + 1));
    return entries;
  }

  #writeParts(): void {
    if (this.#changed.size === 0) return;
    const { cache, name, version } = this.#options;
    const parts = Map.groupBy(this.#entries.values(), ({ file }) => partOf(file));
    for (const part of this.#changed) {
      cache.write(partKey(name, part), `${version}\n${JSON.stringify(parts.get(part) ?? [])}`);
    }
    this.#changed.clear();
  }

  /** The entry with the current states of its files, or null if one of them has changed. */
  #renewed(entry: Entry<T>): Entry<T> | null {
    const seen = this.#look(entry.file, entry.seen);
    if (seen.hash !== entry.seen.hash) return null;
    const others: Entry<T>["others"][number][] = [];
    for (const other of entry.others) {
      const now = this.#look(other.file, other);
      if (now.hash !== other.hash) return null;
      others.push({ ...now, file: other.file });
    }
    if (seen === entry.seen && others.every((other, index) => isSameState(other, entry.others[index])))
      return entry;
    const renewed = { ...entry, seen, others };
    this.#entries.set(entry.file, renewed);
    this.#changed.add(partOf(entry.file));
    return renewed;
  }

  /** The state of a file; reads its bytes only if they may have changed. */
  #look(file: string, before: Seen | null): Seen {
    const known = this.#seen.get(file);
    if (known !== undefined) return known;
    const seen = before !== null && this.#isUnchanged(file, before) ? before : this.#read(file).seen;
    this.#seen.set(file, seen);
    return seen;
  }

  #isUnchanged(file: string, before: Seen): boolean {
    if (before.isRacy) return false;
    return !this.#mayHaveChanged(file) || isSame(stateOf(path.join(this.#options.root, file)), before.state);
  }

  #read(file: string): { seen: Seen; bytes: Buffer | null } {
    const name = path.join(this.#options.root, file);
    const readAt = this.#clock();
    const state = stateOf(name);
    const bytes = state === null ? null : readIfThere(name);
    if (state === null || bytes === null)
      return { seen: { state: null, isRacy: false, hash: MISSING }, bytes: null };
    this.counts.read++;
    const isRacy = Math.max(state[1], state[2]) > readAt - COARSEST_TICK_MS;
    return { seen: { state, isRacy, hash: hashOf(bytes) }, bytes };
  }
}

function partKey(name: string, part: number): string {
  return hashOf("index", name, String(part));
}

function partOf(file: string): number {
  let sum = 0;
  for (let at = 0; at < file.length; at++) sum = (Math.imul(sum, 31) + file.charCodeAt(at)) | 0;
  return (sum >>> 0) % PARTS;
}

function isSameState(a: Seen, b: Seen | undefined): boolean {
  return b !== undefined && a.isRacy === b.isRacy && isSame(a.state, b.state);
}
