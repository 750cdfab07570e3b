/**
 * What imports have written: names of files with the hashes of their content. A run notes each file before it's written, so
 * that the next one knows its files even when it was stopped.
 */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { readIfThere } from "../../responses/store.ts";

/** Names that begin with `_` are no content. */
export const STATE_FILE = "_import/files.json";
const JOURNAL = "_import/files.log";

/** Hashes that the content of each file may have when nobody edited it since, the latest last. */
export type ImportState = ReadonlyMap<string, readonly string[]>;

/** @param root absolute path of the author's folder. */
export function readImportState(root: string): ImportState {
  const state = new Map<string, string[]>();
  const note = (name: string, hash: string): void => {
    state.set(name, [...(state.get(name) ?? []), hash]);
  };
  for (const [name, hash] of finished(root)) note(name, hash);
  for (const line of (readIfThere(path.join(root, JOURNAL)) ?? "").split("\n")) {
    const [, hash, name] = /^([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
    if (hash !== undefined && name !== undefined) note(name, hash);
  }
  return state;
}

/** Notes of a run about files that it's about to write. */
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

/** Stores the state of a run that came to its end. */
export function writeImportState(root: string, state: ReadonlyMap<string, string>): void {
  const sorted = Object.fromEntries([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify(sorted, null, 2)}\n`;
  const file = path.join(root, STATE_FILE);
  if (readIfThere(file) !== text) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.importing`, text);
    renameSync(`${file}.importing`, file);
  }
  rmSync(path.join(root, JOURNAL), { force: true });
}

function finished(root: string): [string, string][] {
  const text = readIfThere(path.join(root, STATE_FILE));
  if (text === null) return [];
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) return [];
    return Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  } catch (error) {
    // A damaged file of state means that every file counts as edited: nothing is overwritten.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
