import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { LinkedCopy } from "./linked-copy.ts";
import { listFiles } from "./list-files.ts";
import type { TreeEntry } from "./manifest.ts";
import { prepareTarget, linkOrCopy, removeFile } from "./prepare-target.ts";

export interface Publication {
  /** The finished tree. */
  readonly folder: string;
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Where readers see it. */
  readonly outDir: string;
  /** Files in which the tree differs from what lies in `outDir`; null when that isn't known. */
  readonly changed: ReadonlySet<string> | null;
  /** The tree once more, when it was made beside the building. */
  readonly copy: LinkedCopy | null;
  /** Told when the folder can't be swapped all at once. */
  readonly say: (line: string) => void;
}

/**
 * Publishes a tree: it takes the place of `outDir` by renaming, and the folder that was there, brought up to date by
 * hard links to what changed, becomes the tree that the next build works in. So the cost follows the change.
 */
export function publish(publication: Publication): void {
  swap(publication);
  rmSync(copyOf(publication.folder), { recursive: true, force: true });
}

/** Where the copy of a tree is made, for as long as a build takes. */
export function copyOf(folder: string): string {
  return `${folder}.copy`;
}

function swap(publication: Publication): void {
  const { folder, outDir } = publication;
  const retired = `${folder}.retired`;
  rmSync(retired, { recursive: true, force: true });
  mkdirSync(path.dirname(outDir), { recursive: true });
  const isThere = existsSync(outDir);
  if (isThere && !tryRename(outDir, retired)) return publishByCopy(publication);
  if (!tryRename(folder, outDir)) {
    if (isThere) renameSync(retired, outDir);
    return publishByCopy(publication);
  }
  if (!isThere) return fill(folder, publication);
  renameSync(retired, folder);
  follow(folder, publication);
}

/** Makes a working folder where none is: the copy that was made beside the building, or one that is made now. */
function fill(folder: string, { entries, outDir, copy }: Publication): void {
  if (copy?.isWhole(entries.size)) return renameSync(copy.folder, folder);
  const late = new LinkedCopy(folder);
  for (const file of entries.keys()) late.add(outDir, file);
}

/** Makes the working folder, which showed the last build, equal to the published one. */
function follow(folder: string, { entries, outDir, changed }: Publication): void {
  if (changed === null) removeOthers(folder, entries);
  for (const file of changed ?? entries.keys()) {
    const entry = entries.get(file);
    if (entry === undefined) removeFile(folder, file);
    else if (!isSame(path.join(folder, file), entry))
      linkOrCopy(path.join(outDir, file), prepareTarget(folder, file));
  }
}

function removeOthers(folder: string, entries: ReadonlyMap<string, TreeEntry>): void {
  for (const file of listFiles(folder)) if (!entries.has(file)) removeFile(folder, file);
}

function isSame(file: string, { size, mtimeMs }: TreeEntry): boolean {
  const state = lstatSync(file, { throwIfNoEntry: false });
  return state !== undefined && state.isFile() && state.size === size && state.mtimeMs === mtimeMs;
}

/** Where the folders lie on two disks: a copy beside `outDir` takes its place, or else its files are replaced. */
function publishByCopy({ folder, entries, outDir, say }: Publication): void {
  const next = `${outDir}.next`;
  const old = `${outDir}.old`;
  for (const place of [next, old]) rmSync(place, { recursive: true, force: true });
  cpSync(folder, next, { recursive: true, preserveTimestamps: true });
  const isThere = existsSync(outDir);
  if (!isThere || tryRename(outDir, old)) {
    renameSync(next, outDir);
    rmSync(old, { recursive: true, force: true });
    return;
  }
  say(`${outDir} can't be replaced as a whole: its files are replaced one by one.`);
  for (const file of listFiles(next)) renameSync(path.join(next, file), prepareTarget(outDir, file));
  removeOthers(outDir, entries);
  rmSync(next, { recursive: true, force: true });
}

/** Renames a folder. @returns false where the system refuses: across disks, or while a program holds the folder. */
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
