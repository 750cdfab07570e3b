import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import path from "node:path";

const ASIDE = path.resolve(".cache/bench/aside");

/**
 * Moves what an earlier run left out of the way. It's removed once the bench is over and not before: for some minutes
 * ext4 doesn't give out the inodes of removed files again and looks at each of them in vain, so a program that writes
 * many files then pays for those that somebody else removed.
 */
export function setAside(place: string): void {
  if (!existsSync(place)) return;
  mkdirSync(ASIDE, { recursive: true });
  renameSync(place, path.join(ASIDE, randomUUID()));
}

/** Removes all that was set aside. */
export function removeSetAside(): void {
  rmSync(ASIDE, { recursive: true, force: true });
}
