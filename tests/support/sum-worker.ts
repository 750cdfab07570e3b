/** A worker module for the test of the worker pool. */
import { threadId } from "node:worker_threads";
import { workerInput } from "../../src/lib/worker-pool.ts";

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, Number(workerInput()));
}

export function thread(_: null): number {
  return threadId;
}

export function fail(message: string): never {
  throw new RangeError(message);
}
