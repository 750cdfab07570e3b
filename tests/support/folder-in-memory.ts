import { readFileSync, statfsSync } from "node:fs";

/** Linux's file system in memory. */
const FOLDER = "/dev/shm";
/** More than all tests of a run need at one time. */
const LEAST_FREE_BYTES = 4 * 1024 ** 3;

/**
 * Returns a folder in memory for temporary files that is large enough and allows executables; null where there is none,
 * as in most containers, and when TMPDIR is set.
 */
export function folderInMemory(): string | null {
  if (process.platform !== "linux" || process.env["TMPDIR"] !== undefined) return null;
  const mounted = readFileSync("/proc/mounts", "utf8").match(/^tmpfs \/dev\/shm tmpfs (\S+)/m);
  const options = mounted?.[1]?.split(",") ?? ["noexec"];
  if (!options.includes("rw") || options.includes("noexec")) return null;
  const { bavail, bsize } = statfsSync(FOLDER);
  return bavail * bsize >= LEAST_FREE_BYTES ? FOLDER : null;
}
