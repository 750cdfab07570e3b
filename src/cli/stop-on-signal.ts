/** Milliseconds after which a server that doesn't stop is left behind. */
const PATIENCE_MS = 3_000;

/** Shuts down on Ctrl+C and SIGTERM: first the server, then everything else. */
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
