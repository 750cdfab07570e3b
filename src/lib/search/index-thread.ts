import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Answer, Assembled, Assembly, Task } from "./index-worker.ts";
import type { ShownText, TextsRead } from "./text-reader.ts";

/** The thread that reads texts and puts the index together; answers one question at a time. */
export interface IndexThread {
  read(texts: readonly ShownText[]): Promise<TextsRead>;
  /** Puts the index together from the cache, what was read, and what Pagefind read. */
  assemble(assembly: Assembly): Promise<Assembled>;
}

/** Room for what lives only shortly; left to itself, V8 takes 100 MB more and is no faster. */
const YOUNG_MB = 24;

/**
 * Starts the thread for as long as `use` runs; then it ends and its memory is free.
 * @throws Error whose cause is Pagefind's, or what `use` threw.
 */
export async function withIndexThread<Result>(
  cacheDir: string,
  use: (thread: IndexThread) => Promise<Result>,
): Promise<Result> {
  const worker = new Worker(new URL("./index-worker.ts", import.meta.url), {
    execArgv: [],
    workerData: cacheDir,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  try {
    return await use({
      read: async (texts) => {
        const answer = await ask(worker, { name: "read", texts });
        if (answer.name !== "read") throw new Error("The search thread lost its place");
        return answer.result;
      },
      assemble: async (assembly) => {
        const answer = await ask(worker, { name: "assemble", ...assembly });
        if (answer.name !== "assemble") throw new Error("The search thread lost its place");
        return answer.result;
      },
    });
  } catch (cause) {
    throw new Error("The search index couldn't be made", { cause });
  } finally {
    await worker.terminate();
  }
}

async function ask(worker: Worker, task: Task): Promise<Answer> {
  worker.postMessage(task);
  const [answer]: Answer[] = await once(worker, "message");
  if (answer === undefined) throw new Error("The search thread ended early");
  if (answer.name === "failure") throw answer.reason;
  return answer;
}
