import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { openWorkerPool } from "../lib/worker-pool.ts";

/** Creates a folder to build in, below Astro's cache, and returns its path. */
export function openStaging(cacheDir: string): string {
  const folder = path.join(folderOfSites(cacheDir), String(process.pid));
  // A killed build may have had the same process id.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  return folder;
}

/**
 * Removes the site that the last build replaced and folders of killed builds; in a worker thread, since a large site
 * takes seconds. Folders that can't be removed are left to the next build.
 */
export async function removeLeftovers(cacheDir: string): Promise<void> {
  const parent = folderOfSites(cacheDir);
  const left = readdirSync(parent).filter((name) => !isRunning(Number.parseInt(name, 10)));
  if (left.length === 0) return;
  const module = new URL(`./remove-worker${import.meta.filename.slice(-3)}`, import.meta.url);
  const pool = openWorkerPool<string, void>({ module, threads: 1 });
  try {
    for (const name of left) await pool.run(path.join(parent, name)).catch(() => undefined);
  } finally {
    await pool.end();
  }
}

function folderOfSites(cacheDir: string): string {
  return path.join(cacheDir, "site");
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
