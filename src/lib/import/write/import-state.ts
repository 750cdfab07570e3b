/**
 * State of imports: names of written files with their content hashes. A run records each file before writing it, so
 * that the next run can recognize the files of an interrupted one.
 */
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { readFileIfExists } from "../../responses/store.ts";

/** Names that begin with `_` aren't content. */
export const STATE_FILE = "_import/files.json";
const JOURNAL = "_import/files.log";
const PLACES_FILE = "_import/entries.json";

/** Possible content hashes of each unedited file, the latest last. */
export type ImportState = ReadonlyMap<string, readonly string[]>;

/** Place of an imported entry. */
export interface EntryPlace {
  /** Its file or folder relative to `content/`, without extension: `posts/hello`. */
  readonly place: string;
  /** Old addresses that can't be aliases in front matter: `?p=12`. */
  readonly queries: readonly string[];
}

/** Places of entries by {@link entryKeys}. */
export type EntryPlaces = ReadonlyMap<string, EntryPlace>;

/** Keys for the entries of an export, stable across exports of the blog. Damaged exports may repeat an id. */
export function entryKeys<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
): ReadonlyMap<Entry, string> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const count = (counts.get(entry.id) ?? 0) + 1;
      counts.set(entry.id, count);
      const name = count === 1 ? entry.id : `${entry.id} ${count}`;
      return [entry, createHash("sha256").update(name).digest("hex").slice(0, 16)];
    }),
  );
}

/** @param root absolute path of the author's folder. */
export function readEntryPlaces(root: string): EntryPlaces {
  return new Map(
    entriesOf(readFileIfExists(path.join(root, PLACES_FILE))).flatMap(([key, text]) => {
      const [place = "", ...queries] = text.split(" ");
      return /^(?:posts|notes|pages)\/[^/]+$/.test(place) ? [[key, { place, queries }] as const] : [];
    }),
  );
}

/** Called before any entry is written, so that an interrupted run leaves no file of an unknown entry. */
export function writeEntryPlaces(root: string, places: EntryPlaces): void {
  const texts = [...places].map(([key, { place, queries }]) => [key, [place, ...queries].join(" ")] as const);
  writeJson(path.join(root, PLACES_FILE), new Map(texts));
}

/** @param root absolute path of the author's folder. */
export function readImportState(root: string): ImportState {
  const state = new Map<string, string[]>();
  const note = (name: string, hash: string): void => {
    state.set(name, [...(state.get(name) ?? []), hash]);
  };
  for (const [name, hash] of entriesOf(readFileIfExists(path.join(root, STATE_FILE)))) note(name, hash);
  for (const line of (readFileIfExists(path.join(root, JOURNAL)) ?? "").split("\n")) {
    const [, hash, name] = /^([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
    if (hash !== undefined && name !== undefined) note(name, hash);
  }
  return state;
}

/** Log of the files that a run is about to write. */
export class ImportJournal {
  readonly #file: string;
  #handle: number | null = null;

  constructor(root: string) {
    this.#file = path.join(root, JOURNAL);
  }

  note(name: string, hash: string): void {
    if (this.#handle === null) {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      this.#handle = openSync(this.#file, "a");
    }
    writeSync(this.#handle, `${hash} ${name}\n`);
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }
}

/** Stores the state of a completed run. */
export function writeImportState(root: string, state: ReadonlyMap<string, string>): void {
  writeJson(path.join(root, STATE_FILE), state);
  rmSync(path.join(root, JOURNAL), { force: true });
}

function writeJson(file: string, map: ReadonlyMap<string, string>): void {
  const sorted = Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify(sorted, null, 2)}\n`;
  if (readFileIfExists(file) === text) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.importing`, text);
  renameSync(`${file}.importing`, file);
}

function entriesOf(text: string | null): [string, string][] {
  if (text === null) return [];
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) return [];
    return Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  } catch (error) {
    // With a damaged state file, every file counts as edited, and nothing is overwritten.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
