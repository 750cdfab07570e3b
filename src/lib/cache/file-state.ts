/** File metadata, and file contents. */
import { readFileSync, statSync } from "node:fs";

/** Size, modification time, change time (ms) and inode. */
export type FileState = readonly [size: number, mtimeMs: number, ctimeMs: number, ino: number];

/** Whether two states show no change of the file. */
export function isSame(a: FileState | null, b: FileState | null): boolean {
  if (a === null || b === null) return a === b;
  return a.every((part, index) => part === b[index]);
}

/** The state of a file; null if it doesn't exist or isn't a regular file. */
export function stateOf(file: string): FileState | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino] : null;
}

/** The bytes of a file; null if it doesn't exist. */
export function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    // If the path is a folder, Node's error lacks the path.
    if (error instanceof Error && !("path" in error)) Object.assign(error, { path: file });
    throw error;
  }
}
