/** Project folder for one test. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../../src/lib/author-error.ts";
import { loadBlog } from "../../src/lib/content/load-blog.ts";
import type { LoadedBlog, LoadOptions } from "../../src/lib/content/load-blog.ts";
import { tempFolder } from "./temp-folder.ts";

export const NOW = new Date("2026-06-01T12:00:00Z");

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40v30z"/></svg>\n';

/** Files by path relative to the root; null removes a file. */
export type Files = Readonly<Record<string, string | null>>;

/** Default settings and author, so that a test only contains relevant files. */
const BASIS: Files = {
  "content/site.yaml": "title: Test blog\nurl: https://test.example/\ntimeZone: Europe/Berlin\n",
  "content/authors/nell.yaml": "name: Nell Hartigan\n",
};

/** Creates a folder that is removed after the tests of the file. */
export function blogFolder(files: Files = {}): string {
  const root = tempFolder("blog");
  change(root, { ...BASIS, ...files });
  return root;
}

export function change(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    const absolute = path.join(root, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    if (text === null) rmSync(absolute, { force: true });
    else writeFileSync(absolute, text);
  }
}

/** Returns the text of a post's file. @param front lines of front matter in addition to title and date. */
export function post(front = "", body = "Words.\n"): string {
  const lines = front === "" || front.endsWith("\n") ? front : `${front}\n`;
  const date = /^date:/m.test(lines) ? "" : "date: 2026-03-01\n";
  const title = /^title:/m.test(lines) ? "" : "title: Over the fence\n";
  return `---\n${title}${date}${lines}---\n${body}`;
}

export function load(root: string, options: Partial<LoadOptions> = {}): Promise<LoadedBlog> {
  return loadBlog({
    root,
    mode: "build",
    now: NOW,
    cacheDir: path.join(root, ".cache"),
    engineVersion: "test",
    ...options,
  });
}

/** Returns the error messages that an author gets for these files. */
export async function mistakesIn(files: Files, options: Partial<LoadOptions> = {}): Promise<string> {
  try {
    await load(blogFolder(files), options);
  } catch (error) {
    if (error instanceof AuthorError) return error.message;
    throw error;
  }
  return "no mistakes";
}
