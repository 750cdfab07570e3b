/** Isso: its SQLite database, and the JSON of its generic importer. https://isso-comments.de/docs/ */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { AuthorError } from "../../../author-error.ts";
import { nodeSqlite } from "../../../node-sqlite.ts";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread, ResponseState } from "../../archive.ts";
import { anyDate } from "../source-dates.ts";
import { addComment, addThread } from "./add-comment.ts";
import { parseJson } from "../parse-json.ts";

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ""));

const threadSchema = z.looseObject({ id: z.number(), uri: text, title: text });
const commentSchema = z.looseObject({
  tid: z.number(),
  id: z.number(),
  parent: z.number().nullish(),
  created: z.number().nullish(),
  mode: z.number().nullish(),
  remote_addr: text,
  text,
  author: text,
  email: text,
  website: text,
});
/** Columns that aren't imported; older databases lack some. */
const OTHER_COLUMNS = ["likes", "dislikes", "voters", "notification"];

/** @throws AuthorError if the file isn't a complete Isso database. */
export function readIssoDatabase(file: string, name: string, builder: ArchiveBuilder): void {
  const threads = new Map<string, ArchiveThread>();
  const { DatabaseSync } = nodeSqlite();
  // SQLite may write files next to the database, so it opens a copy.
  const folder = mkdtempSync(path.join(os.tmpdir(), "backfence-isso-"));
  try {
    const copy = path.join(folder, "comments.db");
    copyFileSync(file, copy);
    const database = new DatabaseSync(copy, { readOnly: true, allowExtension: false });
    try {
      database.exec("PRAGMA trusted_schema = OFF");
      for (const row of rowsOf(database, "threads")) {
        const thread = threadSchema.parse(row);
        addThread(builder, threads, {
          id: String(thread.id),
          addresses: [thread.uri],
          title: thread.title,
        });
      }
      for (const row of rowsOf(database, "comments")) addRow(commentSchema.parse(row), row, builder);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof Error) || "syscall" in error) throw error;
    const hint = "Stop Isso, then copy the file that dbpath in isso.conf names, usually comments.db.";
    throw new AuthorError([{ file: name, message: "This isn't a complete database of Isso", hint }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows of a table, with stored columns only: a view or generated column could run arbitrary SQL. */
function rowsOf(database: DatabaseSync, table: "threads" | "comments"): Iterable<Record<string, unknown>> {
  const kind = database.prepare("SELECT type FROM sqlite_schema WHERE name = ?").get(table);
  if (kind?.["type"] !== "table") throw new Error(`There is no table ${table}`);
  const columns = database.prepare("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0").all(table);
  const names = columns.map(({ name }) => `"${String(name).replaceAll('"', '""')}"`);
  return database.prepare(`SELECT ${names.join(", ")} FROM ${table} ORDER BY rowid`).iterate();
}

function addRow(
  row: z.output<typeof commentSchema>,
  columns: Readonly<Record<string, unknown>>,
  builder: ArchiveBuilder,
): void {
  const filled = OTHER_COLUMNS.filter((column) => columns[column] != null && columns[column] !== 0);
  addComment(builder, {
    thread: String(row.tid),
    id: `isso-${row.id}`,
    parent: row.parent == null ? null : `isso-${row.parent}`,
    anchor: `isso-${row.id}`,
    state: stateOf(row.mode ?? 1),
    name: row.author,
    url: row.website,
    email: row.email,
    ip: row.remote_addr,
    date: anyDate(row.created == null ? null : secondsOf(row.created)),
    text: row.text,
    format: "markdown",
    ignored: filled.map(() => "votes and notifications"),
  });
}

/** 1: approved, 2: pending, 4: deleted, but has replies. */
function stateOf(mode: number): ResponseState {
  return mode === 1 ? "approved" : mode === 4 ? "trashed" : "pending";
}

const genericSchema = z.array(
  z.looseObject({
    id: text,
    title: text,
    comments: z.array(
      z.looseObject({ author: text, website: text, email: text, remote_addr: text, created: text, text }),
    ),
  }),
);

/** @throws AuthorError if the file is damaged. */
export function readIssoJson(json: string, name: string, builder: ArchiveBuilder): void {
  const threads = new Map<string, ArchiveThread>();
  for (const { id, title, comments } of parseJson(json, name, genericSchema, "Isso")) {
    addThread(builder, threads, { id, addresses: [id], title });
    for (const comment of comments) {
      addComment(builder, {
        thread: id,
        id: null,
        parent: null,
        anchor: null,
        state: "approved",
        name: comment.author,
        url: comment.website,
        email: comment.email,
        ip: comment.remote_addr,
        date: anyDate(comment.created),
        text: comment.text,
        format: "markdown",
      });
    }
  }
}

/** Isso stores fractional seconds since 1970. */
function secondsOf(created: number): string | null {
  return Number.isFinite(created) && Math.abs(created) < 1e11
    ? new Date(Math.floor(created) * 1000).toISOString()
    : null;
}
