import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Tinypool } from "tinypool";

/** Threads that run one function. */
export interface WorkerPool<Task, Result> {
  /** Runs a task in the next free thread. @throws the error that the function throws there. */
  run(task: Task): Promise<Result>;
  /** Ends all threads; tasks under way are dropped. */
  end(): Promise<void>;
}

export interface WorkerPoolOptions {
  /** Module whose default export takes a task and returns its result. */
  readonly module: URL;
  /** Data that each thread gets once, as {@link workerPoolData}. */
  readonly data?: unknown;
  /** Number of threads; the default is one for each core. */
  readonly threads?: number;
  /** Keeps idle threads until the end, for modules with state; the threads start at once. */
  readonly isKept?: boolean;
  /** Memory for short-lived objects of each thread; V8 decides when it's left out. */
  readonly youngGenerationMb?: number;
}

/**
 * Memory for short-lived objects of threads that work for a whole build. Left to itself, V8 takes 60 to 100 MB more for
 * each and is no faster.
 */
export const YOUNG_GENERATION_MB = 24;

/** Opens a pool; threads start with the first tasks. */
export function openWorkerPool<Task, Result>(options: WorkerPoolOptions): WorkerPool<Task, Result> {
  const { module, data, threads = availableParallelism(), isKept = false, youngGenerationMb } = options;
  const pool = new Tinypool({
    filename: fileURLToPath(module),
    runtime: "worker_threads",
    workerData: data,
    minThreads: isKept ? threads : 0,
    maxThreads: threads,
    resourceLimits: youngGenerationMb === undefined ? {} : { maxYoungGenerationSizeMb: youngGenerationMb },
    // One task may wait in each thread while the next is on its way.
    concurrentTasksPerWorker: 1,
  });
  return { run: (task) => pool.run(task), end: () => pool.destroy() };
}

/** Within a thread: the data that the pool was opened with. */
export function workerPoolData(): unknown {
  return Tinypool.workerData;
}
