import { availableParallelism } from "node:os";
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
  readonly worker: Worker;
  readonly resolve: (made: Made<PostEntry>) => void;
  readonly reject: (error: unknown) => void;
}

/** Threads that read and render posts, for loads in which many of them are new. Close it after use. */
export class ReadingPool {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, Waiting>();
  readonly #onDamage: (file: string) => void;
  #next = 0;

  constructor(data: WorkerData, onDamage: (file: string) => void = () => {}) {
    this.#onDamage = onDamage;
    const threads = Math.min(MOST_THREADS, availableParallelism());
    this.#workers = Array.from({ length: threads }, () => this.#start(data));
  }

  /** Tasks that keep all threads busy. */
  get atOnce(): number {
    return this.#workers.length * 4;
  }

  /** The same as `readPost`, in a thread. */
  read(bytes: Buffer, file: string): Promise<Made<PostEntry>> {
    const id = this.#next++;
    const worker = this.#workers[id % this.#workers.length];
    return new Promise((resolve, reject) => {
      if (worker === undefined) throw new Error("The threads that read posts are closed");
      this.#waiting.set(id, { worker, resolve, reject });
      worker.postMessage({ id, file, bytes } satisfies WorkerTask);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(data: WorkerData): Worker {
    const worker = new Worker(new URL("./read-worker.ts", import.meta.url), { workerData: data });
    worker.on("message", (answer: WorkerAnswer) => this.#take(answer));
    worker.on("error", (cause) =>
      this.#fail(worker, new Error("A thread that reads posts has failed", { cause })),
    );
    worker.on("exit", () => this.#fail(worker, new Error("A thread that reads posts has ended")));
    return worker;
  }

  #take(answer: WorkerAnswer): void {
    if (answer.kind === "damage") return this.#onDamage(answer.file);
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.kind === "made") waiting?.resolve(answer.made);
    else waiting?.reject(answer.error);
  }

  #fail(worker: Worker, error: Error): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.worker !== worker) continue;
      this.#waiting.delete(id);
      waiting.reject(error);
    }
  }
}

/** More threads than this wait for the disk. */
const MOST_THREADS = 4;
