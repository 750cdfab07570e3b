import { setTimeout as pause } from "node:timers/promises";

/**
 * Milliseconds without an event before work starts. More than the 50 ms in which the watcher drops a second change to a
 * file, so that the second change is read although it causes no event.
 */
const SETTLE_MS = 60;

/** Milliseconds after which work starts even if events continue. */
const LONGEST_MS = 1000;

/**
 * Debounces work after a burst of events: it starts once they have settled, and runs again if an event occurs while it
 * runs. Never runs concurrently.
 * @param work must handle its own errors.
 */
export function debounced(work: () => Promise<void>): () => void {
  let lastEvent: number | null = null;
  let isRunning = false;
  const run = async (): Promise<void> => {
    while (lastEvent !== null) {
      const end = performance.now() + LONGEST_MS;
      while (performance.now() < Math.min(lastEvent + SETTLE_MS, end))
        await pause(lastEvent + SETTLE_MS - performance.now());
      // If events haven't settled, work runs again.
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
