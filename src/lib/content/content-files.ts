/** Classifies the files in the author's folder by their names, without opening them. */
import type { Dirent } from "node:fs";
import { existsSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { issueOutside } from "../site/assert-inside.ts";
import { slugOf } from "../site/slug.ts";
import { entriesOf } from "./folder-entries.ts";
import type { ContentFile, Place } from "./folder-entries.ts";
import { strayFiles } from "./stray-files.ts";
import { listTexts } from "./text-files.ts";

export type { ContentFile } from "./folder-entries.ts";

export interface ContentFiles {
  readonly posts: readonly ContentFile[];
  readonly notes: readonly ContentFile[];
  readonly pages: readonly ContentFile[];
  readonly authors: readonly ContentFile[];
  readonly series: readonly ContentFile[];
  /** Stored responses, named for the slug of their post. */
  readonly responses: readonly ContentFile[];
  readonly issues: readonly AuthorIssue[];
  /** Files that look like texts but aren't published unless a text links to them. */
  readonly leftOut: readonly string[];
}

/** Lists the author's folder. A missing folder counts as empty. Names that begin with `.` or `_` are skipped. */
export function listContent(contentDir: string, root: string): ContentFiles {
  const issues: AuthorIssue[] = [];
  const leftOut: string[] = [];
  const isElsewhere = path.relative(root, contentDir).startsWith("..");
  const placeOf = (folder: string): Place => {
    const absolute = path.join(contentDir, folder);
    return { absolute, root: isElsewhere ? contentDir : root, file: path.relative(root, absolute).split(path.sep).join("/"), issues, leftOut };
  };
  const list = (folder: string, find: Finder): ContentFile[] => {
    const place = placeOf(folder);
    const found = entriesOf(place.absolute).flatMap((entry) => find(entry, place));
    return found.filter((content) => isAddressable(content, issues)).sort(byFile);
  };
  const texts = (folder: "posts" | "notes" | "pages") =>
    (isOutside(placeOf(folder)) ? [] : listTexts(placeOf(folder), folder))
      .filter((content) => isAddressable(content, issues))
      .sort(byFile);
  const files = {
    posts: texts("posts"),
    notes: texts("notes"),
    pages: texts("pages"),
    authors: list("authors", findYaml),
    series: list("series", findYaml),
    responses: list("responses", findJson),
  };
  issues.push(...strayFiles(placeOf("."), contentDir));
  return { ...files, issues, leftOut };
}

/** Whether a folder of texts is a symlink that leads out of the project. If so, adds an issue. */
function isOutside({ absolute, root, issues }: Place): boolean {
  const issue = existsSync(absolute) ? issueOutside(root, absolute) : null;
  if (issue !== null) issues.push(issue);
  return issue !== null;
}

type Finder = (entry: Dirent, place: Place) => readonly ContentFile[];

function findYaml(entry: Dirent, place: Place): readonly ContentFile[] {
  const { name, ext } = path.parse(entry.name);
  const file = `${place.file}/${entry.name}`;
  if (ext === ".yaml") return [{ name: name.normalize("NFC"), file }];
  if (/^\.(?:ya?ml|json|toml|mdx?)$/i.test(ext)) {
    place.issues.push({
      message: "The name of this file should end in .yaml",
      file,
      hint: `Write it as YAML and name it ${place.file}/${name}.yaml.`,
    });
  }
  return [];
}

function findJson(entry: Dirent, place: Place): readonly ContentFile[] {
  const { name, ext } = path.parse(entry.name);
  return ext === ".json" ? [{ name: name.normalize("NFC"), file: `${place.file}/${entry.name}` }] : [];
}

/** Whether a name is valid in an address and as a file name on every host. If not, adds an issue. */
function isAddressable({ name, file }: ContentFile, issues: AuthorIssue[]): boolean {
  const isPlain = /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~/-]+$/u.test(name) && Buffer.byteLength(name) <= 200;
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
