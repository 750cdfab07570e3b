/** Thread of the output store: puts stored files into the new site, and stores new ones. */
import { mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { linkOrCopy } from "./link-or-copy.ts";

/** Size in bytes and time of a stored file, by which a changed one is found out. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A stored file, and where the site has it; paths are absolute. */
export interface PlacedFile extends FileState {
  readonly file: string;
  readonly target: string;
}

/** A file to store, and where the site has it; null when something else writes it there. */
export interface NewFile {
  readonly file: string;
  readonly bytes: string | Uint8Array;
  readonly target: string | null;
}

export type StoreTask =
  | { readonly name: "place"; readonly files: readonly PlacedFile[] }
  | { readonly name: "write"; readonly files: readonly NewFile[] };

/** An error of the file system: other threads get no more than the message of an error that is thrown. */
export interface Refusal {
  readonly message: string;
  readonly code: string;
  readonly syscall: string | undefined;
  readonly path: string | undefined;
}

export interface StoreResults {
  /** For each file whether it was there and unchanged. */
  readonly place: readonly boolean[];
  readonly write: readonly FileState[];
}

export type StoreAnswer<Name extends keyof StoreResults> =
  { readonly result: StoreResults[Name] } | { readonly refusal: Refusal };

export default function run(task: StoreTask): StoreAnswer<keyof StoreResults> {
  try {
    if (task.name === "write") return { result: task.files.map(store) };
    return { result: task.files.map(place) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const { message, code, syscall, path } = error;
    return { refusal: { message, code, syscall, path } };
  }
}

function place({ file, target, size, mtimeMs }: PlacedFile): boolean {
  const state = statSync(file, { throwIfNoEntry: false });
  if (state?.size !== size || state.mtimeMs !== mtimeMs) return false;
  try {
    inFolder(target, () => linkOrCopy(file, target));
    return true;
  } catch (error) {
    // Another build has removed it since, or the author has a file of that name.
    if (hasCode(error, "ENOENT") || hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function store({ file, bytes, target }: NewFile): FileState {
  const draft = `${file}.${randomUUID()}`;
  inFolder(draft, () => writeFileSync(draft, bytes));
  // Caches of CI services are archives, some of which (zip, tar) keep no more than every second second.
  const seconds = Math.floor(Date.now() / 2000) * 2;
  utimesSync(draft, seconds, seconds);
  const { size, mtimeMs } = statSync(draft);
  // Before it has its name: from then on, another build may remove it.
  if (target !== null) inFolder(target, () => linkOrCopy(draft, target));
  renameSync(draft, file);
  return { size, mtimeMs };
}

/** Makes a file; where its folder is missing, makes that first. */
function inFolder(file: string, make: () => void): void {
  try {
    make();
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    mkdirSync(path.dirname(file), { recursive: true });
    make();
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && "code" in error && "syscall" in error;
}

function hasCode(error: unknown, code: string): boolean {
  return isSystemError(error) && error.code === code;
}
