/** Worker thread of the output store: places stored files in the new site, and stores new ones. */
import { mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { linkOrCopy } from "./link-or-copy.ts";

/** Size in bytes and modification time of a stored file, to detect changes. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A stored file and its place in the site; paths are absolute. */
export interface PlacedFile extends FileState {
  readonly file: string;
  readonly target: string;
}

/** A file to store and its place in the site; `target` is null if other code writes it there. */
export interface NewFile {
  readonly file: string;
  readonly bytes: string | Uint8Array;
  readonly target: string | null;
}

export type StoreTask =
  | { readonly name: "place"; readonly files: readonly PlacedFile[] }
  | { readonly name: "write"; readonly files: readonly NewFile[] };

/** A file system error. Isn't thrown, because the main thread would get only its message. */
export interface Refusal {
  readonly message: string;
  readonly code: string;
  readonly syscall: string | undefined;
  readonly path: string | undefined;
}

export interface StoreResults {
  /** For each file, whether it was placed: false if the stored file is missing or changed, or the target exists. */
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
    // Another build has removed the file since, or the author has a file of that name.
    if (hasCode(error, "ENOENT") || hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function store({ file, bytes, target }: NewFile): FileState {
  const draft = `${file}.${randomUUID()}`;
  inFolder(draft, () => writeFileSync(draft, bytes));
  // CI services store caches in archives; some (zip, tar) store times in whole or even seconds only.
  const seconds = Math.floor(Date.now() / 2000) * 2;
  utimesSync(draft, seconds, seconds);
  const { size, mtimeMs } = statSync(draft);
  // Done before the rename: afterwards, another build may remove the file.
  if (target !== null) inFolder(target, () => linkOrCopy(draft, target));
  renameSync(draft, file);
  return { size, mtimeMs };
}

/** Creates a file, and first its folder if it is missing. */
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
