/** Threads that work for the search index, one question at a time. */
import { once } from "node:events";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** What a thread answers when it can't. */
export interface Failure {
  readonly name: "failure";
  readonly reason: unknown;
}

/**
 * Starts a thread for as long as `use` runs; then it ends and its memory is free.
 * @throws Error whose cause is the thread's, or what `use` threw.
 */
export async function withThread<Result>(
  file: URL,
  options: WorkerOptions,
  use: (worker: Worker) => Promise<Result>,
): Promise<Result> {
  const worker = new Worker(file, { execArgv: [], ...options });
  try {
    return await use(worker);
  } catch (cause) {
    throw new Error("The search index couldn't be made", { cause });
  } finally {
    await worker.terminate();
  }
}

/** @throws the reason of the thread's failure. */
export async function askThread<Answer>(worker: Worker, task: object): Promise<Answer> {
  worker.postMessage(task);
  const [answer]: (Answer | Failure | undefined)[] = await once(worker, "message");
  if (answer === undefined) throw new Error("A thread of the search index ended early");
  if (isFailure(answer)) throw answer.reason;
  return answer;
}

function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "name" in answer && answer.name === "failure";
}
