import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import type { Made } from "../cache/file-index.ts";
import type { Settings } from "../site/settings.ts";
import { openWorkerPool } from "../worker-pool.ts";
import type { ReadContext } from "./body-entry.ts";
import type { TextFiles } from "./text-index.ts";
import type { PostEntry } from "./post-entry.ts";

/** Data that a thread needs for reading posts. */
export interface ReadingData {
  readonly root: string;
  readonly settings: Settings;
  readonly base: string;
  readonly embeds: ReadContext["embeds"];
  readonly texts: TextFiles;
  readonly bodiesDir: string;
  readonly picturesDir: string;
}

export interface ReadingTask {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Language from the file's name; null if it has none. */
  readonly lang: string | null;
}

export interface ReadingResult {
  /** In the order of the tasks. */
  readonly made: readonly Made<PostEntry>[];
  /** Damaged cache files, which have been removed. */
  readonly damaged: readonly string[];
}

/** Threads that read and render posts, for loads with many new posts. */
export interface ReadingPool {
  /** Number of concurrent tasks that keeps all threads busy, including the main thread. */
  readonly atOnce: number;
  /** The same as `readPost`. */
  read(bytes: Buffer, file: string, lang: string | null): Promise<Made<PostEntry>>;
  close(): Promise<void>;
}

/** Maximum number of threads, including the main thread. More gain little: each needs 0.5 s of CPU time to warm up. */
const MOST_THREADS = 4;
/** Number of posts in a task, since passing a task to a thread costs about as much as reading a post. */
const BATCH = 8;
/** Batches queued for each thread, so that it never waits for the main thread. */
const AHEAD = 2;

interface Queued {
  readonly task: ReadingTask;
  readonly resolve: (made: Made<PostEntry>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens the pool. The main thread reads posts, too, while the other threads have full queues.
 * @param readHere reads a post in the main thread.
 */
export function openReadingPool(
  data: ReadingData,
  readHere: (bytes: Buffer, file: string, lang: string | null) => Promise<Made<PostEntry>>,
  onDamage: (file: string) => void = () => {},
): ReadingPool {
  const threads = Math.max(1, Math.min(MOST_THREADS, availableParallelism()) - 1);
  const module = new URL(`./read-worker${import.meta.filename.slice(-3)}`, import.meta.url);
  const pool = openWorkerPool<readonly ReadingTask[], ReadingResult>({
    ...{ module, data, threads, isKept: true },
  });
  const most = threads * AHEAD * BATCH;
  let queue: Queued[] = [];
  let queued = 0;
  const flush = (): void => {
    const batch = queue;
    queue = [];
    if (batch.length === 0) return;
    pool.run(batch.map(({ task }) => task)).then(
      ({ made, damaged }) => {
        damaged.forEach(onDamage);
        for (const [at, { resolve, reject }] of batch.entries()) {
          const one = made[at];
          if (one === undefined) reject(new Error("A thread returned too few posts"));
          else resolve(one);
        }
      },
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    );
  };
  return {
    atOnce: most + 1,
    async read(bytes, file, lang) {
      if (queued >= most) {
        // Handle results of the threads first, so that they get the next posts.
        await setImmediate();
        return readHere(bytes, file, lang);
      }
      queued += 1;
      try {
        return await new Promise((resolve, reject) => {
          queue.push({ task: { file, bytes, lang }, resolve, reject });
          if (queue.length >= BATCH) flush();
          else void setImmediate().then(flush);
        });
      } finally {
        queued -= 1;
      }
    },
    close: () => pool.end(),
  };
}
