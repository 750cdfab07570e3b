import path from "node:path";
import { type WorkerPool, YOUNG_GENERATION_MB, openWorkerPool } from "../worker-pool.ts";
import type { IndexTask } from "./index-worker.ts";
import type { Indexer } from "./pagefind-incremental.ts";

/** The worker next to this file, as TypeScript or compiled. */
const WORKER = new URL(`./index-worker${path.extname(import.meta.url)}`, import.meta.url);

/** An indexer in its own thread, which starts with the first request. */
export class IndexThread {
  readonly #cacheDir: string;
  #pool: WorkerPool<IndexTask, unknown> | null = null;
  #ending = Promise.resolve();

  /** @param cacheDir folder of the search cache. */
  constructor(cacheDir: string) {
    this.#cacheDir = cacheDir;
  }

  /** Starts the thread and loads data stored by the last build, so that the first request doesn't wait for it. */
  prepare(): void {
    // An error occurs again in the request that needs the data.
    if (this.#pool === null) this.indexer.prepare().catch(() => undefined);
  }

  /** Sends requests to the thread. */
  readonly indexer: Indexer = {
    prepare: () => this.#run<"prepare">({ name: "prepare", input: [] }),
    read: (...input) => this.#run<"read">({ name: "read", input }),
    assemble: (...input) => this.#run<"assemble">({ name: "assemble", input }),
    pagefindFiles: (...input) => this.#run<"pagefindFiles">({ name: "pagefindFiles", input }),
    finish: () => this.end(),
  };

  /**
   * Ends the thread after it has stored data for later builds. A later request starts another thread.
   * @throws Error if the data couldn't be stored.
   */
  async end(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    if (pool !== null) this.#ending = finish(pool);
    await this.#ending;
  }

  /** Ends the thread immediately. */
  async abort(): Promise<void> {
    await this.#pool?.end();
    this.#pool = null;
  }

  /** Runs a task in the thread, which is started if there is none. */
  async #run<Name extends keyof Indexer>(task: IndexTask): Promise<Awaited<ReturnType<Indexer[Name]>>> {
    this.#pool ??= openWorkerPool<IndexTask, unknown>({
      ...{ module: WORKER, data: this.#cacheDir, threads: 1, isKept: true },
      youngGenerationMb: YOUNG_GENERATION_MB,
    });
    return (await this.#pool.run(task)) as Awaited<ReturnType<Indexer[Name]>>;
  }
}

async function finish(pool: WorkerPool<IndexTask, unknown>): Promise<void> {
  try {
    await pool.run({ name: "finish", input: [] });
  } finally {
    await pool.end();
  }
}

/** Runs `use` with a thread, which is ended afterward. */
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
