import { Worker } from "node:worker_threads";

/**
 * Has the system read files into its memory, one after the other, in a thread of their own: who reads them next, in
 * about this order, then doesn't wait for the disk with each of them.
 * @param files absolute paths; one that can't be read is left to whoever needs it.
 * @returns the function that ends it.
 */
export function readAhead(files: readonly string[]): () => Promise<void> {
  const worker = new Worker(new URL("./read-ahead-worker.ts", import.meta.url), { workerData: files });
  return async () => void (await worker.terminate());
}
