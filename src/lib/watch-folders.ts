import { existsSync, watch } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds to wait after a change, for the editor to finish writing files. */
const SETTLE_MS = 100;

export interface WatchOptions {
  /** Absolute paths; missing folders are skipped. */
  readonly folders: readonly string[];
  /** Runs at the start and after each burst of changes, never concurrently. Must handle its own errors. */
  readonly run: () => Promise<void>;
  /** Stops watching. */
  readonly signal: AbortSignal;
}

/** Runs work whenever a file below the folders changes, until the signal fires. */
export async function watchFolders({ folders, run, signal }: WatchOptions): Promise<void> {
  let changed = Promise.withResolvers<void>();
  const watchers = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => watch(folder, { recursive: true, signal }, () => changed.resolve()));
  // Removing a watched folder must not end watching.
  for (const watcher of watchers) watcher.on("error", () => changed.resolve());
  const stop = (): void => changed.resolve();
  signal.addEventListener("abort", stop);
  try {
    while (!signal.aborted) {
      changed = Promise.withResolvers();
      await run();
      await changed.promise;
      if (!signal.aborted) await pause(SETTLE_MS);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    for (const watcher of watchers) watcher.close();
  }
}
