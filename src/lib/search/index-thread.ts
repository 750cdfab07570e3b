import type { Answer, Assembled, Assembly, Task } from "./index-worker.ts";
import type { ShownText, TextsRead } from "./text-reader.ts";
import { type WatchedThread, askThread, startThread } from "./thread.ts";

/** Room for what lives only shortly; left to itself, V8 takes 100 MB more and is no faster. */
const YOUNG_MB = 24;

/**
 * The thread that reads texts and puts the index together. It's started when it's first asked, and answers questions in
 * their order.
 */
export class IndexThread {
  readonly #cacheDir: string;
  #thread: WatchedThread | null = null;
  #ending = Promise.resolve();

  constructor(cacheDir: string) {
    this.#cacheDir = cacheDir;
  }

  /** Starts the thread and has it read what earlier builds found, so that all is at hand when it's asked. */
  prepare(): void {
    if (this.#thread === null) this.#started().worker.postMessage({ name: "prepare" } satisfies Task);
  }

  /** @throws the thread's error. */
  async read(texts: readonly ShownText[]): Promise<TextsRead> {
    const answer = await this.#ask({ name: "read", texts });
    if (answer.name !== "read") throw new Error("The search thread lost its place");
    return answer.result;
  }

  /**
   * Puts the index together from the cache, what was read, and what Pagefind read.
   * @throws the thread's error.
   */
  async assemble(assembly: Assembly): Promise<Assembled> {
    const answer = await this.#ask({ name: "assemble", ...assembly });
    if (answer.name !== "assemble") throw new Error("The search thread lost its place");
    return answer.result;
  }

  /**
   * Ends the thread once it has written what later builds need; then its memory is free. Another is started when there
   * is something to ask after all.
   * @throws Error when that couldn't be written.
   */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    if (thread !== null) {
      thread.worker.postMessage({ name: "end" } satisfies Task);
      this.#ending = thread.ended;
    }
    await this.#ending;
  }

  /** Ends the thread whatever it's doing. */
  async giveUp(): Promise<void> {
    await this.#thread?.worker.terminate();
    this.#thread = null;
  }

  #started(): WatchedThread {
    const options = { workerData: this.#cacheDir, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } };
    return (this.#thread ??= startThread(new URL("./index-worker.ts", import.meta.url), options));
  }

  #ask(task: Task): Promise<Answer> {
    return askThread(this.#started(), task);
  }
}

/** Ends the thread when `use` is over. */
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
    await thread.giveUp();
  }
}
