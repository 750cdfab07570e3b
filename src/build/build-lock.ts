import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Lets one build at a time work in a cache folder; a second one waits for the first to end. A lock whose process is
 * gone, because it was killed, is taken over.
 * @param say told once when there is something to wait for.
 * @returns the function that gives the lock back.
 */
export async function takeBuildLock(cacheDir: string, say: (text: string) => void): Promise<() => void> {
  const file = path.join(cacheDir, "build.lock");
  mkdirSync(cacheDir, { recursive: true });
  let isTold = false;
  while (!tryTake(file)) {
    const holder = readHolder(file);
    if (holder !== null && !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!isTold)
      say(`Another build (process ${holder ?? "unknown"}) is at work here: waiting for it to end.`);
    isTold = true;
    await pause(100);
  }
  return () => rmSync(file, { force: true });
}

function tryTake(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The process id in the lock, or null while its owner is still writing it or has just given it back. */
function readHolder(file: string): number | null {
  try {
    const holder = Number.parseInt(readFileSync(file, "utf8"), 10);
    return Number.isNaN(holder) ? null : holder;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
