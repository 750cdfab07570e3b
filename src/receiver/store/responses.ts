/** Storage of responses: one for each post and source, with any protocol. */
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
  /** The record as written to `content/responses/`, with this status and, once published, its `wm-id`. */
  readonly record: PostResponse;
  /** URL of the author's picture. */
  readonly photo: string | null;
  /** Number of consecutive verifications that found the source missing (404). */
  readonly misses: number;
  /** Hash of the key that allows editing and withdrawing a comment. */
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
  /** The sender's site or account, see `senderOrigin` in moderation.ts; empty when it isn't known. */
  readonly place: string;
  readonly editKey?: string | undefined;
}

/**
 * Stores a response, and publishes it if it's approved. A comment withdrawn meanwhile stays deleted.
 * @param job job whose lease is required; null for none.
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
 * Sets the status of a response, by a moderator or its sender. The first statement returns no rows if the response
 * was deleted meanwhile. For a deletion, `record` is the tombstone that replaces the content.
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

/** Increments the number of times that the source was missing. */
export function missStatement(response: StoredResponse): Statement {
  return statement("UPDATE response SET misses = misses + 1 WHERE id = ?", response.id);
}

/** Assigns the next `wm-id` to an approved response. */
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

/** Responses with a status, most recently changed first. */
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

/** The newest responses that aren't deleted, used to recognize spam. */
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

/** Whether there is an approved response from this site or account. */
export async function isPlaceApproved(database: Database, place: string): Promise<boolean> {
  const rows = await database.all(
    "SELECT 1 FROM response WHERE place = ? AND status = 'approved' LIMIT 1",
    place,
  );
  return place !== "" && rows.length > 0;
}

/** Converts a row to a response. */
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
