import { afterAll } from "vitest";

type Cleanup = () => Promise<unknown> | void;

const cleanups: Cleanup[] = [];

/** Registers a function that runs after the tests of the current file, whether they pass or not. */
export function afterFile(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/**
 * Registers the cleanup for one test file. Called by the setup file, which runs before each test file; this module is
 * loaded only once per worker.
 */
export function cleanUpAfterFile(): void {
  afterAll(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
}
