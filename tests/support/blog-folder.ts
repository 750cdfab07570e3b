/** A project's folder made for one test. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../../src/lib/author-error.ts";
import { loadBlog } from "../../src/lib/content/load-blog.ts";
import type { LoadedBlog, LoadOptions } from "../../src/lib/content/load-blog.ts";
import { tempFolder } from "./temp-folder.ts";

export const NOW = new Date("2026-06-01T12:00:00Z");

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40v30z"/></svg>\n';

/** Files by their path from the root; null removes one. */
export type Files = Readonly<Record<string, string | null>>;

/** Settings and an author, so that a test names only what it is about. */
const BASIS: Files = {
  "content/site.yaml": "title: Test blog\nurl: https://test.example/\ntimeZone: Europe/Berlin\n",
  "content/authors/nell.yaml": "name: Nell Hartigan\n",
};

/** Makes a folder that goes when the tests of the file have run. */
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

/** A post's file. @param front lines of front matter beside title and date. */
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

/** What an author reads who makes these mistakes. */
export async function mistakesIn(files: Files, options: Partial<LoadOptions> = {}): Promise<string> {
  try {
    await load(blogFolder(files), options);
  } catch (error) {
    if (error instanceof AuthorError) return error.message;
    throw error;
  }
  return "no mistakes";
}
