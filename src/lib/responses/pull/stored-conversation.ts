/**
 * The stored responses of a pull: their names in memory, since sources need those of all posts, and their records from the
 * files when a post is merged.
 */
import { AuthorError, type AuthorIssue } from "../../author-error.ts";
import type { PostResponse } from "../model.ts";
import { parsedFile, responseFiles } from "../response-files.ts";

/** What sources need to know of a stored record: which it is, and not what it says. */
export interface StoredName extends Pick<
  PostResponse,
  "wm-id" | "wm-protocol" | "status" | "copy" | "copy-id"
> {
  readonly slug: string;
}

export interface StoredConversation {
  readonly slugs: readonly string[];
  readonly names: readonly StoredName[];
  /** Records of a post; none when it has no file. @throws AuthorError */
  readonly read: (slug: string) => PostResponse[];
}

/** @throws AuthorError with all mistakes in the files: what can't be read can't be added to. */
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
