import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The coarsest file systems store file times to two seconds. */
const COARSEST_TICK_MS = 2000;

/**
 * Whether a file in a folder may have been written, added or removed since a time; true when in doubt.
 * @param timeMs milliseconds since 1970.
 */
export function changedSince(folder: string, timeMs: number): boolean {
  if (!existsSync(folder)) return false;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return [folder, ...names.map((name) => path.join(folder, name))].some((file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat === undefined || Math.max(stat.ctimeMs, stat.mtimeMs) >= timeMs - COARSEST_TICK_MS;
  });
}
