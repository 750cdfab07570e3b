import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import path from "node:path";

/**
 * Makes room for a file: its folders are there, and neither the old file nor a folder of its name is. A name can turn
 * from a folder into a file and back, as when an old address goes.
 * @returns the file's absolute path.
 */
export function prepareTarget(folder: string, file: string): string {
  const target = path.join(folder, file);
  if (makeFolder(folder, path.dirname(file))) return target;
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found?.isDirectory()) rmSync(target, { recursive: true });
  else if (found !== undefined) unlinkSync(target);
  return target;
}

/**
 * Makes a folder below another one; a file that stands where a folder must be goes. That the folder is there already is
 * no error to the recursive call: errors cost several times as much as the call.
 * @returns whether it's new, and so empty.
 */
function makeFolder(folder: string, name: string): boolean {
  const target = path.join(folder, name);
  try {
    return mkdirSync(target, { recursive: true }) !== undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (name === "." || (code !== "EEXIST" && code !== "ENOTDIR")) throw error;
    makeFolder(folder, path.dirname(name));
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() !== true) rmSync(target, { force: true });
    return mkdirSync(target, { recursive: true }) !== undefined;
  }
}

/** Removes a file, if it's still one, and the folders that it leaves empty. */
export function removeFile(folder: string, file: string): void {
  const target = path.join(folder, file);
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  unlinkSync(target);
  let parent = path.dirname(file);
  while (parent !== "." && removedIfEmpty(path.join(folder, parent))) parent = path.dirname(parent);
}

/** To ask first whether a folder is empty would take long where it holds thousands of files. */
function removedIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw error;
  }
}

/** Gives a file a second name, or copies it with its times where the disk refuses links. */
export function linkOrCopy(from: string, target: string): void {
  try {
    linkSync(from, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && isLinkRefusal(error.code))) throw error;
    copyFileSync(from, target);
    const { atime, mtime } = statSync(from);
    utimesSync(target, atime, mtime);
  }
}

/** Codes by which file systems say that they can't link: no permission, across disks, unsupported, too many. */
function isLinkRefusal(code: unknown): boolean {
  return ["EPERM", "EXDEV", "ENOTSUP", "EMLINK", "EOPNOTSUPP", "ENOSYS"].includes(String(code));
}
