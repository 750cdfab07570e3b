/** All stored responses, read from and written to `content/responses/` as one. */
import { existsSync, readdirSync } from "node:fs";
import { AuthorError } from "../author-error.ts";
import type { PostResponse } from "./model.ts";
import { parseResponseFile, type ParsedResponses } from "./record.ts";
import { readIfThere, responsesFile, writeResponses, type ResponsesFile } from "./store.ts";

/** Files of responses by the slug of their post, also of posts that aren't published. None is read yet. */
export function responseFiles(contentDir: string): Map<string, ResponsesFile> {
  const folder = responsesFile(contentDir, "").path;
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => /^[^._].*\.json$/.test(name));
  return new Map(
    names
      .sort()
      .map((name) => [name.slice(0, -".json".length).normalize("NFC"), responsesFile(contentDir, name)]),
  );
}

/** Records of a file, oldest first, and the mistakes in it. */
export function parsedFile(file: ResponsesFile): ParsedResponses {
  return parseResponseFile(readIfThere(file.path) ?? "", file.name);
}

/**
 * Every file of responses by the slug of its post, also of posts that aren't published.
 * @throws AuthorError with all mistakes in them: what can't be read can't be added to.
 */
export function readAllResponses(contentDir: string): Map<string, PostResponse[]> {
  const parsed = [...responseFiles(contentDir)].map(([slug, file]) => ({ slug, ...parsedFile(file) }));
  const issues = parsed.flatMap((file) => file.issues);
  if (issues.length > 0) throw new AuthorError(issues);
  return new Map(parsed.map(({ slug, records }) => [slug, records]));
}

/**
 * All records, of which only those of one file are in memory.
 * @throws AuthorError when a file can't be read.
 */
export function* eachResponse(contentDir: string): Iterable<PostResponse> {
  for (const file of responseFiles(contentDir).values()) {
    const { records, issues } = parsedFile(file);
    if (issues.length > 0) throw new AuthorError(issues);
    yield* records;
  }
}

/** Writes all files. @returns slugs of those whose text changed. */
export function writeAllResponses(
  contentDir: string,
  records: ReadonlyMap<string, readonly PostResponse[]>,
): string[] {
  return [...records].filter(([slug, list]) => writeResponses(contentDir, slug, list)).map(([slug]) => slug);
}

/** Whether two lists hold the same records, which is quicker to see than that their texts are equal. */
export function hasSameItems(
  list: readonly PostResponse[],
  other: readonly PostResponse[] | undefined,
): boolean {
  if (list.length !== other?.length) return false;
  const known = new Set(other);
  return list.every((record) => known.has(record));
}
