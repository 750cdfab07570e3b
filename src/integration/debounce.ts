import { setTimeout as pause } from "node:timers/promises";

/**
 * Milliseconds without an event after which a file counts as written. More than the 50 within which the watcher reports
 * no second change of a file: what was written in that time is read, although there's no event for it.
 */
const SETTLE_MS = 60;

/** Milliseconds after which work begins although events go on. */
const LONGEST_MS = 1000;

/**
 * Work that follows a burst of events: it begins once they have settled, and runs once more when something happened
 * while it ran. Never twice at the same time.
 * @param work handles its own errors.
 */
export function debounced(work: () => Promise<void>): () => void {
  let lastEvent: number | null = null;
  let isRunning = false;
  const run = async (): Promise<void> => {
    while (lastEvent !== null) {
      const end = performance.now() + LONGEST_MS;
      while (performance.now() < Math.min(lastEvent + SETTLE_MS, end))
        await pause(lastEvent + SETTLE_MS - performance.now());
      // Events that haven't settled are followed by work once more.
      if (performance.now() >= lastEvent + SETTLE_MS) lastEvent = null;
      await work();
    }
    isRunning = false;
  };
  return () => {
    lastEvent = performance.now();
    if (isRunning) return;
    isRunning = true;
    void run();
  };
}
