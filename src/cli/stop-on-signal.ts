/** Milliseconds after which a server that doesn't stop is left behind. */
const PATIENCE_MS = 3_000;

/** Ends this process in good order on Ctrl+C and when it's told to: the server first, then whatever still runs. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    void stop().finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
}
