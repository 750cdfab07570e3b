/** Reads and writes all files of `content/responses/`. */
import { existsSync, readdirSync } from "node:fs";
import { AuthorError } from "../author-error.ts";
import type { PostResponse } from "./model.ts";
import { parseResponseFile, type ParsedResponses } from "./record.ts";
import { readFileIfExists, responsesFile, writeResponses, type ResponsesFile } from "./store.ts";

/** Returns the response files by post slug, including those of unpublished posts, without reading them. */
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

/** Parses a file: its records, oldest first, and its errors. */
export function parsedFile(file: ResponsesFile): ParsedResponses {
  return parseResponseFile(readFileIfExists(file.path) ?? "", file.name);
}

/**
 * Reads all response files, by post slug, including those of unpublished posts.
 * @throws AuthorError with all errors in the files, because an invalid file can't be updated.
 */
export function readAllResponses(contentDir: string): Map<string, PostResponse[]> {
  const parsed = [...responseFiles(contentDir)].map(([slug, file]) => ({ slug, ...parsedFile(file) }));
  const issues = parsed.flatMap((file) => file.issues);
  if (issues.length > 0) throw new AuthorError(issues);
  return new Map(parsed.map(({ slug, records }) => [slug, records]));
}

/**
 * Yields all records; only one file's records are in memory at a time.
 * @throws AuthorError if a file is invalid.
 */
export function* eachResponse(contentDir: string): Iterable<PostResponse> {
  for (const file of responseFiles(contentDir).values()) {
    const { records, issues } = parsedFile(file);
    if (issues.length > 0) throw new AuthorError(issues);
    yield* records;
  }
}

/** Writes all files. @returns slugs of the files that changed. */
export function writeAllResponses(
  contentDir: string,
  records: ReadonlyMap<string, readonly PostResponse[]>,
): string[] {
  return [...records].filter(([slug, list]) => writeResponses(contentDir, slug, list)).map(([slug]) => slug);
}

/** Whether two lists have the same record objects; faster than comparing their text. */
export function hasSameItems(
  list: readonly PostResponse[],
  other: readonly PostResponse[] | undefined,
): boolean {
  if (list.length !== other?.length) return false;
  const known = new Set(other);
  return list.every((record) => known.has(record));
}
