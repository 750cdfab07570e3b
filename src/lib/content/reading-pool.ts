import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Made } from "../cache/file-index.ts";
import type { Settings } from "../site/settings.ts";
import type { PostEntry } from "./post-entry.ts";

/** What a thread needs to read posts. */
export interface WorkerData {
  readonly root: string;
  readonly settings: Settings;
  readonly base: string;
  readonly bodiesDir: string;
  readonly picturesDir: string;
}

export interface WorkerTask {
  readonly id: number;
  readonly file: string;
  readonly bytes: Uint8Array;
}

export type WorkerAnswer =
  | { readonly kind: "made"; readonly id: number; readonly made: Made<PostEntry> }
  | { readonly kind: "failed"; readonly id: number; readonly error: unknown }
  | { readonly kind: "damage"; readonly file: string };

interface Waiting {
  readonly thread: Thread;
  readonly resolve: (made: Made<PostEntry>) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Posts that it has been given and that haven't come back. */
  waiting: number;
}

/**
 * Threads that read and render posts, for loads in which many of them are new. The thread that asks reads along
 * whenever the others have enough to do: it would only wait, and each further thread costs half a second of processor
 * time before it's warm. Close it after use.
 */
export class ReadingPool {
  readonly #threads: readonly Thread[];
  readonly #waiting = new Map<number, Waiting>();
  readonly #readHere: ReadHere;
  readonly #onDamage: (file: string) => void;
  #next = 0;

  /** @param readHere reads a post in this thread. */
  constructor(data: WorkerData, readHere: ReadHere, onDamage: (file: string) => void = () => {}) {
    this.#readHere = readHere;
    this.#onDamage = onDamage;
    const others = Math.min(MOST_THREADS, availableParallelism()) - 1;
    this.#threads = Array.from({ length: others }, () => this.#start(data));
  }

  /** Tasks that keep all threads busy, this one too. */
  get atOnce(): number {
    return this.#threads.length * AHEAD + 1;
  }

  /** The same as `readPost`. */
  async read(bytes: Buffer, file: string): Promise<Made<PostEntry>> {
    const thread = this.#threads.find(({ waiting }) => waiting < AHEAD);
    if (thread !== undefined) return this.#readThere(thread, bytes, file);
    // What the others have finished is taken first, so that they get the next posts.
    await setImmediate();
    return this.#readHere(bytes, file);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #readThere(thread: Thread, bytes: Buffer, file: string): Promise<Made<PostEntry>> {
    const id = this.#next++;
    thread.waiting++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { thread, resolve, reject });
      thread.worker.postMessage({ id, file, bytes } satisfies WorkerTask);
    });
  }

  #start(data: WorkerData): Thread {
    const worker = new Worker(new URL("./read-worker.ts", import.meta.url), { workerData: data });
    const thread: Thread = { worker, waiting: 0 };
    worker.on("message", (answer: WorkerAnswer) => this.#take(answer));
    worker.on("error", (cause) =>
      this.#fail(thread, new Error("A thread that reads posts has failed", { cause })),
    );
    worker.on("exit", () => this.#fail(thread, new Error("A thread that reads posts has ended")));
    return thread;
  }

  #take(answer: WorkerAnswer): void {
    if (answer.kind === "damage") return this.#onDamage(answer.file);
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    this.#waiting.delete(answer.id);
    waiting.thread.waiting--;
    if (answer.kind === "made") waiting.resolve(answer.made);
    else waiting.reject(answer.error);
  }

  #fail(thread: Thread, error: Error): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.thread !== thread) continue;
      this.#waiting.delete(id);
      waiting.reject(error);
    }
  }
}

type ReadHere = (bytes: Buffer, file: string) => Promise<Made<PostEntry>>;

/** Posts that a thread has before it, so that it never waits for this one. */
const AHEAD = 4;

/** More threads than this wait for the disk. */
const MOST_THREADS = 4;
