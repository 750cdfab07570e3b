/**
 * The folder that an import writes into. It remembers what it wrote, so that a second run changes nothing and files that
 * were edited since are kept.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { readChunks } from "../decode.ts";
import type { Secrets } from "../secrets.ts";
import { readFileIfExists } from "../../responses/store.ts";
import {
  ImportJournal,
  readImportState,
  STATE_FILE,
  writeEntryPlaces,
  writeImportState,
} from "./import-state.ts";
import type { EntryPlaces, ImportState } from "./import-state.ts";

export interface OutputSummary {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Files that were edited since they were imported, or that no import wrote. */
  readonly kept: readonly string[];
  /** Files of earlier imports that stay, because the export says nothing about their entries. */
  readonly earlier: readonly string[];
}

type Piece = string | Uint8Array;

/** A text that is about to be written holds an address of a person: a fault of the program. Nothing of it is written. */
export class LeakError extends Error {
  override readonly name = "LeakError";
}

export class OutputFolder {
  readonly #root: string;
  readonly #isDryRun: boolean;
  readonly #secrets: Secrets;
  readonly #before: ImportState;
  readonly #journal: ImportJournal;
  /** Folders that are known to lie within the root. */
  readonly #safeFolders = new Set<string>();
  readonly #after = new Map<string, string>();
  readonly #kept: string[] = [];
  readonly #earlier: string[] = [];
  #written = 0;
  #unchanged = 0;

  /** @param root absolute path of the author's folder. */
  constructor(root: string, isDryRun: boolean, secrets: Secrets) {
    this.#root = root;
    this.#isDryRun = isDryRun;
    this.#secrets = secrets;
    this.#before = readImportState(root);
    this.#journal = new ImportJournal(root);
    // A link there would lead the notes about written files elsewhere.
    if (!isDryRun) this.#pathOf(STATE_FILE);
  }

  /**
   * Writes a file, unless it was edited since an import wrote it.
   * @throws LeakError when a text holds an address of the export.
   */
  write(name: string, content: Piece): void {
    this.writePieces(name, () => [content]);
  }

  /**
   * The same for a text that may not fit into memory.
   * @param pieces called several times; always the same text.
   */
  writePieces(name: string, pieces: () => Iterable<Piece>): void {
    const hash = hashOf(this.#checked(name, pieces()));
    const file = this.#pathOf(name);
    const known = this.#before.get(name) ?? [];
    const current = existsSync(file) ? hashOf(readChunks(file)) : null;
    if (current === hash) {
      this.#unchanged += 1;
      this.#after.set(name, hash);
    } else if (current !== null && !known.includes(current)) {
      this.#kept.push(name);
      const last = known.at(-1);
      if (last !== undefined) this.#after.set(name, last);
    } else {
      this.#written += 1;
      this.#after.set(name, hash);
      if (this.#isDryRun) return;
      this.#journal.note(name, hash);
      writeFile(file, pieces());
    }
  }

  /** Whether a file has this text already. */
  has(name: string, pieces: Iterable<Piece>): boolean {
    const file = this.#pathOf(name);
    return existsSync(file) && hashOf(readChunks(file)) === hashOf(pieces);
  }

  /** Absolute path of a file as an earlier import wrote it; null when there is none, or it was edited since. */
  untouched(name: string): string | null {
    const file = this.#pathOf(name);
    const known = this.#before.get(name);
    if (known === undefined || !existsSync(file)) return null;
    return known.includes(hashOf(readChunks(file))) ? file : null;
  }

  /** Stores where entries are, before they are written. */
  rememberPlaces(places: EntryPlaces): void {
    if (!this.#isDryRun && (places.size > 0 || this.#before.size > 0)) writeEntryPlaces(this.#root, places);
  }

  /** Text of a file of the folder; null when there is none. */
  read(name: string): string | null {
    return readFileIfExists(this.#pathOf(name));
  }

  /**
   * Writes a file that holds what was there and more. It isn't remembered, so later imports keep it.
   * @param pieces its text.
   * @param added what is new in it.
   * @throws LeakError when that holds an address of the export.
   */
  addTo(name: string, pieces: Iterable<string>, added: Iterable<string>): void {
    for (const piece of added) this.#check(name, piece);
    this.#written += 1;
    const file = this.#pathOf(name);
    if (!this.#isDryRun) writeFile(file, pieces);
  }

  /** Counts a file to which nothing had to be added. */
  leave(): void {
    this.#unchanged += 1;
  }

  /** After {@link addTo}: what earlier imports wrote stays. */
  closeAdditions(): OutputSummary {
    return { written: this.#written, unchanged: this.#unchanged, removed: 0, kept: [], earlier: [] };
  }

  #check(name: string, content: string): void {
    if (this.#secrets.leaksIn(`${name}\n${content}`) > 0)
      throw new LeakError(`${name} would contain an email or IP address of the export, so it wasn't written`);
  }

  *#checked(name: string, pieces: Iterable<Piece>): Generator<Piece> {
    for (const piece of pieces) {
      if (typeof piece === "string") this.#check(name, piece);
      yield piece;
    }
  }

  /**
   * Removes what an earlier import wrote and this one replaced, and stores what was written.
   * @param stays whether a file that this import didn't write belongs to something that the export lacks.
   */
  close(stays: (name: string) => boolean): OutputSummary {
    let removed = 0;
    for (const [name, hashes] of this.#before) {
      if (this.#after.has(name)) continue;
      const file = this.#pathOf(name);
      if (!existsSync(file)) continue;
      const current = hashOf(readChunks(file));
      if (!hashes.includes(current)) this.#kept.push(name);
      else if (stays(name)) {
        this.#earlier.push(name);
        this.#after.set(name, current);
      } else {
        removed += 1;
        if (!this.#isDryRun) rmSync(file);
      }
    }
    const summary = {
      written: this.#written,
      unchanged: this.#unchanged,
      removed,
      kept: this.#kept.sort(),
      earlier: this.#earlier.sort(),
    };
    this.#journal.close();
    if (!this.#isDryRun && this.#after.size > 0) writeImportState(this.#root, this.#after);
    return summary;
  }

  /** @throws RangeError for a name that points outside the folder, by `..` or by a link. */
  #pathOf(name: string): string {
    const file = path.resolve(this.#root, name);
    if (!file.startsWith(this.#root + path.sep))
      throw new RangeError(`Not a file within the folder: ${name}`);
    let folder = path.dirname(file);
    if (this.#safeFolders.has(folder)) return refusedLink(file, name);
    while (!existsSync(folder)) folder = path.dirname(folder);
    if (existsSync(this.#root) && folder.startsWith(this.#root)) {
      const real = realpathSync(folder);
      const root = realpathSync(this.#root);
      if (real !== root && !real.startsWith(root + path.sep))
        throw new RangeError(`A link points outside the folder: ${name}`);
      if (folder === path.dirname(file)) this.#safeFolders.add(folder);
    }
    return refusedLink(file, name);
  }
}

/** The file itself. @throws RangeError when it's a link. */
function refusedLink(file: string, name: string): string {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new RangeError(`A link stands at ${name}`);
  return file;
}

function hashOf(pieces: Iterable<Piece>): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}

/** Through a rename, so that a run that was stopped leaves no half file. Thousands of files can't wait for the disk each. */
function writeFile(file: string, pieces: Iterable<Piece>): void {
  const draft = `${file}.importing`;
  mkdirSync(path.dirname(file), { recursive: true });
  const handle = openSync(draft, "w");
  try {
    for (const piece of pieces) writeAll(handle, typeof piece === "string" ? Buffer.from(piece) : piece);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
}
