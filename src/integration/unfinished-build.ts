const GRACE_MS = 10_000;

/**
 * Makes a build fail that ends in the middle: Node exits with 0 as soon as nothing is left to wait for, also when a
 * promise was never settled. Threads that don't keep the process alive get ten seconds to answer.
 * @returns a function to call when the site has been published.
 */
export function failWhenUnfinished(graceMs: number = GRACE_MS): () => void {
  let hasWaited = false;
  const onEmpty = (): void => {
    if (!hasWaited) {
      hasWaited = true;
      setTimeout(() => undefined, graceMs);
      return;
    }
    process.off("beforeExit", onEmpty);
    process.stderr.write("The build stopped before it was finished; the site is as it was. Run it again.\n");
    process.exitCode = 1;
  };
  process.on("beforeExit", onEmpty);
  return () => process.off("beforeExit", onEmpty);
}
