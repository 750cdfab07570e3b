import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { divide } from "../yaml/front-matter.ts";
import { dateInPath } from "./file-date.ts";
import { entriesOf, isFolder } from "./folder-entries.ts";
import type { Place } from "./folder-entries.ts";

/** Folders that Backfence reads, including the templates of `backfence new`. */
const FOLDERS = new Set(["posts", "notes", "pages", "authors", "series", "responses", "templates"]);

/** Other common names for content folders. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  post: "posts",
  blog: "posts",
  articles: "posts",
  _posts: "posts",
  drafts: "posts",
  note: "notes",
  page: "pages",
  author: "authors",
};

const SETTINGS = /^(?:site|config|_config|settings|hugo|blog|zola)\.(?:ya?ml|toml|json)$/i;

/** Whether the settings are in a file with another name, which isn't read. */
export function hasOtherSettings(contentDir: string): boolean {
  const names = entriesOf(contentDir).map(({ name }) => name);
  return !names.includes("site.yaml") && names.some((name) => SETTINGS.test(name));
}

/** Issues for texts and settings in parts of `content/` that Backfence doesn't read. */
export function strayFiles(place: Place, contentDir: string): readonly AuthorIssue[] {
  const folder = path.basename(contentDir);
  return entriesOf(contentDir).flatMap((entry): AuthorIssue[] => {
    const file = `${place.file === "." ? folder : place.file}/${entry.name}`;
    if (isFolder(entry, contentDir)) return FOLDERS.has(entry.name) ? [] : inFolder(entry.name, file, contentDir);
    if (isText(entry.name)) return [looseText(entry.name, file, folder)];
    if (entry.name === "site.yaml" || !SETTINGS.test(entry.name)) return [];
    return [
      {
        message: "Settings are read from content/site.yaml only",
        file,
        hint: /\.ya?ml$/i.test(entry.name)
          ? `Name it ${path.posix.dirname(file)}/site.yaml.`
          : `Write it as YAML into ${path.posix.dirname(file)}/site.yaml; docs/settings.md has the keys.`,
      },
    ];
  });
}

function isText(name: string): boolean {
  return /\.(?:mdx?|markdown)$/i.test(name) && !/^(?:README|LICENSE|CONTRIBUTING|CHANGELOG)\./i.test(name);
}

function looseText(name: string, file: string, folder: string): AuthorIssue {
  return {
    message: `A text directly in ${folder}/ is neither a post nor a page`,
    file,
    hint: `Move it to ${folder}/posts/${name}, ${folder}/notes/${name} or ${folder}/pages/${name}.`,
  };
}

/**
 * Reports an unknown folder by its first text with front matter or a date in its name. Texts that posts import have
 * neither.
 */
function inFolder(name: string, file: string, contentDir: string): AuthorIssue[] {
  const text = firstText(path.join(contentDir, name), "");
  if (text === null) return [];
  const target = OTHER_NAMES[name.toLowerCase()];
  const home = path.posix.dirname(file);
  const hint =
    name.toLowerCase() === "drafts"
      ? `Move it to ${home}/posts/${text} and write into its front matter:\ndraft: true`
      : `Move it to ${home}/${target ?? "posts"}/${text}, or begin the folder's name with _ to keep it out of the blog.`;
  return [{ message: `Texts in ${file}/ aren't part of the blog`, file: `${file}/${text}`, hint }];
}

function firstText(folder: string, below: string): string | null {
  for (const entry of [...entriesOf(folder)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = below === "" ? entry.name : `${below}/${entry.name}`;
    if (isFolder(entry, folder)) {
      const found = firstText(path.join(folder, entry.name), inner);
      if (found !== null) return found;
    } else if (isText(entry.name) && hasFrontMatter(path.join(folder, entry.name))) {
      return inner;
    }
  }
  return null;
}

function hasFrontMatter(file: string): boolean {
  const start = Buffer.alloc(4096);
  const handle = openSync(file, "r");
  try {
    const length = readSync(handle, start);
    return dateInPath(file) !== null || divide(start.subarray(0, length).toString("utf8")).head !== null;
  } finally {
    closeSync(handle);
  }
}
