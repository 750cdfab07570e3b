/** Verifies a notification: fetches the source, then stores, updates, deletes or refuses the response. */
import * as z from "zod";
import { checkSource, type SourceCheck } from "../../lib/protocols/check-source.ts";
import { hostOf } from "../../lib/responses/clean-text.ts";
import { tombstoneOf } from "../../lib/responses/moderation.ts";
import type { ReceiverContext } from "../context.ts";
import { announceStatements } from "../hooks.ts";
import { metricStatement } from "../store/counters.ts";
import type { Statement } from "../store/database.ts";
import { finishStatements, postponeStatement, type Job } from "../store/jobs.ts";
import {
  outcomeStatement,
  waitingStatement,
  type Outcome,
  type VerifyPayload,
} from "../store/notifications.ts";
import { missStatement, responseOf, saveStatements, statusStatements } from "../store/responses.ts";
import type { StoredResponse } from "../store/responses.ts";
import { decideStatus } from "./decide-status.ts";
import { sourceRecord } from "./source-record.ts";
import { isVouchedFor } from "./vouch.ts";

const payloadSchema = z.object({
  protocol: z.enum(["webmention", "pingback", "trackback"]),
  source: z.string(),
  target: z.string(),
  slug: z.string(),
  vouch: z.string().optional(),
  trackback: z.object({ title: z.string(), excerpt: z.string(), site: z.string() }).optional(),
});

const MINUTE_MS = 60_000;
/** Delays before retrying a source without a usable response. */
const RETRIES_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS, 12 * 60 * MINUTE_MS];
/** A response is deleted when its source has been missing (404) this many times in a row. */
const MISSES = 3;

/** Runs a `verify` job. Its effects and its completion are one transaction; storing the result requires the lease. */
export async function verify(context: ReceiverContext, job: Job): Promise<void> {
  const payload = payloadOf(job);
  const check = await checkSource(payload.source, payload.target, context.client);
  // Read only after fetching, since a moderator may have decided meanwhile.
  const known = await responseOf(context.database, payload.slug, payload.source);
  const isAlive = known !== null && known.status !== "deleted";
  switch (check.state) {
    case "linked":
      await store(context, job, payload, check);
      return;
    case "gone":
    case "unlinked":
      if (isAlive) await remove(context, job, payload, known, `The source ${check.message}`);
      else if (check.state === "gone")
        await end(context, job, payload, "no-source", "The source is gone (410)", []);
      else await end(context, job, payload, "no-link", "The source doesn't link to the target", []);
      return;
    case "missing":
      if (isAlive && known.misses + 1 >= MISSES)
        await remove(context, job, payload, known, "The source is missing (404)");
      else if (isAlive) await retry(context, job, payload, check, [missStatement(known)]);
      else await end(context, job, payload, "no-source", "The source doesn't exist (404)", []);
      return;
    case "unreadable":
      await end(context, job, payload, "unreadable", `The source can't be read: ${check.message}`, []);
      return;
    case "unreachable":
      await retry(context, job, payload, check, []);
  }
}

/** Completes a verification that failed because of an internal error. */
export function giveUp(job: Job, now: number): readonly Statement[] {
  return [outcomeStatement(payloadOf(job), "failed", "The receiver had an error of its own", now, job)];
}

function payloadOf(job: Job): VerifyPayload {
  const { vouch, trackback, ...pair } = payloadSchema.parse(JSON.parse(job.payload));
  return {
    ...pair,
    ...(vouch === undefined ? {} : { vouch }),
    ...(trackback === undefined ? {} : { trackback }),
  };
}

async function store(
  context: ReceiverContext,
  job: Job,
  payload: VerifyPayload,
  { response }: SourceCheck,
): Promise<void> {
  if (response === null) throw new Error("A source that links has an answer");
  if (payload.vouch !== undefined && !(await isVouchedFor(payload.vouch, payload.source, context.client))) {
    const message = `The vouch doesn't link to ${hostOf(payload.source)}`;
    await end(context, job, payload, "bad-vouch", message, []);
    return;
  }
  const now = context.now();
  const { record, photo } = await sourceRecord(payload, response, new Date(now), context.client);
  const known = await responseOf(context.database, payload.slug, payload.source);
  const isUpdate = known !== null && known.status !== "deleted";
  const received = isUpdate ? known.record["wm-received"] : record["wm-received"];
  const dated = { ...record, "wm-received": received };
  const { status, suspicion = [], place } = await decideStatus(context, dated, known);
  const draft = { slug: payload.slug, record: dated, photo, status, suspicion, place };
  const isSame = isUpdate && isUnchanged(known, draft);
  // An approved response that needs approval again is removed from the page.
  const isTakenBack = isUpdate && known.status === "approved" && status !== "approved";
  const event = isSame ? null : status === "approved" ? "published" : isTakenBack ? "deleted" : null;
  const outcome = isSame ? "same" : status !== "approved" ? "waits" : isUpdate ? "updated" : "shown";
  await end(context, job, payload, outcome, MESSAGES[outcome], [
    ...(isSame ? [] : saveStatements(draft, now, job)),
    ...(event === null ? [] : announceStatements(context, draft, event, job)),
  ]);
}

const MESSAGES = {
  same: "The response is known as it is; nothing has changed",
  shown: "Accepted, and shown with the next update of the site",
  waits: "Accepted; it's shown once the author has approved it",
  updated: "Updated, and shown with the next update of the site",
} as const satisfies Partial<Record<Outcome, string>>;

/** Whether a response is unchanged, so that nothing is stored or announced. */
function isUnchanged(
  known: StoredResponse,
  { record, photo, status }: { record: StoredResponse["record"]; photo: string | null; status: string },
): boolean {
  const comparable = (each: StoredResponse["record"]) =>
    JSON.stringify({ ...each, "wm-id": 0, status: "pending", suspicion: undefined });
  return known.status === status && known.photo === photo && comparable(known.record) === comparable(record);
}

async function remove(
  context: ReceiverContext,
  job: Job,
  payload: VerifyPayload,
  known: StoredResponse,
  message: string,
): Promise<void> {
  const tombstone = tombstoneOf(known.record, "source");
  const announced = known.status === "approved";
  await end(context, job, payload, "deleted", `${message}; the response was deleted`, [
    ...statusStatements(known, "deleted", tombstone, context.now(), job),
    ...(announced
      ? announceStatements(context, { slug: payload.slug, record: tombstone, photo: null }, "deleted", job)
      : []),
  ]);
}

async function retry(
  context: ReceiverContext,
  job: Job,
  payload: VerifyPayload,
  check: SourceCheck,
  effects: readonly Statement[],
): Promise<void> {
  const waitMs = RETRIES_MS[job.attempts - 1];
  if (waitMs === undefined) {
    await end(context, job, payload, "failed", `The source can't be fetched (${check.message})`, effects);
    return;
  }
  const message = `The source can't be fetched (${check.message}); it will be tried again`;
  await context.database.batch([
    ...effects,
    waitingStatement(payload, message),
    postponeStatement(job, context.now() + waitMs),
    metricStatement("verify_retried"),
  ]);
}

async function end(
  context: ReceiverContext,
  job: Job,
  payload: VerifyPayload,
  outcome: Outcome,
  message: string,
  effects: readonly Statement[],
): Promise<void> {
  const now = context.now();
  await context.database.batch([
    ...effects,
    outcomeStatement(payload, outcome, message, now, job),
    ...finishStatements(job, now),
    metricStatement(`verified_${outcome}`),
  ]);
}
