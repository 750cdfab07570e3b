import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** Milliseconds of work between two yields. */
const BREATH_MS = 15;

/** Returns a function that yields to the event loop at most every 15 ms, for long loops that would block it. */
export function eventLoopYielder(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH_MS) return;
    await setImmediate();
    last = performance.now();
  };
}
