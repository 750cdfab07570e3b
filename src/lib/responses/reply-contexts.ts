/** Stored data of pages that posts reply to: `content/responses/_contexts.json`. */
import * as z from "zod";
import type { ReplyContext } from "./model.ts";
import { responsesFile } from "./store.ts";
import { readStoredList, writeStoredList, type StoredListFile } from "./stored-list.ts";

const webAddress = z.url({ protocol: /^https?$/ });

const contextSchema = z.strictObject({
  url: webAddress,
  title: z.string().nullable(),
  author: z.strictObject({ name: z.string().min(1), url: webAddress.nullable() }).nullable(),
  published: z.iso.datetime({ offset: true }).nullable(),
  excerpt: z.string().nullable(),
  site: z.string().min(1),
  fetched: z.iso.date(),
});

function contextsFile(contentDir: string): StoredListFile<ReplyContext> {
  return {
    ...responsesFile(contentDir, "_contexts.json"),
    schema: contextSchema,
    hint: "`npx backfence responses pull` writes this file; remove the entry, and the next pull fetches it again.",
  };
}

/**
 * Returns the stored contexts by URL as spelled in front matter; empty without a file.
 * @throws AuthorError with file and line.
 */
export function readReplyContexts(contentDir: string): Map<string, ReplyContext> {
  return new Map(readStoredList(contextsFile(contentDir)).map((context) => [context.url, context]));
}

/** Writes the contexts that the schema accepts, sorted by URL. @returns whether the file changed. */
export function writeReplyContexts(contentDir: string, contexts: Iterable<ReplyContext>): boolean {
  const list = [...contexts].sort((a, b) => (a.url < b.url ? -1 : 1));
  return writeStoredList(contextsFile(contentDir), list);
}
