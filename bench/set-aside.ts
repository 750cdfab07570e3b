import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import path from "node:path";

const ASIDE = path.resolve(".cache/bench/aside");

/**
 * Moves the output of an earlier run out of the way. It's removed only when the benchmark is over: for some minutes
 * after files are removed, ext4 can't reuse their inodes and skips them one by one, which slows down a program that
 * writes many files.
 */
export function setAside(place: string): void {
  if (!existsSync(place)) return;
  mkdirSync(ASIDE, { recursive: true });
  renameSync(place, path.join(ASIDE, randomUUID()));
}

/** Removes everything that was set aside. */
export function removeSetAside(): void {
  rmSync(ASIDE, { recursive: true, force: true });
}
