/**
 * Stored responses for a pull: the ids of all responses in memory, because sources need them, and the records of one
 * post from its file when that post is merged.
 */
import { AuthorError, type AuthorIssue } from "../../author-error.ts";
import type { PostResponse } from "../model.ts";
import { parsedFile, responseFiles } from "../response-files.ts";

/** Data of a stored record for sources: its ids and status, without its content. */
export interface StoredName extends Pick<
  PostResponse,
  "wm-id" | "wm-protocol" | "status" | "copy" | "copy-id"
> {
  readonly slug: string;
}

export interface StoredConversation {
  readonly slugs: readonly string[];
  readonly names: readonly StoredName[];
  /** Reads the records of a post; none if it has no file. @throws AuthorError */
  readonly read: (slug: string) => PostResponse[];
}

/** @throws AuthorError with all errors in the files, because an invalid file can't be updated. */
export function storedConversation(contentDir: string): StoredConversation {
  const files = responseFiles(contentDir);
  const slugs = [...files.keys()];
  const issues: AuthorIssue[] = [];
  const names: StoredName[] = [];
  for (const [slug, file] of files) {
    const parsed = parsedFile(file);
    issues.push(...parsed.issues);
    for (const record of parsed.records) names.push(nameOf(slug, record));
  }
  if (issues.length > 0) throw new AuthorError(issues);
  const read = (slug: string): PostResponse[] => {
    const file = files.get(slug);
    const parsed = file === undefined ? { records: [], issues: [] } : parsedFile(file);
    if (parsed.issues.length > 0) throw new AuthorError(parsed.issues);
    return parsed.records;
  };
  return { slugs, names, read };
}

function nameOf(slug: string, record: PostResponse): StoredName {
  return {
    slug,
    "wm-id": record["wm-id"],
    "wm-protocol": record["wm-protocol"],
    status: record.status,
    copy: record.copy,
    "copy-id": record["copy-id"],
  };
}
