import { AuthorError } from "../../src/lib/author-error.ts";
import type { LoadedBlog, LoadOptions } from "../../src/lib/content/load-blog.ts";
import { blogFolder, load, type Files } from "./blog-folder.ts";

/** Result of loading a folder: posts and notes, or errors as `file:line message` with hints. */
export interface LoadOutcome {
  readonly loaded: LoadedBlog | null;
  readonly errors: readonly string[];
  readonly hints: readonly string[];
}

/** Loads files as a blog. Errors other than `AuthorError` are thrown. */
export async function outcomeOf(files: Files, options: Partial<LoadOptions> = {}): Promise<LoadOutcome> {
  return outcomeIn(blogFolder(files), options);
}

/** The same for an existing folder. */
export async function outcomeIn(root: string, options: Partial<LoadOptions> = {}): Promise<LoadOutcome> {
  try {
    return { loaded: await load(root, options), errors: [], hints: [] };
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    return {
      loaded: null,
      errors: error.issues.map(({ file, line, message }) => `${file}:${line ?? ""} ${message}`),
      hints: error.issues.map(({ hint }) => hint),
    };
  }
}
