/** Processes the queue: several jobs concurrently, until no job is due. */
import type { ReceiverContext } from "./context.ts";
import { deliverHook, dispatchRebuild } from "./hooks.ts";
import { addToMetric } from "./store/counters.ts";
import { claimJob, finishStatements, postponeStatement, type Job } from "./store/jobs.ts";
import { giveUp, verify } from "./verify/verify-job.ts";

/** Longer than any job takes, since all fetches have timeouts of seconds. */
const LEASE_MS = 2 * 60_000;
const FAULT_RETRY_MS = 5 * 60_000;
const MOST_FAULTS = 5;
/** A job started more often than this has probably crashed its worker each time. */
const MOST_ATTEMPTS = 8;

/** Runs one due job. @returns false when there was none. */
async function workOnce(context: ReceiverContext): Promise<boolean> {
  const { database, random, now } = context;
  const job = await claimJob(database, random(), now(), LEASE_MS);
  if (job === null) return false;
  try {
    if (job.attempts > MOST_ATTEMPTS) await abandon(context, job);
    else await doJob(context, job);
  } catch (error) {
    await putBack(context, job, error);
  }
  return true;
}

/**
 * Runs all due jobs.
 * @param concurrency number of concurrent jobs, which mostly wait for other servers.
 * @param isStopped returns true to stop after the running jobs.
 */
export async function workUntilIdle(
  context: ReceiverContext,
  concurrency: number,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const work = async () => {
    while (!isStopped() && (await workOnce(context)));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function doJob(context: ReceiverContext, job: Job): Promise<void> {
  switch (job.kind) {
    case "verify":
      return await verify(context, job);
    case "hook":
      return await deliverHook(context, job);
    case "dispatch":
      return await dispatchRebuild(context, job);
  }
}

async function abandon(
  { database, now }: Pick<ReceiverContext, "database" | "now">,
  job: Job,
): Promise<void> {
  await database.batch([
    ...(job.kind === "verify" ? giveUp(job, now()) : []),
    ...finishStatements(job, now()),
  ]);
}

/** Handles an internal error: retries the job later, or abandons it after several attempts. */
async function putBack({ database, now, log }: ReceiverContext, job: Job, error: unknown): Promise<void> {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
  // `JSON.stringify` escapes control characters.
  log(`${job.kind} job failed: ${JSON.stringify(what).slice(0, 300)}`);
  await addToMetric(database, "job_faults");
  if (job.attempts < MOST_FAULTS) {
    await database.batch([postponeStatement(job, now() + FAULT_RETRY_MS)]);
    return;
  }
  await abandon({ database, now }, job);
}
