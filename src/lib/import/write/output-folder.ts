/**
 * The folder that an import writes into. It remembers what it wrote, so that a second run changes nothing and files that
 * were edited since are kept.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Secrets } from "../secrets.ts";
import { readIfThere } from "../../responses/store.ts";
import { ImportJournal, readImportState, STATE_FILE, writeImportState } from "./import-state.ts";
import type { ImportState } from "./import-state.ts";

export interface OutputSummary {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Files that were edited since they were imported, or that no import wrote. */
  readonly kept: readonly string[];
}

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
  write(name: string, content: string | Uint8Array): void {
    this.#check(name, content);
    const hash = hashOf(content);
    const file = this.#pathOf(name);
    const known = this.#before.get(name) ?? [];
    const current = existsSync(file) ? hashOf(readFileSync(file)) : null;
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
      writeFile(file, content);
    }
  }

  /** Text of a file of the folder; null when there is none. */
  read(name: string): string | null {
    return readIfThere(this.#pathOf(name));
  }

  /**
   * Writes a file that holds what was there and more. It isn't remembered, so later imports keep it.
   * @param added what is new in it.
   * @throws LeakError when that holds an address of the export.
   */
  addTo(name: string, text: string, added: string): void {
    this.#check(name, added);
    this.#written += 1;
    const file = this.#pathOf(name);
    if (!this.#isDryRun) writeFile(file, text);
  }

  /** Counts a file to which nothing had to be added. */
  leave(): void {
    this.#unchanged += 1;
  }

  /** After {@link addTo}: what earlier imports wrote stays. */
  closeAdditions(): OutputSummary {
    return { written: this.#written, unchanged: this.#unchanged, removed: 0, kept: [] };
  }

  #check(name: string, content: string | Uint8Array): void {
    if (typeof content === "string" && this.#secrets.leaksIn(`${name}\n${content}`) > 0)
      throw new LeakError(`${name} would contain an email or IP address of the export, so it wasn't written`);
  }

  /** Removes what an earlier import wrote and this one didn't, and stores what was written. */
  close(): OutputSummary {
    let removed = 0;
    for (const [name, hashes] of this.#before) {
      if (this.#after.has(name)) continue;
      const file = this.#pathOf(name);
      if (!existsSync(file)) continue;
      if (!hashes.includes(hashOf(readFileSync(file)))) this.#kept.push(name);
      else {
        removed += 1;
        if (!this.#isDryRun) rmSync(file);
      }
    }
    const summary = { written: this.#written, unchanged: this.#unchanged, removed, kept: this.#kept.sort() };
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

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Through a rename, so that a run that was stopped leaves no half file. Thousands of files can't wait for the disk each. */
function writeFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.importing`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(draft, content);
  renameSync(draft, file);
}
