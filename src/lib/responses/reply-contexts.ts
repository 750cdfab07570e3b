/** What posts of the blog answer elsewhere, stored: `content/responses/_contexts.json`. */
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../author-error.ts";
import { locateJson } from "./json-lines.ts";
import type { ReplyContext } from "./model.ts";
import { readIfThere, RESPONSES_FOLDER, writeWhole } from "./store.ts";

export const CONTEXTS_FILE = `${RESPONSES_FOLDER}/_contexts.json`;

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

/**
 * The stored contexts by the address as front matter names it; empty when there is no file.
 * @throws AuthorError with file and line.
 */
export function readReplyContexts(root: string): Map<string, ReplyContext> {
  const text = readIfThere(path.join(root, CONTEXTS_FILE));
  if (text === null) return new Map();
  const places = locateJson(text);
  if (!places.isValid) throw contextError(`This is not valid JSON: ${places.message}`, places.line);
  const contexts = z.array(contextSchema).safeParse(JSON.parse(text));
  if (contexts.success) return new Map(contexts.data.map((context) => [context.url, context]));
  const [issue] = contexts.error.issues;
  const key = issue?.path.join(".") ?? "";
  throw contextError(`“${key}” is wrong: ${issue?.message ?? ""}`, places.lineOf(issue?.path ?? []));
}

/** Writes the contexts, sorted by address. @returns whether the file changed. */
export function writeReplyContexts(root: string, contexts: Iterable<ReplyContext>): boolean {
  const file = path.join(root, CONTEXTS_FILE);
  const list = [...contexts].sort((a, b) => (a.url < b.url ? -1 : 1)).map(inOrder);
  const before = readIfThere(file);
  const text = `${JSON.stringify(list, null, 2)}\n`;
  if (before === text || (before === null && list.length === 0)) return false;
  writeWhole(file, text);
  return true;
}

function inOrder({ url, title, author, published, excerpt, site, fetched }: ReplyContext): ReplyContext {
  const ordered = author && { name: author.name, url: author.url };
  return { url, title, author: ordered, published, excerpt, site, fetched };
}

function contextError(message: string, line: number): AuthorError {
  const hint =
    "`npm run responses -- pull` writes this file; remove the entry, and the next pull fetches it again.";
  return new AuthorError([{ message, file: CONTEXTS_FILE, line, hint }]);
}
