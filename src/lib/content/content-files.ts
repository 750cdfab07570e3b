/** Which files of the author's folder are what, by their names alone. */
import { existsSync, readdirSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { slugOf } from "../site/slug.ts";

/** A file of the author's and the name by which the blog knows it. */
export interface ContentFile {
  /** Slug of a post or page, id of an author or series; NFC. */
  readonly name: string;
  /** Path from the project's root, forward slashes. */
  readonly file: string;
}

export interface ContentFiles {
  readonly posts: readonly ContentFile[];
  readonly pages: readonly ContentFile[];
  readonly authors: readonly ContentFile[];
  readonly series: readonly ContentFile[];
  /** Stored responses; the name is the slug of their post. */
  readonly responses: readonly ContentFile[];
  readonly issues: readonly AuthorIssue[];
}

/** Lists the author's folder. A folder that isn't there is empty. Names that begin with `.` or `_` don't count. */
export function listContent(contentDir: string, root: string): ContentFiles {
  const issues: AuthorIssue[] = [];
  const list = (folder: string, find: Finder): ContentFile[] => {
    const absolute = path.join(contentDir, folder);
    const place: Place = { absolute, file: path.relative(root, absolute).split(path.sep).join("/"), issues };
    const found = entriesOf(absolute).flatMap((entry) => find(entry, place));
    return found.filter((content) => isAddressable(content, issues)).sort(byFile);
  };
  return {
    posts: list("posts", findMdx),
    pages: list("pages", findMdx),
    authors: list("authors", findYaml),
    series: list("series", findYaml),
    responses: list("responses", findJson),
    issues,
  };
}

interface Place {
  readonly absolute: string;
  readonly file: string;
  readonly issues: AuthorIssue[];
}

type Finder = (entry: Dirent, place: Place) => readonly ContentFile[];

function entriesOf(folder: string): readonly Dirent[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !/^[._]/.test(name));
}

function findMdx(entry: Dirent, place: Place): readonly ContentFile[] {
  const file = `${place.file}/${entry.name}`;
  if (isFolder(entry, place)) return findInFolder(entry.name, place);
  const { name, ext } = path.parse(entry.name);
  if (ext === ".mdx") return [{ name: name.normalize("NFC"), file }];
  if (isMarkdown(entry.name)) place.issues.push(notMdx(file));
  return [];
}

function findInFolder(name: string, place: Place): readonly ContentFile[] {
  const folder = path.join(place.absolute, name);
  const file = `${place.file}/${name}/index.mdx`;
  if (existsSync(path.join(folder, "index.mdx"))) return [{ name: name.normalize("NFC"), file }];
  const stray = readdirSync(folder).find((inside) => isMarkdown(inside) || inside.endsWith(".mdx"));
  if (stray !== undefined) {
    place.issues.push({
      message: "This text lies in a folder without an index.mdx, so it's no post and no page",
      file: `${place.file}/${name}/${stray}`,
      hint: `Name it ${file}, or move it to ${place.file}/${path.parse(stray).name}.mdx.`,
    });
  }
  return [];
}

function findYaml(entry: Dirent, place: Place): readonly ContentFile[] {
  const { name, ext } = path.parse(entry.name);
  const file = `${place.file}/${entry.name}`;
  if (ext === ".yaml") return [{ name: name.normalize("NFC"), file }];
  if (ext === ".yml" || ext === ".json") {
    place.issues.push({
      message: "The name of this file should end in .yaml",
      file,
      hint: `Name it ${place.file}/${name}.yaml.`,
    });
  }
  return [];
}

function findJson(entry: Dirent, place: Place): readonly ContentFile[] {
  const { name, ext } = path.parse(entry.name);
  return ext === ".json" ? [{ name: name.normalize("NFC"), file: `${place.file}/${entry.name}` }] : [];
}

function isMarkdown(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}

function notMdx(file: string): AuthorIssue {
  return {
    message: "The name of a post or page should end in .mdx",
    file,
    hint: `Name it ${file.replace(/\.\w+$/, ".mdx")}. In MDX the signs { } and < in text are written \\{ \\} and \\<.`,
  };
}

function isFolder(entry: Dirent, place: Place): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path.join(place.absolute, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether a name can stand in an address and be a file on every host. */
function isAddressable({ name, file }: ContentFile, issues: AuthorIssue[]): boolean {
  const isPlain = /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u.test(name) && Buffer.byteLength(name) <= 200;
  if (!isPlain) {
    issues.push({
      message: `The name \`${name}\` can't be part of an address`,
      file,
      hint: `Use letters, digits and hyphens, at most 200 bytes: ${slugOf(name).slice(0, 60)}`,
    });
  }
  return isPlain;
}

function byFile(a: ContentFile, b: ContentFile): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
