import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/** A folder to build in, below Astro's cache; leftovers of builds that have ended are removed. */
export function openStaging(cacheDir: string): string {
  const parent = path.join(cacheDir, "site");
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const pid = Number.parseInt(name, 10);
    if (!isRunning(pid)) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  return path.join(parent, String(process.pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
