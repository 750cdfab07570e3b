import { existsSync, watch } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds in which an editor ends writing files that it has begun to write. */
const SETTLE_MS = 100;

export interface WatchOptions {
  /** Absolute; folders that aren't there are left out. */
  readonly folders: readonly string[];
  /** Runs once at the beginning and after each burst of changes, never twice at the same time. It handles its errors. */
  readonly run: () => Promise<void>;
  /** Ends the watching. */
  readonly signal: AbortSignal;
}

/** Repeats some work whenever a file below the folders changes, until the signal fires. */
export async function watchFolders({ folders, run, signal }: WatchOptions): Promise<void> {
  let changed = Promise.withResolvers<void>();
  const watchers = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => watch(folder, { recursive: true, signal }, () => changed.resolve()));
  // A folder that is removed while it's watched ends nothing.
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
