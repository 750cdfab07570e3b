/** File metadata, and file contents. */
import { readFileSync, statSync } from "node:fs";

/** Size, modification time, change time (ms) and inode. */
export type FileState = readonly [size: number, mtimeMs: number, ctimeMs: number, ino: number];

/** Whether nothing indicates a change. */
export function isSame(a: FileState | null, b: FileState | null): boolean {
  if (a === null || b === null) return a === b;
  return a.every((part, index) => part === b[index]);
}

/** Null when there is no such file, or something else in its place. */
export function stateOf(file: string): FileState | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino] : null;
}

/** Null when there is no such file. */
export function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    // Node doesn't say which file it is when a folder is in its place.
    if (error instanceof Error && !("path" in error)) Object.assign(error, { path: file });
    throw error;
  }
}
