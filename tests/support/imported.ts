import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadBlog } from "../../src/lib/content/load-blog.ts";
import type { LoadedBlog } from "../../src/lib/content/load-blog.ts";
import { importBlog } from "../../src/lib/import/import-blog.ts";
import type { ImportOptions, ImportResult } from "../../src/lib/import/import-options.ts";
import { tempFolder } from "./temp-folder.ts";

export interface ImportedBlog {
  readonly root: string;
  readonly result: ImportResult;
  /** Returns the text of a file in `content/`. */
  read(name: string): string;
  /** Returns the texts of all files in `content/` by name. */
  files(): Readonly<Record<string, string>>;
  /** Imports the same source again. */
  again(): Promise<ImportResult>;
  /** Loads the blog as a build does; errors fail the test. */
  load(): Promise<LoadedBlog>;
}

/** Returns the path of a fixture in `tests/import/`. */
export function fixture(name: string): string {
  return path.resolve(import.meta.dirname, "../import", name);
}

/** Imports an export into a new folder. */
export async function imported(source: string, changes: Partial<ImportOptions> = {}): Promise<ImportedBlog> {
  const contentDir = changes.contentDir ?? path.join(tempFolder("import"), "content");
  const root = path.dirname(contentDir);
  const options = {
    source,
    contentDir,
    isDryRun: false,
    images: null,
    baseUrl: "https://new.example/",
    ...changes,
  };
  const result = await importBlog(options);
  return {
    root,
    result,
    read: (name) => readFileSync(path.join(contentDir, name), "utf8"),
    files: () => textsIn(contentDir),
    again: async () => await importBlog(options),
    load: async () =>
      await loadBlog({
        root,
        contentDir,
        publicDir: path.join(root, "public"),
        cacheDir: path.join(root, ".cache"),
        mode: "build",
        now: new Date("2026-11-30T00:00:00Z"),
      }),
  };
}

/** Imports a project with these files, and loads the blog as a build does. */
export async function importedProject(files: Readonly<Record<string, string>>): Promise<ImportedBlog> {
  const folder = tempFolder("project");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const blog = await imported(folder);
  await blog.load();
  return blog;
}

/** Returns a file's text without its front matter. */
export function bodyOf(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
}

/** Returns the texts of all files in a folder by name. */
export function textsIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const names = files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}
