import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** Milliseconds of work after which threads that wait for an answer get it. */
const BREATH_MS = 15;

/** A function that now and then lets everything else have its turn; for loops that would keep it waiting. */
export function eventLoopYielder(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH_MS) return;
    await setImmediate();
    last = performance.now();
  };
}
