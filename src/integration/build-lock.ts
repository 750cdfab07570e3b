import { mkdirSync, truncateSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Lets one build at a time work in a cache folder; a second one waits for the first to end. The lock is SQLite's on
 * an empty file: the system takes it back when its process ends in whatever way, so a killed build leaves none.
 * @param say told once when there is something to wait for.
 * @returns the function that gives the lock back.
 */
export async function takeBuildLock(cacheDir: string, say: (text: string) => void): Promise<() => void> {
  const file = path.join(cacheDir, "build.lock");
  mkdirSync(cacheDir, { recursive: true });
  let isTold = false;
  for (;;) {
    const release = tryTake(file);
    if (release !== null) return release;
    if (!isTold) say("Another build is at work here: waiting for it to end.");
    isTold = true;
    await pause(50);
  }
}

/** Takes the lock; null when somebody else has it. */
function tryTake(file: string): (() => void) | null {
  const lock = new DatabaseSync(file);
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    const code: unknown = error instanceof Error ? Reflect.get(error, "errcode") : null;
    if (code === BUSY) return null;
    if (code !== NOT_A_DATABASE) throw error;
    truncateSync(file);
    return tryTake(file);
  }
  return () => lock.close();
}

/** SQLite's result codes (https://sqlite.org/rescode.html). */
const BUSY = 5;
const NOT_A_DATABASE = 26;
