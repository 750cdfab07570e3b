import { type WorkerPool, workerFile, workerPool } from "../worker-pool.ts";
import type { Indexer } from "./pagefind-incremental.ts";

type IndexPool = WorkerPool<typeof import("./index-worker.ts")>;

/** Left to itself, V8 takes 100 MB more for the thread and is no faster. */
const YOUNG_GENERATION_MB = 24;

/** An indexer in a thread of its own, which starts with the first request. */
export class IndexThread {
  readonly #cacheDir: string;
  #pool: IndexPool | null = null;
  #ending = Promise.resolve();

  /** @param cacheDir folder of the search cache. */
  constructor(cacheDir: string) {
    this.#cacheDir = cacheDir;
  }

  /** Starts the thread and loads what the last build stored, so that the first request needn't wait for it. */
  prepare(): void {
    // A failure comes up again with the request that needs what was loaded.
    if (this.#pool === null)
      this.#started()
        .run("prepare", undefined)
        .catch(() => undefined);
  }

  /** Sends requests to the thread. */
  readonly indexer: Indexer = {
    prepare: () => this.#started().run("prepare", undefined),
    read: (...input) => this.#started().run("read", input),
    assemble: (...input) => this.#started().run("assemble", input),
    pagefindFiles: (...input) => this.#started().run("pagefindFiles", input),
    finish: () => this.end(),
  };

  /**
   * Ends the thread after it has stored what later builds need. A later request starts another.
   * @throws Error when that couldn't be stored.
   */
  async end(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    if (pool !== null) this.#ending = pool.run("finish", undefined).finally(() => pool.close());
    await this.#ending;
  }

  /** Ends the thread at once. */
  async abort(): Promise<void> {
    await this.#pool?.close();
    this.#pool = null;
  }

  #started(): IndexPool {
    return (this.#pool ??= workerPool(workerFile("./index-worker", import.meta.url), {
      ...{ threads: 1, input: this.#cacheDir, youngGenerationMb: YOUNG_GENERATION_MB },
    }));
  }
}

/** Runs `use` with a thread, which then ends. */
export async function withIndexThread<Result>(
  cacheDir: string,
  use: (thread: IndexThread) => Promise<Result>,
): Promise<Result> {
  const thread = new IndexThread(cacheDir);
  try {
    const result = await use(thread);
    await thread.end();
    return result;
  } finally {
    await thread.abort();
  }
}
