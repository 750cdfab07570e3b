/** `backfence check --fix`: rewrites keys of other generators to ours. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { didYouMean } from "../../did-you-mean.ts";
import { slugOf, tagSlug } from "../../site/slug.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { divide } from "../../yaml/front-matter.ts";
import { readFrontMatter } from "../../yaml/read-front-matter.ts";
import { readYaml } from "../../yaml/source.ts";
import { idsByName } from "../ids-by-name.ts";
import { listContent } from "../content-files.ts";
import { isRecord } from "../front-matter/convert.ts";
import { kindOf, translateHead } from "../front-matter/read-head.ts";
import { fixFrontMatter } from "./fix-front-matter.ts";

export interface FixedFile {
  /** Path from the project's root. */
  readonly file: string;
  /** Null for a new file. */
  readonly before: string | null;
  readonly after: string;
  /** A phrase for each change. */
  readonly changes: readonly string[];
}

export interface FixOptions {
  /** The author's folder, absolute. */
  readonly contentDir: string;
  /** The folder to which paths are relative, absolute. */
  readonly root: string;
  /** Whether to return the changes without writing files. */
  readonly dryRun?: boolean;
}

/**
 * Rewrites the front matter of posts, notes and pages with our keys and one spelling for each tag. Creates missing
 * files of authors and series that posts refer to. Nothing else in a file changes. A second run changes nothing.
 */
export function fixContent({ contentDir, root, dryRun = false }: FixOptions): readonly FixedFile[] {
  const files = listContent(contentDir, root);
  const named = new Map<string, string>();
  const series = new Map<string, string>();
  const ids = files.authors.map(({ name }) => name);
  const seriesIds = new Set(files.series.map(({ name }) => name));
  const authorIdOf = knownAuthors(files.authors, root);
  const tagNames = spellings([...files.posts, ...files.notes].flatMap(({ file }) => tagsIn(file, root)));
  const fixed = [...files.posts, ...files.notes, ...files.pages].flatMap(({ file }): FixedFile[] => {
    const { text: before, issue } = decodeText(readFileSync(path.join(root, file)), file);
    if (issue !== null) return [];
    const lines = before.replaceAll("\r\n", "\n");
    const found = fixFrontMatter(lines, file, kindOf(file), tagNames);
    for (const name of authorsIn(found?.text ?? lines, file)) {
      if (authorIdOf(name) === null && didYouMean(slugOf(name), ids) === null) named.set(slugOf(name), name);
    }
    for (const name of seriesIn(found?.text ?? lines, file)) if (!seriesIds.has(slugOf(name))) series.set(slugOf(name), name);
    if (found === null) return [];
    const after = before.includes("\r\n") ? found.text.replaceAll("\n", "\r\n") : found.text;
    return [{ file, before, after, changes: found.changes }];
  });
  const made = [
    ...[...named].map(([id, name]) => newFile(`authors/${id}.yaml`, { name: spoken(name) }, contentDir, root)),
    ...[...series].map(([id, title]) => newFile(`series/${id}.yaml`, { title: spoken(title) }, contentDir, root)),
  ];
  const all = [...made.filter(({ file }) => !existsSync(path.join(root, file))), ...fixed];
  if (!dryRun) for (const { file, after } of all) write(path.join(root, file), after);
  return all;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Returns a function that finds the author id for a name in a post; null if no author file matches. */
function knownAuthors(
  files: readonly { readonly name: string; readonly file: string }[],
  root: string,
): (written: string) => string | null {
  const ids = files.map(({ name }) => name);
  const authors = files.map(({ name: id, file }) => {
    const { data } = readYaml(decodeText(readFileSync(path.join(root, file)), file).text, file);
    return { id, name: isRecord(data) ? String(data["name"]) : id };
  });
  const idOf = idsByName(ids, authors);
  return (written) => (ids.includes(idOf(written)) ? idOf(written) : null);
}

/** Tags of a post or note as written. */
function tagsIn(file: string, root: string): readonly string[] {
  const { text, issue } = decodeText(readFileSync(path.join(root, file)), file);
  const { tags } = issue === null ? postData(text.replaceAll("\r\n", "\n"), file) : {};
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/** The most frequent spelling of each tag by its slug; of equally frequent ones, the first. */
function spellings(tags: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const names = new Map<string, string>();
  for (const [tag, count] of counts)
    if ((counts.get(names.get(tagSlug(tag)) ?? "") ?? 0) < count) names.set(tagSlug(tag), tag);
  return names;
}

function authorsIn(text: string, file: string): readonly string[] {
  const authors = postData(text, file)["authors"];
  return Array.isArray(authors) ? authors.filter((name) => typeof name === "string") : [];
}

function seriesIn(text: string, file: string): readonly string[] {
  const { series } = postData(text, file);
  return typeof series === "string" && series.trim() !== "" ? [series.trim()] : [];
}

function postData(text: string, file: string): Readonly<Record<string, unknown>> {
  if (kindOf(file) === "page") return {};
  const { source } = translateHead(readFrontMatter(divide(text), file), "post");
  return isRecord(source.data) ? source.data : {};
}

/** Converts an id such as `ann-example` to a name: `Ann Example`. */
function spoken(name: string): string {
  if (!/^[\p{Ll}\p{N}-]+$/u.test(name) || !name.includes("-")) return name;
  return name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

function newFile(
  name: string,
  data: Readonly<Record<string, string>>,
  contentDir: string,
  root: string,
): FixedFile {
  const file = path.relative(root, path.join(contentDir, name)).split(path.sep).join("/");
  const [kind, value] = Object.entries(data)[0] ?? [];
  return { file, before: null, after: stringify(data), changes: [`made, with ${kind ?? ""}: ${value ?? ""}`] };
}
