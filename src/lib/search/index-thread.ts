import type { Answer, Assembled, Assembly, Task } from "./index-worker.ts";
import type { ShownText, TextsRead } from "./text-reader.ts";
import { askThread, withThread } from "./thread.ts";

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
  const file = new URL("./index-worker.ts", import.meta.url);
  const options = { workerData: cacheDir, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } };
  return withThread(file, options, (worker) => {
    const ask = (task: Task): Promise<Answer> => askThread(worker, task);
    return use({
      read: async (texts) => {
        const answer = await ask({ name: "read", texts });
        if (answer.name !== "read") throw new Error("The search thread lost its place");
        return answer.result;
      },
      assemble: async (assembly) => {
        const answer = await ask({ name: "assemble", ...assembly });
        if (answer.name !== "assemble") throw new Error("The search thread lost its place");
        return answer.result;
      },
    });
  });
}
