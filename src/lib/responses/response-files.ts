/** All stored responses, read from and written to `content/responses/` as one. */
import { existsSync, readdirSync } from "node:fs";
import { AuthorError } from "../author-error.ts";
import type { PostResponse } from "./model.ts";
import { parseResponseFile } from "./record.ts";
import { readIfThere, responsesFile, writeResponses } from "./store.ts";

/**
 * Every file of responses by the slug of its post, also of posts that aren't published.
 * @throws AuthorError with all mistakes in them: what can't be read can't be added to.
 */
export function readAllResponses(contentDir: string): Map<string, PostResponse[]> {
  const folder = responsesFile(contentDir, "").path;
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => /^[^._].*\.json$/.test(name));
  const parsed = names.sort().map((name) => {
    const slug = name.slice(0, -".json".length).normalize("NFC");
    const file = responsesFile(contentDir, name);
    return { slug, ...parseResponseFile(readIfThere(file.path) ?? "", file.name) };
  });
  const issues = parsed.flatMap((file) => file.issues);
  if (issues.length > 0) throw new AuthorError(issues);
  return new Map(parsed.map(({ slug, records }) => [slug, records]));
}

/**
 * Writes the files whose records differ from what is stored; one with the same records in another layout stays as it is.
 *
 * @param stored what was read before; a list that is identical (`===` for each record) isn't written.
 * @returns slugs of the files that changed.
 */
export function writeAllResponses(
  contentDir: string,
  records: ReadonlyMap<string, readonly PostResponse[]>,
  stored: ReadonlyMap<string, readonly PostResponse[]> = new Map(),
): string[] {
  return [...records]
    .filter(([slug, list]) => !hasSameItems(list, stored.get(slug)) && writeResponses(contentDir, slug, list))
    .map(([slug]) => slug);
}

function hasSameItems(list: readonly PostResponse[], other: readonly PostResponse[] | undefined): boolean {
  if (list.length !== other?.length) return false;
  const known = new Set(other);
  return list.every((record) => known.has(record));
}
