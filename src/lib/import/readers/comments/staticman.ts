/** Staticman's files, one per comment, in a folder for each post. https://staticman.net/docs/ */
import { createHash } from "node:crypto";
import { parse } from "yaml";
import * as z from "zod";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread } from "../../archive.ts";
import type { SourceFiles } from "../../source-files.ts";
import { readSourceText } from "../../source-files.ts";
import { anyDate } from "../source-dates.ts";
import { addComment, addThread } from "./add-comment.ts";

const FILE = /^(?:.*\/)?(?:_?data\/)?comments\/(.+)\/[^/]+\.(?:ya?ml|json)$/i;
const ENTRY = /^(?:.*\/)?([^/]+)\/(?:entry|comment)[-_]?\d+[^/]*\.(?:ya?ml|json)$/i;
const LARGEST = 1_000_000;

/** Files written by Staticman, recognized by their paths. */
export function staticmanFiles(files: readonly string[]): string[] {
  return files.filter((file) => threadOf(file) !== null);
}

const value = z
  .union([z.string(), z.number(), z.date()])
  .nullish()
  .catch(null)
  .transform((found) => (found instanceof Date ? found.toISOString() : String(found ?? "")));

/** Field names depend on the form; these are the usual ones. */
const commentSchema = z.looseObject({
  _id: value,
  _parent: value,
  id: value,
  parent: value,
  parent_id: value,
  reply_to: value,
  replyTo: value,
  replying_to: value,
  replyThread: value,
  name: value,
  author: value,
  url: value,
  website: value,
  email: value,
  message: value,
  comment: value,
  body: value,
  date: value,
  timestamp: value,
  ip: value,
  hidden: z.unknown().optional(),
});

type Fields = z.output<typeof commentSchema>;

export function readStaticman(source: SourceFiles, files: readonly string[], builder: ArchiveBuilder): void {
  const threads = new Map<string, ArchiveThread>();
  const ids = new Map<string, Fields[]>();
  for (const file of files) {
    const thread = threadOf(file);
    const fields = thread === null ? null : read(source, file);
    if (thread === null || fields === null || textOf(fields) === "") {
      builder.ledger.ignore("comment", "a file without a message");
      builder.doubt(file, "it can't be read as a comment of Staticman");
      continue;
    }
    addThread(builder, threads, { id: thread, addresses: [thread], title: "" });
    const list = ids.get(thread) ?? [];
    ids.set(thread, list);
    list.push(fields);
    addFields(thread, fields, list, builder);
  }
}

function addFields(thread: string, fields: Fields, before: readonly Fields[], builder: ArchiveBuilder): void {
  const known = Object.keys(commentSchema.shape);
  addComment(builder, {
    thread,
    id: idOf(fields),
    parent: parentOf(fields, before),
    anchor: null,
    // Staticman writes only approved comments; pending ones are pull requests.
    state: fields.hidden === true || fields.hidden === "true" ? "pending" : "approved",
    name: fields.name || fields.author,
    url: fields.url || fields.website,
    // Usually the MD5 hash of the address, which can be reversed.
    email: fields.email,
    ip: fields.ip,
    date: anyDate(fields.date || fields.timestamp),
    text: textOf(fields),
    format: "markdown",
    ignored: Object.keys(fields)
      .filter((key) => !known.includes(key))
      .map(() => "a field of the old form"),
  });
}

function read(source: SourceFiles, file: string): Fields | null {
  const text = readSourceText(source, file);
  if (text.length > LARGEST) return null;
  try {
    const parsed = commentSchema.safeParse(
      /\.json$/i.test(file) ? JSON.parse(text) : parse(text, { maxAliasCount: 0 }),
    );
    return parsed.success ? parsed.data : null;
  } catch (error) {
    // Parser errors: syntax, too many aliases, too deep nesting.
    if (error instanceof Error) return null;
    throw error;
  }
}

function textOf({ message, comment, body }: Fields): string {
  return message || comment || body;
}

function idOf({ _id, id }: Fields): string | null {
  const own = _id || id;
  return own === "" ? null : `staticman-${shortened(own)}`;
}

/** Some themes store the parent's id, others its number in the thread. */
function parentOf(fields: Fields, before: readonly Fields[]): string | null {
  const own = [
    fields._parent,
    fields.parent_id,
    fields.parent,
    fields.reply_to,
    fields.replyTo,
    fields.replying_to,
    fields.replyThread,
  ].find((name) => name !== "" && name !== "0");
  if (own === undefined) return null;
  const numbered = /^\d{1,5}$/.test(own) ? before[Number(own) - 1] : undefined;
  const isId = before.some((other) => other._id === own || other.id === own);
  return isId || numbered === undefined ? `staticman-${shortened(own)}` : idOf(numbered);
}

/** Hashes ids that are too long or contain characters other than word characters and hyphens. */
function shortened(id: string): string {
  return /^[\w-]{1,80}$/.test(id) ? id : createHash("sha256").update(id).digest("hex").slice(0, 16);
}

function threadOf(file: string): string | null {
  return (FILE.exec(file) ?? ENTRY.exec(file))?.[1] ?? null;
}
