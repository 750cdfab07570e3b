import { constants } from "node:os";

/** Signals within this time count as one: on Ctrl+C, both the terminal and npm send it. */
const SAME_MS = 500;

/** Interval for checking the parent process. */
const PARENT_MS = 500;

/**
 * Resolves when a server should stop: on Ctrl+C, on `SIGTERM`, or when the npm process that started it has exited
 * (npm's shell doesn't forward signals). A second signal exits the process immediately. The explicit handlers are also
 * needed because the first process of a container ignores signals without a handler.
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
