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
  /** Language that the file's name gives. */
  readonly lang: string | null;
}

export interface ReadingResult {
  /** In the order of the tasks. */
  readonly made: readonly Made<PostEntry>[];
  /** Files of caches that were damaged and have been removed. */
  readonly damaged: readonly string[];
}

/** Threads that read and render posts, for loads in which many posts are new. */
export interface ReadingPool {
  /** Tasks that keep all threads busy, the main thread included. */
  readonly atOnce: number;
  /** The same as `readPost`. */
  read(bytes: Buffer, file: string, lang: string | null): Promise<Made<PostEntry>>;
  close(): Promise<void>;
}

/** More threads gain little: each costs half a second of processor time before it's warm. */
const MOST_THREADS = 4;
/** Posts that a thread reads at a time: handing a task over costs about as much as reading a post. */
const BATCH = 8;
/** Batches queued for each thread, so that it never waits for the main thread. */
const AHEAD = 2;

interface Queued {
  readonly task: ReadingTask;
  readonly resolve: (made: Made<PostEntry>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens the pool. The main thread reads posts, too, whenever the others have enough to do.
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
        // Results of the threads come first, so that they get the next posts.
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
