/**
 * The folder that an import writes to. It records the written files, so that a second run changes nothing and files
 * edited since are kept.
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
  /** Files that were edited since the import or weren't imported. */
  readonly kept: readonly string[];
  /** Files of earlier imports that stay, because the export lacks their entries. */
  readonly earlier: readonly string[];
}

type Piece = string | Uint8Array;

/** Thrown if a text to be written contains a personal address, a bug in the program. The file isn't written. */
export class LeakError extends Error {
  override readonly name = "LeakError";
}

export class OutputFolder {
  readonly #root: string;
  readonly #isDryRun: boolean;
  readonly #secrets: Secrets;
  readonly #before: ImportState;
  readonly #journal: ImportJournal;
  /** Folders known to be inside the root. */
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
    // A symbolic link there would redirect the state files elsewhere.
    if (!isDryRun) this.#pathOf(STATE_FILE);
  }

  /**
   * Writes a file, unless it was edited since an import wrote it.
   * @throws LeakError if a text contains an e-mail or IP address of the export.
   */
  write(name: string, content: Piece): void {
    this.writePieces(name, () => [content]);
  }

  /**
   * Like {@link write}, for a text that may not fit into memory.
   * @param pieces called several times; must always return the same text.
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

  /** Whether a file already has this content. */
  has(name: string, pieces: Iterable<Piece>): boolean {
    const file = this.#pathOf(name);
    return existsSync(file) && hashOf(readChunks(file)) === hashOf(pieces);
  }

  /** Absolute path of an unedited file of an earlier import; null if there is none or it was edited since. */
  untouched(name: string): string | null {
    const file = this.#pathOf(name);
    const known = this.#before.get(name);
    if (known === undefined || !existsSync(file)) return null;
    return known.includes(hashOf(readChunks(file))) ? file : null;
  }

  /** Stores the places of entries before the entries are written. */
  rememberPlaces(places: EntryPlaces): void {
    if (!this.#isDryRun && (places.size > 0 || this.#before.size > 0)) writeEntryPlaces(this.#root, places);
  }

  /** Text of a file in the folder; null if it doesn't exist. */
  read(name: string): string | null {
    return readFileIfExists(this.#pathOf(name));
  }

  /**
   * Writes a file with its existing content and additions. It isn't recorded, so later imports keep it.
   * @param pieces the whole text.
   * @param added only the new parts.
   * @throws LeakError if an added part contains an e-mail or IP address of the export.
   */
  addTo(name: string, pieces: Iterable<string>, added: Iterable<string>): void {
    for (const piece of added) this.#check(name, piece);
    this.#written += 1;
    const file = this.#pathOf(name);
    if (!this.#isDryRun) writeFile(file, pieces);
  }

  /** Counts a file without additions as unchanged. */
  leave(): void {
    this.#unchanged += 1;
  }

  /** Summary after {@link addTo}; files of earlier imports stay. */
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
   * Removes unedited files of earlier imports that this one didn't write, and stores the state.
   * @param stays whether such a file belongs to an entry that the export lacks, and is kept.
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

  /** @throws RangeError if the name points outside the folder, by `..` or a symbolic link, or is a symbolic link. */
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

/** Returns the file. @throws RangeError if it's a symbolic link. */
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

/** Renames a draft, so that an interrupted run leaves no partial file. No fsync: too slow for thousands of files. */
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
