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
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { hashOf } from "../lib/cache/file-cache.ts";
import { linkOrCopy } from "./link-or-copy.ts";

interface Entry {
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Finished pages and files of earlier builds, by a key that names everything they are made from. A file counts only if
 * its size and time are those that were recorded when it was written, so one that was edited, cut off or left by a
 * killed build is made again. Two builds may share a store: files are written through a rename, and one that the other
 * build removes is made again.
 */
export class OutputStore {
  readonly #folder: string;
  readonly #known: ReadonlyMap<string, Entry>;
  readonly #used = new Map<string, Entry>();
  /** Folders that are there. */
  readonly #folders = new Set<string>();
  /** Files of a build that has not ended; their number can't be known, so `save` looks for them. */
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

  /** Number of files that were used. */
  get size(): number {
    return this.#used.size;
  }

  /** Whether the file for a key is there and unchanged. */
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

  /** Puts the file of a key at a path. @returns false when there is none. */
  linkTo(key: string, target: string): boolean {
    if (!this.has(key)) return false;
    try {
      linkOrCopy(this.#fileOf(key), target);
      return true;
    } catch (error) {
      if (!isMissing(error) || existsSync(target)) throw error;
      return false;
    }
  }

  write(key: string, bytes: string | Uint8Array): void {
    const file = this.#fileOf(key);
    const draft = `${file}.${randomUUID()}`;
    const folder = key.slice(0, 2);
    if (!this.#folders.has(folder)) mkdirSync(path.dirname(file), { recursive: true });
    this.#folders.add(folder);
    writeFileSync(draft, bytes);
    // Caches of CI services are archives, some of which (zip, tar) keep no more than every second second.
    const seconds = Math.floor(Date.now() / 2000) * 2;
    utimesSync(draft, seconds, seconds);
    const { size, mtimeMs } = statSync(draft);
    renameSync(draft, file);
    this.#used.set(key, { size, mtimeMs });
    this.#written += 1;
  }

  /**
   * Records what was used and removes the rest.
   * @returns how many files of the last build have no successor: those that were not used, less those written instead.
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

/** Entries behind a checksum; a damaged file counts as none. */
function readManifest(file: string): Map<string, Entry> {
  if (!existsSync(file)) return new Map();
  const text = readFileSync(file, "utf8");
  const at = text.indexOf("\n");
  if (at < 0 || text.slice(0, at) !== hashOf(text.slice(at + 1))) return new Map();
  const rows: readonly (readonly [string, number, number])[] = JSON.parse(text.slice(at + 1));
  return new Map(rows.map(([key, size, mtimeMs]) => [key, { size, mtimeMs }]));
}

function writeManifest(file: string, entries: ReadonlyMap<string, Entry>): void {
  const json = JSON.stringify(Array.from(entries, ([key, { size, mtimeMs }]) => [key, size, mtimeMs]));
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${hashOf(json)}\n${json}`);
  renameSync(draft, file);
}
