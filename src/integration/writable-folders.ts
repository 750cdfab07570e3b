import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import { withoutStack } from "./author-errors.ts";
import type { Project } from "./project.ts";

/**
 * Checks before a build that its folders are writable: on a read-only file system, it would fail halfway. So would a
 * build with a file at the path of `public/`.
 * @param viteCacheDir absolute.
 * @throws AuthorError that names each unwritable folder and the setting to change it.
 */
export function checkWritable(
  { root, outDir, cacheDir, publicDir }: Pick<Project, "root" | "outDir" | "cacheDir" | "publicDir">,
  viteCacheDir: string,
): void {
  const mount = "Mount a writable folder there, or set another in astro.config.mjs:";
  const folders = [
    [path.join(root, ".astro"), "Astro always writes its types there: mount a writable folder"],
    [outDir, `${mount} outDir: "./.astro/dist"`],
    [cacheDir, `${mount} cacheDir: "./.astro/cache"`],
    [viteCacheDir, `${mount} vite: { cacheDir: "./.astro/vite" }`],
  ] as const;
  const issues = folders.flatMap(([folder, hint]): readonly AuthorIssue[] =>
    isWritable(folder)
      ? []
      : [{ message: "A build can't write into this folder", file: shown(folder, root), hint }],
  );
  const isFile = statSync(publicDir, { throwIfNoEntry: false })?.isFile() === true;
  const hint = "Delete it, or make a folder of that name, whose files are published as they are.";
  const noFolder = {
    message: "This is a file, but should be a folder",
    file: shown(publicDir, root).slice(0, -1),
    hint,
  };
  const all = isFile ? [...issues, noFolder] : issues;
  if (all.length === 0) return;
  const error = new AuthorError(all);
  withoutStack(error);
  throw error;
}

/** Whether a folder is writable; creates it if it is missing. */
function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && REFUSALS.has(error.code)) return false;
    throw error;
  }
}

/** Codes of unwritable folders. The last two: the folder's path, or a parent's, is a file. */
const REFUSALS = new Set<unknown>(["EROFS", "EACCES", "EPERM", "EEXIST", "ENOTDIR"]);

function shown(folder: string, root: string): string {
  const relative = path.relative(root, folder).split(path.sep).join("/");
  return relative === "" ? "./" : relative.startsWith("../") ? folder : `${relative}/`;
}
