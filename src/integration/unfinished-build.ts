const GRACE_MS = 10_000;

/**
 * Makes a build fail if its process ends before the site is published: Node exits with code 0 once the event loop is
 * empty, even if a promise never settled. Workers that don't keep the process alive get ten seconds to finish.
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
