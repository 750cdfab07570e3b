/** Storage of received notifications, for their status pages. */
import { metricStatement } from "./counters.ts";
import { enqueueStatement, HOLDS_LEASE, type Job } from "./jobs.ts";
import { numberIn, statement, textIn, type Database, type Statement } from "./database.ts";

export type NotificationProtocol = "webmention" | "pingback" | "trackback";

/**
 * Outcomes of notifications. `none`: not verified yet; `waits`: the response needs approval; `same`: the response
 * hasn't changed; `no-source`: 404 or 410; `failed`: no usable response after all attempts.
 */
const OUTCOMES = [
  "none",
  "shown",
  "waits",
  "updated",
  "same",
  "deleted",
  "no-link",
  "no-source",
  "unreadable",
  "bad-vouch",
  "failed",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface Notification {
  /** Random token in the status page's URL. */
  readonly token: string;
  readonly protocol: NotificationProtocol;
  readonly source: string;
  readonly target: string;
  readonly slug: string;
  readonly isDone: boolean;
  readonly outcome: Outcome;
  /** One sentence for the sender. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly received: number;
}

/** Payload of a `verify` job. */
export interface VerifyPayload {
  readonly protocol: NotificationProtocol;
  readonly source: string;
  readonly target: string;
  readonly slug: string;
  /** URL of a page that links to the source's domain, on a site whose responses were approved. */
  readonly vouch?: string;
  /** Data about the source in a trackback ping. */
  readonly trackback?: { readonly title: string; readonly excerpt: string; readonly site: string };
}

/** Key of the job that verifies this pair. */
function verifyKey({ source, slug }: Pick<VerifyPayload, "source" | "slug">): string {
  return `verify ${slug} ${source}`;
}

/** Token of the notification of a pair that is waiting for verification, or null. */
export async function queuedNotification(
  database: Database,
  slug: string,
  source: string,
): Promise<string | null> {
  const [row] = await database.all(
    "SELECT token FROM notification WHERE slug = ? AND source = ? AND state = 'queued' LIMIT 1",
    slug,
    source,
  );
  return row === undefined ? null : textIn(row, "token");
}

/**
 * Stores a notification and its job. If the pair is already queued, its job and status page are reused.
 * @returns the token of its status page.
 */
export async function storeNotification(
  database: Database,
  payload: VerifyPayload,
  token: string,
  now: number,
): Promise<string> {
  const { protocol, source, target, slug } = payload;
  const [, rows] = await database.batch([
    statement(
      `INSERT INTO notification (token, protocol, source, target, slug, state, outcome, message, received)
       SELECT ?, ?, ?, ?, ?, 'queued', 'none', '', ?
       WHERE NOT EXISTS (SELECT 1 FROM notification WHERE slug = ? AND source = ? AND state = 'queued')`,
      ...[token, protocol, source, target, slug, now],
      ...[slug, source],
    ),
    statement(
      "SELECT token FROM notification WHERE slug = ? AND source = ? AND state = 'queued'",
      slug,
      source,
    ),
    enqueueStatement("verify", verifyKey(payload), JSON.stringify(payload), now),
    metricStatement(`received_${protocol}`),
  ]);
  return textIn(rows?.[0], "token");
}

/** Completes all notifications of a pair; requires the job's lease. */
export function outcomeStatement(
  { source, slug }: VerifyPayload,
  outcome: Outcome,
  message: string,
  now: number,
  job: Job,
): Statement {
  return statement(
    `UPDATE notification SET state = 'done', outcome = ?, message = ?, finished = ?
     WHERE slug = ? AND source = ? AND state = 'queued' AND ${HOLDS_LEASE}`,
    ...[outcome, message, now, slug, source, job.id, job.lease],
  );
}

/** Sets the status page's message about why a notification is still waiting. */
export function waitingStatement({ source, slug }: VerifyPayload, message: string): Statement {
  return statement(
    "UPDATE notification SET message = ? WHERE slug = ? AND source = ? AND state = 'queued'",
    ...[message, slug, source],
  );
}

/** The notification with this token, or null. */
export async function notificationBy(database: Database, token: string): Promise<Notification | null> {
  const [row] = await database.all("SELECT * FROM notification WHERE token = ?", token);
  if (row === undefined) return null;
  return {
    token,
    protocol: protocolOf(textIn(row, "protocol")),
    source: textIn(row, "source"),
    target: textIn(row, "target"),
    slug: textIn(row, "slug"),
    isDone: textIn(row, "state") === "done",
    outcome: outcomeOf(textIn(row, "outcome")),
    message: textIn(row, "message"),
    received: numberIn(row, "received"),
  };
}

function outcomeOf(text: string): Outcome {
  return OUTCOMES.find((outcome) => outcome === text) ?? "none";
}

function protocolOf(text: string): NotificationProtocol {
  return text === "pingback" || text === "trackback" ? text : "webmention";
}
