/** The queue: work that survives a crash, done by one worker at a time. */
import { numberIn, statement, textIn, type Database, type SqlRow, type Statement } from "./database.ts";

export type JobKind = "verify" | "hook" | "dispatch";

export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly key: string;
  /** JSON. */
  readonly payload: string;
  /** How often it was begun, this time included. */
  readonly attempts: number;
  /** Names this worker's turn; only its holder may finish the job. */
  readonly lease: string;
}

/** Adds a job, or renews the payload of the one with this key; one that is running will run again. */
export function enqueueStatement(kind: JobKind, key: string, payload: string, due: number): Statement {
  return statement(
    `INSERT INTO job (kind, key, payload, due) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET
       payload = excluded.payload,
       again = CASE WHEN lease IS NULL THEN 0 ELSE 1 END,
       due = CASE WHEN lease IS NULL THEN MIN(due, excluded.due) ELSE due END`,
    kind,
    key,
    payload,
    due,
  );
}

/**
 * Takes the job that is due longest; a lease that has run out counts as none.
 * @param lease a random name.
 */
export async function claimJob(
  database: Database,
  lease: string,
  now: number,
  leaseMs: number,
): Promise<Job | null> {
  const [row] = await database.all(
    `UPDATE job SET lease = ?, leased_until = ?, attempts = attempts + 1
     WHERE id = (SELECT id FROM job WHERE due <= ? AND leased_until <= ? ORDER BY due, id LIMIT 1)
     RETURNING *`,
    lease,
    now + leaseMs,
    now,
    now,
  );
  return row === undefined ? null : jobOf(row, lease);
}

/** Prolongs a lease. @returns false when it was lost. */
export async function extendLease(database: Database, job: Job, until: number): Promise<boolean> {
  const rows = await database.all(
    "UPDATE job SET leased_until = ? WHERE id = ? AND lease = ? RETURNING id",
    until,
    job.id,
    job.lease,
  );
  return rows.length > 0;
}

/** Condition for statements that may only take effect while the lease is held; takes the job's id and lease. */
export const HOLDS_LEASE = "EXISTS (SELECT 1 FROM job WHERE id = ? AND lease = ?)";

/** Ends a job, in the same transaction as its effects: what came meanwhile makes it due at once again. */
export function finishStatements(job: Job, now: number): readonly Statement[] {
  return [
    statement("DELETE FROM job WHERE id = ? AND lease = ? AND again = 0", job.id, job.lease),
    statement(
      `UPDATE job SET lease = NULL, leased_until = 0, attempts = 0, again = 0, due = ? WHERE id = ? AND lease = ?`,
      now,
      job.id,
      job.lease,
    ),
  ];
}

/** Puts a job back until `due`. */
export function postponeStatement(job: Job, due: number): Statement {
  return statement(
    "UPDATE job SET lease = NULL, leased_until = 0, again = 0, due = ? WHERE id = ? AND lease = ?",
    due,
    job.id,
    job.lease,
  );
}

/** How many jobs wait or run. */
export async function queueLength(database: Database): Promise<number> {
  const [row] = await database.all("SELECT COUNT(*) AS count FROM job");
  return numberIn(row, "count");
}

/** When the next job is due, in milliseconds since 1970; null when there is none. */
export async function nextDue(database: Database): Promise<number | null> {
  const [row] = await database.all("SELECT MIN(MAX(due, leased_until)) AS due FROM job");
  return typeof row?.["due"] === "number" ? row["due"] : null;
}

function jobOf(row: SqlRow, lease: string): Job {
  return {
    id: numberIn(row, "id"),
    kind: kindOf(textIn(row, "kind")),
    key: textIn(row, "key"),
    payload: textIn(row, "payload"),
    attempts: numberIn(row, "attempts"),
    lease,
  };
}

function kindOf(kind: string): JobKind {
  if (kind === "verify" || kind === "hook" || kind === "dispatch") return kind;
  throw new Error(`There is no such kind of job: ${kind}`);
}
