import path from "node:path";
import { readAhead } from "../cache/read-ahead.ts";
import type { ContentFiles } from "./content-files.ts";
import type { ContentStore } from "./content-store.ts";

/**
 * Where many of the author's files have never been read, has somebody fetch them from the disk while others work.
 * @param root where their paths start from.
 * @returns the function that ends it.
 */
export function startReadingAhead(
  { posts, notes, responses }: ContentFiles,
  store: ContentStore,
  root: string,
): () => void {
  const unread = [
    ...[...posts, ...notes].filter(({ file }) => !store.posts.knows(file)),
    ...responses.filter(({ file }) => !store.responses.knows(file)),
  ];
  if (unread.length < WORTH_A_THREAD) return () => {};
  return readAhead(unread.map(({ file }) => path.join(root, file)));
}

/** So many new files pay for starting a thread. */
const WORTH_A_THREAD = 1000;
