/** The responses: one for each post and source, whatever the protocol. */
import * as z from "zod";
import type { PostResponse, ResponseStatus } from "../../lib/responses/model.ts";
import { responseSchema } from "../../lib/responses/record.ts";
import {
  numberIn,
  statement,
  textIn,
  textOrNull,
  type Database,
  type SqlRow,
  type SqlValue,
  type Statement,
} from "./database.ts";
import { HOLDS_LEASE, type Job } from "./jobs.ts";

export interface StoredResponse {
  readonly id: number;
  readonly slug: string;
  readonly status: ResponseStatus;
  /** The record as it goes to `content/responses/`, with this status and, once it was shown, its `wm-id`. */
  readonly record: PostResponse;
  /** Address of the author's picture. */
  readonly photo: string | null;
  /** How often in a row the source was missing (404). */
  readonly misses: number;
  /** Hash of the key that withdraws a comment. */
  readonly editKey: string | null;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

export interface ResponseDraft {
  readonly slug: string;
  readonly record: PostResponse;
  readonly photo: string | null;
  readonly status: ResponseStatus;
  readonly suspicion: readonly string[];
  /** The sender's corner of the web, as moderation.ts has it; empty when it isn't known. */
  readonly place: string;
  readonly editKey?: string | undefined;
}

/**
 * Stores a response, and publishes it when it's approved. A comment that was withdrawn meanwhile stays deleted.
 * @param job only takes effect while this job's lease is held.
 */
export function saveStatements(draft: ResponseDraft, now: number, job: Job | null): readonly Statement[] {
  const { slug, record, photo, status, suspicion, place, editKey } = draft;
  const [condition, held] = guard(job);
  return [
    statement(
      `INSERT INTO response (slug, source, protocol, status, place, data, photo, suspicion, received, changed, edit_key)
       SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${condition}
       ON CONFLICT (slug, source) DO UPDATE SET
         protocol = excluded.protocol, status = excluded.status, place = excluded.place, data = excluded.data,
         photo = excluded.photo, suspicion = excluded.suspicion, changed = excluded.changed, misses = 0,
         edit_key = COALESCE(excluded.edit_key, edit_key)
       WHERE response.status <> 'deleted' OR excluded.protocol <> 'comment'`,
      ...[slug, record["wm-source"], record["wm-protocol"], status, place, JSON.stringify(record), photo],
      ...[JSON.stringify(suspicion), Date.parse(record["wm-received"]), now, editKey ?? null, ...held],
    ),
    ...publishStatements("slug = ? AND source = ?", [slug, record["wm-source"]], job),
  ];
}

/**
 * A moderator's or a sender's decision about a response; the first statement returns nothing when it was deleted
 * meanwhile. What is deleted keeps no word of it.
 */
export function statusStatements(
  response: StoredResponse,
  status: ResponseStatus,
  record: PostResponse,
  now: number,
  job: Job | null = null,
): readonly Statement[] {
  const [condition, held] = guard(job);
  const isDeleted = status === "deleted";
  return [
    statement(
      `UPDATE response SET status = ?, data = ?, photo = ?, suspicion = ?, changed = ?, misses = 0
       WHERE id = ? AND status <> 'deleted' AND ${condition} RETURNING id`,
      ...[status, JSON.stringify(record), isDeleted ? null : response.photo],
      ...[JSON.stringify(status === "approved" ? [] : (record.suspicion ?? [])), now, response.id, ...held],
    ),
    ...publishStatements("id = ?", [response.id], job),
  ];
}

/** Counts that the source was missing once more. */
export function missStatement(response: StoredResponse): Statement {
  return statement("UPDATE response SET misses = misses + 1 WHERE id = ?", response.id);
}

/** Gives an approved response the next id. */
function publishStatements(
  where: string,
  values: readonly SqlValue[],
  job: Job | null,
): readonly Statement[] {
  const [condition, held] = guard(job);
  return [
    statement(
      `INSERT INTO publication (response) SELECT id FROM response WHERE ${where} AND status = 'approved' AND ${condition}`,
      ...[...values, ...held],
    ),
    statement(
      `UPDATE response SET wm_id = (SELECT MAX(id) FROM publication WHERE response = response.id)
       WHERE ${where} AND status = 'approved' AND ${condition}`,
      ...[...values, ...held],
    ),
  ];
}

function guard(job: Job | null): readonly [condition: string, values: readonly SqlValue[]] {
  return job === null ? ["1 = 1", []] : [HOLDS_LEASE, [job.id, job.lease]];
}

export async function responseOf(
  database: Database,
  slug: string,
  source: string,
): Promise<StoredResponse | null> {
  const [row] = await database.all("SELECT * FROM response WHERE slug = ? AND source = ?", slug, source);
  return row === undefined ? null : storedOf(row);
}

export async function responseById(database: Database, id: number): Promise<StoredResponse | null> {
  const [row] = await database.all("SELECT * FROM response WHERE id = ?", id);
  return row === undefined ? null : storedOf(row);
}

/** Responses by status, newest first. */
export async function responsesIn(
  database: Database,
  status: ResponseStatus,
  limit: number,
  offset = 0,
): Promise<readonly StoredResponse[]> {
  const rows = await database.all(
    "SELECT * FROM response WHERE status = ? ORDER BY changed DESC, id DESC LIMIT ? OFFSET ?",
    ...[status, limit, offset],
  );
  return rows.map(storedOf);
}

/** The newest responses of any status: what spam is recognized by. */
export async function recentRecords(database: Database, limit: number): Promise<readonly PostResponse[]> {
  const rows = await database.all(
    "SELECT * FROM response WHERE status <> 'deleted' ORDER BY id DESC LIMIT ?",
    limit,
  );
  return rows.map((row) => storedOf(row).record);
}

export async function countByStatus(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database.all("SELECT status, COUNT(*) AS count FROM response GROUP BY status");
  return new Map(rows.map((row) => [textIn(row, "status"), numberIn(row, "count")]));
}

/** Whether a response from this corner of the web was approved before. */
export async function isPlaceApproved(database: Database, place: string): Promise<boolean> {
  const rows = await database.all(
    "SELECT 1 FROM response WHERE place = ? AND status = 'approved' LIMIT 1",
    place,
  );
  return place !== "" && rows.length > 0;
}

/** A row as the rest of the receiver sees it. */
export function storedOf(row: SqlRow): StoredResponse {
  const status = statusOf(textIn(row, "status"));
  const wmId = row["wm_id"];
  const suspicion = z.array(z.string()).parse(JSON.parse(textIn(row, "suspicion") || "[]"));
  const stored = responseSchema.parse(JSON.parse(textIn(row, "data")));
  const isHeld = status === "pending" || status === "spam";
  return {
    id: numberIn(row, "id"),
    slug: textIn(row, "slug"),
    status,
    record: {
      ...stored,
      "wm-id": typeof wmId === "number" ? wmId : stored["wm-id"],
      status,
      suspicion: isHeld && suspicion.length > 0 ? suspicion : undefined,
    },
    photo: textOrNull(row, "photo"),
    misses: numberIn(row, "misses"),
    editKey: textOrNull(row, "edit_key"),
    changed: numberIn(row, "changed"),
  };
}

function statusOf(text: string): ResponseStatus {
  return text === "approved" || text === "spam" || text === "deleted" ? text : "pending";
}
