import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";

/** Functions that a worker module exports; each takes one argument that can be sent between threads. */
type Tasks = Readonly<Record<string, unknown>>;

type Input<Task> = Task extends (input: infer T) => unknown ? T : never;
type Output<Task> = Task extends (input: never) => infer T ? Awaited<T> : never;

export interface WorkerPoolOptions {
  /** Number of threads; the default is one a core. Tasks of a single thread run in the order of their calls. */
  readonly threads?: number;
  /** Available to the worker module as {@link workerInput}. */
  readonly input?: unknown;
  /** Memory for short-lived objects of each thread; V8 takes more when it's left out. */
  readonly youngGenerationMb?: number;
}

export interface WorkerPool<Module extends Tasks> {
  /** Runs a function of the module in a thread. @throws what the function throws. */
  run<Name extends keyof Module & string>(
    name: Name,
    input: Input<Module[Name]>,
  ): Promise<Output<Module[Name]>>;
  /** Ends the threads; tasks that are still running are rejected. */
  close(): Promise<void>;
}

/**
 * Starts threads for the functions of a module: `workerPool<typeof import("./x-worker.ts")>(workerFile(...))`.
 * @param file the module; see {@link workerFile}.
 */
export function workerPool<Module extends Tasks>(
  file: URL,
  options: WorkerPoolOptions = {},
): WorkerPool<Module> {
  const { threads = availableParallelism(), input, youngGenerationMb } = options;
  const resourceLimits =
    youngGenerationMb === undefined ? {} : { maxYoungGenerationSizeMb: youngGenerationMb };
  const pool = new Tinypool({
    ...{ filename: file.href, minThreads: threads, maxThreads: threads, isolateWorkers: false },
    ...{ workerData: input, resourceLimits, execArgv: [] },
  });
  return {
    run: async (name, task) => (await pool.run(task, { name })) as Output<Module[typeof name]>,
    close: () => pool.destroy(),
  };
}

/** A worker module beside another module, as TypeScript or, once compiled, JavaScript. @param name without extension. */
export function workerFile(name: string, besides: string): URL {
  return new URL(`${name}${besides.endsWith(".ts") ? ".ts" : ".js"}`, besides);
}

/** In a worker: the `input` of its pool. */
export function workerInput(): unknown {
  return Tinypool.workerData;
}
