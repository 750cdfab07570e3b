/** What posts of the blog answer elsewhere, stored: `content/responses/_contexts.json`. */
import * as z from "zod";
import { AuthorError } from "../author-error.ts";
import { locateJson } from "./json-lines.ts";
import type { ReplyContext } from "./model.ts";
import { readIfThere, responsesFile, writeWhole } from "./store.ts";

const FILE = "_contexts.json";

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
export function readReplyContexts(contentDir: string): Map<string, ReplyContext> {
  const file = responsesFile(contentDir, FILE);
  const text = readIfThere(file.path);
  if (text === null) return new Map();
  const places = locateJson(text);
  if (!places.isValid)
    throw contextError(file.name, `This is not valid JSON: ${places.message}`, places.line);
  const contexts = z.array(contextSchema).safeParse(JSON.parse(text));
  if (contexts.success) return new Map(contexts.data.map((context) => [context.url, context]));
  const [issue] = contexts.error.issues;
  const key = issue?.path.join(".") ?? "";
  throw contextError(
    file.name,
    `“${key}” is wrong: ${issue?.message ?? ""}`,
    places.lineOf(issue?.path ?? []),
  );
}

/** Writes the contexts that the schema accepts, sorted by address. @returns whether the file changed. */
export function writeReplyContexts(contentDir: string, contexts: Iterable<ReplyContext>): boolean {
  const file = responsesFile(contentDir, FILE).path;
  const list = [...contexts]
    .filter((context) => contextSchema.safeParse(context).success)
    .sort((a, b) => (a.url < b.url ? -1 : 1))
    .map(inOrder);
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

function contextError(file: string, message: string, line: number): AuthorError {
  const hint =
    "`npx backfence responses pull` writes this file; remove the entry, and the next pull fetches it again.";
  return new AuthorError([{ message, file, line, hint }]);
}
