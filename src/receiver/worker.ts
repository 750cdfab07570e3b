/** Works off the queue: a few jobs at a time, until nothing is due. */
import type { ReceiverContext } from "./context.ts";
import { deliverHook, dispatchRebuild } from "./hooks.ts";
import { addToMetric } from "./store/counters.ts";
import { claimJob, finishStatements, postponeStatement, type Job } from "./store/jobs.ts";
import { giveUp, verify } from "./verify/verify-job.ts";

/** Longer than any job takes: every fetch ends after seconds. */
const LEASE_MS = 2 * 60_000;
const FAULT_RETRY_MS = 5 * 60_000;
const MOST_FAULTS = 5;
/** A job that was begun so often has killed its worker each time. */
const MOST_ATTEMPTS = 8;

/** Does one job that is due. @returns false when there was none. */
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
 * Does everything that is due.
 * @param concurrency jobs at a time: most of their time they wait for other people's servers.
 * @param isStopped ends after the jobs that are running.
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

/** A fault of ours: the job is tried again later, and given up after a few attempts so that it can't block the rest. */
async function putBack({ database, now, log }: ReceiverContext, job: Job, error: unknown): Promise<void> {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
  // JSON leaves nothing of control characters.
  log(`${job.kind} job failed: ${JSON.stringify(what).slice(0, 300)}`);
  await addToMetric(database, "job_faults");
  if (job.attempts < MOST_FAULTS) {
    await database.batch([postponeStatement(job, now() + FAULT_RETRY_MS)]);
    return;
  }
  await abandon({ database, now }, job);
}
