import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Puts a finished site in the place of the last one. Both folders are swapped by renaming, so that a server never reads
 * half a site; where that is refused (another disk, a mounted folder), files are copied.
 * @param from the finished site. @param to where the site is served from. Both absolute.
 */
export function publish(from: string, to: string): void {
  const retired = `${from}.retired`;
  rmSync(retired, { recursive: true, force: true });
  mkdirSync(path.dirname(to), { recursive: true });
  if (existsSync(to) && !tryRename(to, retired)) return replaceFiles(from, to);
  if (!tryRename(from, to)) {
    if (existsSync(retired)) renameSync(retired, to);
    return replaceFiles(from, to);
  }
  rmSync(retired, { recursive: true, force: true });
}

function replaceFiles(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
  rmSync(from, { recursive: true, force: true });
}

/** Renames a folder. @returns false where the system refuses: across disks, or while a program uses the folder. */
function tryRename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!["EXDEV", "EBUSY", "EPERM", "EACCES"].includes(code)) throw error;
    return false;
  }
}
