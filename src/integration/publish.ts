import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Replaces the last site with a finished one. The folders are swapped by renaming, so that a server never reads an
 * incomplete site; if renaming fails (another disk, a mounted folder), files are replaced one by one. A renamed last
 * site is left as `<from>.retired`.
 * @param from the finished site. @param to the published folder. Both absolute.
 */
export function publish(from: string, to: string): void {
  const retired = `${from}.retired`;
  mkdirSync(path.dirname(to), { recursive: true });
  // Another build may publish at the same time; the last one wins.
  for (;;) {
    rmSync(retired, { recursive: true, force: true });
    if (renamed(to, retired) === "refused") return replaceFiles(from, to);
    const result = renamed(from, to);
    if (result === "gone") throw new Error(`The finished site is gone: ${from}`);
    if (result === "refused") {
      if (existsSync(retired)) renameSync(retired, to);
      return replaceFiles(from, to);
    }
    if (result === "done") return;
  }
}

/** Name of the temporary folder in the published one that holds new files until all are copied. */
const WAITING = ".backfence-next";

/**
 * Replaces the files in a folder that can't be replaced itself. All new files are copied before any old one is removed:
 * if the disk is full or the folder isn't writable, the site stays as it was.
 */
function replaceFiles(from: string, to: string): void {
  const waiting = path.join(to, WAITING);
  rmSync(waiting, { recursive: true, force: true });
  mkdirSync(waiting, { recursive: true });
  try {
    cpSync(from, waiting, { recursive: true, preserveTimestamps: true });
  } catch (error) {
    rmSync(waiting, { recursive: true, force: true });
    throw error;
  }
  moveInto(waiting, to);
  rmSync(waiting, { recursive: true, force: true });
  rmSync(from, { recursive: true, force: true });
}

/** Makes a folder's contents those of another by moving files; the folder itself stays, as it may be a mount point. */
function moveInto(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const entries = readdirSync(from, { withFileTypes: true });
  for (const entry of entries) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    const old = lstatSync(target, { throwIfNoEntry: false });
    if (old !== undefined && old.isDirectory() !== entry.isDirectory())
      rmSync(target, { recursive: true, force: true });
    if (entry.isDirectory()) moveInto(source, target);
    // Never written in place: the old file may be a hard link to one in the cache.
    else renameSync(source, target);
  }
  const kept = new Set([...entries.map(({ name }) => name), WAITING]);
  for (const name of readdirSync(to))
    if (!kept.has(name)) rmSync(path.join(to, name), { recursive: true, force: true });
}

const RESULTS: Readonly<Record<string, "refused" | "gone" | "taken">> = {
  EXDEV: "refused",
  EBUSY: "refused",
  EPERM: "refused",
  EACCES: "refused",
  EROFS: "refused",
  ENOENT: "gone",
  ENOTEMPTY: "taken",
  EEXIST: "taken",
};

/**
 * Renames a folder. `refused`: the system doesn't allow it, such as across disks or while a program uses the folder.
 * `gone`: the folder doesn't exist. `taken`: the new name exists.
 */
function renamed(from: string, to: string): "done" | "refused" | "gone" | "taken" {
  try {
    renameSync(from, to);
    return "done";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const result = RESULTS[code];
    if (result === undefined) throw error;
    return result;
  }
}
