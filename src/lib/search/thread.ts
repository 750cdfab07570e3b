/** Threads that work for the search index, one question at a time. */
import { Worker, type WorkerOptions } from "node:worker_threads";

/** What a thread answers when it can't. */
export interface Failure {
  readonly name: "failure";
  readonly reason: unknown;
}

/** A thread that's watched from its start on, so that an error isn't lost that comes while nobody asks. */
export interface WatchedThread {
  readonly worker: Worker;
  /** Fulfilled when it has ended, rejected when it failed. */
  readonly ended: Promise<void>;
  /** Those who wait for answers, which come in the order of the questions. */
  readonly waiting: ((answer: unknown) => void)[];
}

export function startThread(file: URL, options: WorkerOptions): WatchedThread {
  const worker = new Worker(file, { execArgv: [], ...options });
  const waiting: WatchedThread["waiting"] = [];
  worker.on("message", (answer) => waiting.shift()?.(answer));
  const ended = new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
  ended.catch(() => undefined);
  return { worker, ended, waiting };
}

/**
 * Starts a thread for as long as `use` runs; then it ends and its memory is free.
 * @throws Error whose cause is the thread's, or what `use` threw.
 */
export async function withThread<Result>(
  file: URL,
  options: WorkerOptions,
  use: (thread: WatchedThread) => Promise<Result>,
): Promise<Result> {
  const thread = startThread(file, options);
  try {
    return await use(thread);
  } catch (cause) {
    throw new Error("The search index couldn't be made", { cause });
  } finally {
    await thread.worker.terminate();
  }
}

/** @throws the reason of the thread's failure. */
export async function askThread<Answer extends object>(
  { worker, ended, waiting }: WatchedThread,
  task: object,
): Promise<Answer> {
  worker.postMessage(task);
  const answered = new Promise<Answer | Failure>((resolve) => {
    waiting.push((answer) => resolve(answer as Answer | Failure));
  });
  const answer = await Promise.race([answered, ended]);
  if (answer === undefined) throw new Error("A thread of the search index ended early");
  if (isFailure(answer)) throw answer.reason;
  return answer;
}

function isFailure(answer: object): answer is Failure {
  return "name" in answer && answer.name === "failure";
}
