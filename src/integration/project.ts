import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroConfig } from "astro";
import { AuthorError } from "../lib/author-error.ts";
import type { ResolvedOptions } from "./options.ts";

/** Folders of a project, absolute. */
export interface Project {
  readonly root: string;
  readonly contentDir: string;
  /** The parent of `contentDir`; paths in messages are relative to it. */
  readonly home: string;
  readonly publicDir: string;
  /** Folder of the user's own pages. */
  readonly pagesDir: string;
  readonly outDir: string;
  /** Backfence's part of Astro's cache folder. */
  readonly cacheDir: string;
}

/**
 * Reads the folders from Astro's configuration.
 * @throws AuthorError when a build would replace a folder that holds the author's files.
 */
export function projectOf(config: AstroConfig, options: ResolvedOptions): Project {
  const root = fileURLToPath(config.root).replace(/[\\/]$/, "");
  const contentDir = path.resolve(root, options.contentDir);
  const project = {
    root,
    contentDir,
    home: path.dirname(contentDir),
    publicDir: path.resolve(fileURLToPath(config.publicDir)),
    pagesDir: path.join(fileURLToPath(config.srcDir), "pages"),
    outDir: path.resolve(fileURLToPath(config.outDir)),
    cacheDir: path.join(fileURLToPath(config.cacheDir), "backfence"),
  };
  const inside = [root, contentDir, project.publicDir, project.cacheDir].find((folder) =>
    isWithin(folder, project.outDir),
  );
  if (inside !== undefined) throw badOutDir(project.outDir, inside);
  return project;
}

function isWithin(folder: string, other: string): boolean {
  const way = path.relative(other, folder);
  return way === "" || (!way.startsWith("..") && !path.isAbsolute(way));
}

function badOutDir(outDir: string, inside: string): AuthorError {
  const error = new AuthorError([
    {
      message: "The site can't be put into this folder: a build replaces the whole folder",
      file: outDir,
      hint: `${inside} would be deleted. Set another folder: outDir: "./dist" in astro.config.mjs`,
    },
  ]);
  // Astro prints the stack of every error that has one.
  error.stack = "";
  return error;
}
