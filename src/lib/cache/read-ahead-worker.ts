/** A thread that reads files and forgets them: see `readAhead`. */
import { closeSync, openSync, readSync } from "node:fs";
import { workerData } from "node:worker_threads";

const scratch = Buffer.allocUnsafe(64 * 1024);

for (const file of workerData) tryRead(file);

function tryRead(file: string): void {
  try {
    const open = openSync(file, "r");
    while (readSync(open, scratch) === scratch.length);
    closeSync(open);
  } catch {
    // Whoever needs the file meets the same mistake, and tells of it.
  }
}
