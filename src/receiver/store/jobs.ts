/** The queue of jobs, which survive a crash. Each job is run by one worker at a time. */
import { numberIn, statement, textIn, type Database, type SqlRow, type Statement } from "./database.ts";

export type JobKind = "verify" | "hook" | "dispatch";

export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly key: string;
  /** JSON. */
  readonly payload: string;
  /** Number of times it was started, including the current one. */
  readonly attempts: number;
  /** Random id of this run; only a worker with the current lease can finish the job. */
  readonly lease: string;
}

/** Adds a job, or replaces the payload of the queued one with the same key; a running one runs again afterwards. */
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
 * Leases the job that has been due longest, including jobs with an expired lease.
 * @param lease random id.
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

/** Extends a lease. @returns false when another worker has the job. */
export async function extendLease(database: Database, job: Job, until: number): Promise<boolean> {
  const rows = await database.all(
    "UPDATE job SET leased_until = ? WHERE id = ? AND lease = ? RETURNING id",
    until,
    job.id,
    job.lease,
  );
  return rows.length > 0;
}

/** Condition for statements that require the lease; its placeholders are the job's id and lease. */
export const HOLDS_LEASE = "EXISTS (SELECT 1 FROM job WHERE id = ? AND lease = ?)";

/** Finishes a job, for the transaction with its effects. A job added again meanwhile is immediately due again. */
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

/** Returns a job to the queue until `due`. */
export function postponeStatement(job: Job, due: number): Statement {
  return statement(
    "UPDATE job SET lease = NULL, leased_until = 0, again = 0, due = ? WHERE id = ? AND lease = ?",
    due,
    job.id,
    job.lease,
  );
}

/** Number of queued and running jobs. */
export async function queueLength(database: Database): Promise<number> {
  const [row] = await database.all("SELECT COUNT(*) AS count FROM job");
  return numberIn(row, "count");
}

/** Time when the next job is due, in ms since 1970; null when the queue is empty. */
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
