import { constants } from "node:os";

/** Within this time a signal is the same one again: on Ctrl+C the terminal sends it, and npm passes it on. */
const SAME_MS = 500;

/** How often the parent is looked at. */
const PARENT_MS = 500;

/**
 * Resolves when a server is asked to stop: by Ctrl+C, by `SIGTERM`, or by the end of the npm that started it, whose shell
 * passes no signal on. Asked once more, the process ends at once. The handlers are needed for that as well: the first
 * process of a container ignores signals that it doesn't handle.
 */
export function stopRequest(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  let askedAt: number | null = null;
  return new Promise((resolve) => {
    const ask = (signal: "SIGINT" | "SIGTERM"): void => {
      askedAt ??= performance.now();
      resolve();
      if (performance.now() - askedAt > SAME_MS) process.exit(128 + constants.signals[signal]);
    };
    process.on("SIGINT", ask);
    process.on("SIGTERM", ask);
    if (env["npm_lifecycle_event"] === undefined) return;
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      ask("SIGTERM");
    }, PARENT_MS);
    watch.unref();
  });
}
