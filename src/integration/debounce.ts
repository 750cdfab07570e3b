import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds in which an editor ends writing a file that it has begun to write. */
const SETTLE_MS = 25;

/**
 * Work that follows a burst of events: it begins once the first has settled, and runs once more when something happened
 * while it ran. Never twice at the same time.
 * @param work handles its own errors.
 */
export function debounced(work: () => Promise<void>): () => void {
  let isAsked = false;
  let isRunning = false;
  const run = async (): Promise<void> => {
    while (isAsked) {
      await pause(SETTLE_MS);
      isAsked = false;
      await work();
    }
    isRunning = false;
  };
  return () => {
    isAsked = true;
    if (isRunning) return;
    isRunning = true;
    void run();
  };
}
