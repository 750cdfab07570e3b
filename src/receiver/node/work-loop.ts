/** Processes the queue until it's stopped. */
import type { ReceiverContext } from "../context.ts";
import { tidyUp } from "../housekeeping.ts";
import { nextDue } from "../store/jobs.ts";
import { workUntilIdle } from "../worker.ts";

const CONCURRENCY = 8;
/** Maximum pause between checks of the queue, since another process may have added jobs. */
const LONGEST_REST_MS = 15_000;
const TIDY_MS = 60 * 60_000;

export interface WorkLoop {
  /** Checks the queue immediately. */
  readonly wake: () => void;
  /** Waits for the running jobs and ends. @param deadline aborts the waiting. */
  readonly stop: (deadline?: AbortSignal) => Promise<void>;
}

/** Starts the loop, which runs until `stop` is called. */
export function startWorkLoop(context: ReceiverContext): WorkLoop {
  let isStopped = false;
  let isWoken = false;
  let ring: () => void = () => undefined;
  let tidiedAt = 0;
  const wake = () => {
    isWoken = true;
    ring();
  };
  const run = async () => {
    while (!isStopped) {
      isWoken = false;
      const { now, log } = context;
      try {
        await workUntilIdle(context, CONCURRENCY, () => isStopped);
        if (now() - tidiedAt > TIDY_MS) {
          await tidyUp(context);
          tidiedAt = now();
        }
      } catch (error) {
        log(`The queue can't be read: ${error instanceof Error ? error.message : "unknown error"}`);
      }
      if (!isWoken && !isStopped) await rest(await restMs(context));
    }
  };
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      ring = done;
      function done() {
        clearTimeout(timer);
        ring = () => undefined;
        resolve();
      }
      if (isWoken) done();
    });
  const running = run();
  return {
    wake,
    stop: async (deadline) => {
      isStopped = true;
      wake();
      const ends = new Promise<void>((resolve) => deadline?.addEventListener("abort", () => resolve()));
      if (deadline?.aborted !== true) await Promise.race([running, ends]);
    },
  };
}

async function restMs({ database, now, log }: ReceiverContext): Promise<number> {
  try {
    const due = await nextDue(database);
    return due === null ? LONGEST_REST_MS : Math.min(LONGEST_REST_MS, Math.max(20, due - now()));
  } catch (error) {
    log(`The queue can't be read: ${error instanceof Error ? error.message : "unknown error"}`);
    return LONGEST_REST_MS;
  }
}
