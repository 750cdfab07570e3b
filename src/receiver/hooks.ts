/** Announces that a response was published or deleted: by webhooks, and by starting a rebuild on GitHub. */
import * as z from "zod";
import type { PostResponse } from "../lib/responses/model.ts";
import type { ReceiverContext } from "./context.ts";
import { hmacHex } from "./secrets.ts";
import { metricStatement } from "./store/counters.ts";
import { statement, type Statement } from "./store/database.ts";
import { finishStatements, HOLDS_LEASE, postponeStatement, type Job } from "./store/jobs.ts";

export interface Announced {
  readonly slug: string;
  readonly record: PostResponse;
  readonly photo: string | null;
}

const payloadSchema = z.object({
  hook: z.int(),
  event: z.enum(["published", "deleted"]),
  slug: z.string(),
  source: z.string(),
  target: z.string(),
});

const MINUTE_MS = 60_000;
const RETRIES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 720 * MINUTE_MS];
const HOOK_TIMEOUT_MS = 20_000;
/** Delay that lets several responses in a row start a single rebuild. */
const DISPATCH_DELAY_MS = 30_000;

/**
 * Statements that queue the announcement of an event, for the transaction that changes the response. A queued job with
 * the same key gets the new payload and the earlier of both due times; a running one runs again afterwards.
 */
export function announceStatements(
  { options, now }: Pick<ReceiverContext, "options" | "now">,
  { slug, record }: Announced,
  event: "published" | "deleted",
  job: Job | null,
): readonly Statement[] {
  const at = now();
  const source = record["wm-source"];
  const hooks = options.hooks.map((_, hook) => {
    const payload = { hook, event, slug, source, target: record["wm-target"] };
    return jobStatement("hook", `hook ${hook} ${slug} ${source}`, JSON.stringify(payload), at, job);
  });
  const dispatch =
    options.dispatch === null
      ? []
      : [jobStatement("dispatch", "dispatch", "{}", at + DISPATCH_DELAY_MS, job)];
  return [...hooks, ...dispatch];
}

function jobStatement(
  kind: "hook" | "dispatch",
  key: string,
  payload: string,
  due: number,
  job: Job | null,
): Statement {
  const condition = job === null ? "1 = 1" : HOLDS_LEASE;
  return statement(
    `INSERT INTO job (kind, key, payload, due) SELECT ?, ?, ?, ? WHERE ${condition}
     ON CONFLICT (key) DO UPDATE SET
       payload = excluded.payload,
       again = CASE WHEN lease IS NULL THEN 0 ELSE 1 END,
       due = CASE WHEN lease IS NULL THEN MIN(due, excluded.due) ELSE due END,
       attempts = CASE WHEN lease IS NULL THEN 0 ELSE attempts END`,
    ...[kind, key, payload, due, ...(job === null ? [] : [job.id, job.lease])],
  );
}

/** Sends a webhook: JSON, with `sha256=` and the HMAC of the body in the header `X-Webmention-Signature`. */
export async function deliverHook(context: ReceiverContext, job: Job): Promise<void> {
  const { hook, event, source, target, slug } = payloadSchema.parse(JSON.parse(job.payload));
  const configured = context.options.hooks[hook];
  if (configured === undefined) {
    await context.database.batch(finishStatements(job, context.now()));
    return;
  }
  const body = JSON.stringify({
    event,
    source,
    target,
    slug,
    ...(event === "deleted" ? { deleted: true } : {}),
  });
  const signature = `sha256=${await hmacHex(configured.secret, body)}`;
  await post(context, job, configured.url, body, { "x-webmention-signature": signature });
}

/** Starts GitHub workflows that listen for `repository_dispatch` with the type `backfence-response`. */
export async function dispatchRebuild(context: ReceiverContext, job: Job): Promise<void> {
  const { dispatch } = context.options;
  if (dispatch === null) {
    await context.database.batch(finishStatements(job, context.now()));
    return;
  }
  const url = new URL(`repos/${dispatch.repository}/dispatches`, dispatch.api).href;
  await post(context, job, url, JSON.stringify({ event_type: "backfence-response" }), {
    authorization: `Bearer ${dispatch.token}`,
    accept: "application/vnd.github+json",
  });
}

/** Sends a request without the address checks of `context.client`: configured URLs may be on a private network. */
async function post(
  context: ReceiverContext,
  job: Job,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { database, now, log } = context;
  const status = await statusOf(url, body, headers);
  const isTemporary = status === null || status >= 500 || status === 408 || status === 429;
  const waitMs = RETRIES_MS[job.attempts - 1];
  if (isTemporary && waitMs !== undefined) {
    await database.batch([postponeStatement(job, now() + waitMs)]);
    return;
  }
  const isOk = status !== null && status >= 200 && status < 300;
  if (!isOk) log(`${job.kind} to ${new URL(url).host} failed: ${status ?? "no answer"}`);
  await database.batch([
    ...finishStatements(job, now()),
    metricStatement(`${job.kind}_${isOk ? "delivered" : "failed"}`),
  ]);
}

async function statusOf(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { "content-type": "application/json", "user-agent": "Backfence receiver", ...headers },
      signal: AbortSignal.timeout(HOOK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}
