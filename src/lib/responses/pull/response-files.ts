/** All stored responses, read from and written to `content/responses/` as one. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../../author-error.ts";
import type { PostResponse } from "../model.ts";
import { parseResponseFile } from "../record.ts";
import { readIfThere, RESPONSES_FOLDER, responseFile, serialiseResponses, writeResponses } from "../store.ts";

/**
 * Every file of responses by the slug of its post, also of posts that aren't published.
 * @throws AuthorError with all mistakes in them: what can't be read can't be added to.
 */
export function readAllResponses(root: string): Map<string, PostResponse[]> {
  const folder = path.join(root, RESPONSES_FOLDER);
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => /^[^._].*\.json$/.test(name));
  const parsed = names.sort().map((name) => {
    const slug = name.slice(0, -".json".length).normalize("NFC");
    return { slug, ...parseResponseFile(readIfThere(path.join(folder, name)) ?? "", responseFile(slug)) };
  });
  const issues = parsed.flatMap((file) => file.issues);
  if (issues.length > 0) throw new AuthorError(issues);
  return new Map(parsed.map(({ slug, records }) => [slug, records]));
}

/** Writes the files that changed. @returns their slugs. */
export function writeAllResponses(
  root: string,
  records: ReadonlyMap<string, readonly PostResponse[]>,
): string[] {
  return [...records].filter(([slug, list]) => writeResponses(root, slug, list)).map(([slug]) => slug);
}

/** Whether two sets of records would be stored alike. */
export function isStoredAlike(
  a: ReadonlyMap<string, readonly PostResponse[]>,
  b: ReadonlyMap<string, readonly PostResponse[]>,
): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every(
    (slug) => serialiseResponses(a.get(slug) ?? []) === serialiseResponses(b.get(slug) ?? []),
  );
}
