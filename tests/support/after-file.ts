import { afterAll } from "vitest";

type Cleanup = () => Promise<unknown> | void;

const cleanups: Cleanup[] = [];

/** Runs a function once the tests of the present file have run, whether they pass or not. */
export function afterFile(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** For the setup file, which runs before each test file; modules like this one are loaded once for all files of a worker. */
export function cleanUpAfterFile(): void {
  afterAll(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
}
