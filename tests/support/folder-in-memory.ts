import { readFileSync, statfsSync } from "node:fs";

/** Where Linux has a file system in memory. */
const FOLDER = "/dev/shm";
/** More than all tests of a run hold there at one time. */
const LEAST_FREE_BYTES = 4 * 1024 ** 3;

/**
 * A folder for temporary files that is in memory, is large enough and lets programs run from it; null where there is
 * none, as in most containers, and where TMPDIR names another folder.
 */
export function folderInMemory(): string | null {
  if (process.platform !== "linux" || process.env["TMPDIR"] !== undefined) return null;
  const mounted = readFileSync("/proc/mounts", "utf8").match(/^tmpfs \/dev\/shm tmpfs (\S+)/m);
  const options = mounted?.[1]?.split(",") ?? ["noexec"];
  if (!options.includes("rw") || options.includes("noexec")) return null;
  const { bavail, bsize } = statfsSync(FOLDER);
  return bavail * bsize >= LEAST_FREE_BYTES ? FOLDER : null;
}
