import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";

interface Folders {
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly outDir: string;
  readonly cacheDir: string;
}

/**
 * A build replaces the output folder as a whole, so nothing else may lie in it.
 * @throws AuthorError when something does.
 */
export function checkFolders({ root, contentDir, publicDir, outDir, cacheDir }: Folders): void {
  const inside = [root, contentDir, publicDir, cacheDir].find((folder) => isWithin(folder, outDir));
  if (inside !== undefined) {
    throw problem(outDir, `It holds ${inside}, which a build would delete. Name another folder: --out dist`);
  }
  if (!existsSync(outDir)) return;
  const names = readdirSync(outDir);
  if (names.length > 0 && !names.includes("index.html")) {
    throw problem(outDir, "It holds files, but no site. Empty it, or name another folder: --out dist");
  }
}

function problem(outDir: string, hint: string): AuthorError {
  return new AuthorError([{ message: "The site can't be put into this folder", file: outDir, hint }]);
}

function isWithin(folder: string, other: string): boolean {
  const way = path.relative(other, folder);
  return way === "" || (!way.startsWith("..") && !path.isAbsolute(way));
}
