import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Tinypool } from "tinypool";

/** Pool of worker threads that run one function. */
export interface WorkerPool<Task, Result> {
  /** Runs a task in the next free thread. @throws the error thrown by the function. */
  run(task: Task): Promise<Result>;
  /** Ends all threads; running tasks are dropped. */
  end(): Promise<void>;
}

export interface WorkerPoolOptions {
  /** Module whose default export takes a task and returns its result. */
  readonly module: URL;
  /** Data passed to each thread once; read it with {@link workerPoolData}. */
  readonly data?: unknown;
  /** Number of threads; the default is one per core. */
  readonly threads?: number;
  /** Keeps idle threads until the end, for modules with state; the threads start at once. */
  readonly isKept?: boolean;
  /** Memory in MB for short-lived objects of each thread; V8 decides if it's omitted. */
  readonly youngGenerationMb?: number;
}

/**
 * Memory in MB for short-lived objects of threads that run for a whole build. By default, V8 takes 60 to 100 MB more
 * per thread and is no faster.
 */
export const YOUNG_GENERATION_MB = 24;

/** Opens a pool; threads start with the first tasks, or at once if `isKept`. */
export function openWorkerPool<Task, Result>(options: WorkerPoolOptions): WorkerPool<Task, Result> {
  const { module, data, threads = availableParallelism(), isKept = false, youngGenerationMb } = options;
  const pool = new Tinypool({
    filename: fileURLToPath(module),
    runtime: "worker_threads",
    workerData: data,
    minThreads: isKept ? threads : 0,
    maxThreads: threads,
    resourceLimits: youngGenerationMb === undefined ? {} : { maxYoungGenerationSizeMb: youngGenerationMb },
    // A thread gets its next task only when it is free.
    concurrentTasksPerWorker: 1,
  });
  return { run: (task) => pool.run(task), end: () => pool.destroy() };
}

/** The pool's `data`, to be called in a worker thread. */
export function workerPoolData(): unknown {
  return Tinypool.workerData;
}
