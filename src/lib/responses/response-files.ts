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

/** Writes the files that changed. @returns their slugs. */
export function writeAllResponses(
  contentDir: string,
  records: ReadonlyMap<string, readonly PostResponse[]>,
): string[] {
  return [...records].filter(([slug, list]) => writeResponses(contentDir, slug, list)).map(([slug]) => slug);
}
