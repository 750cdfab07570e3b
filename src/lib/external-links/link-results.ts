import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { linkResultsSchema, type LinkResult } from "./check-links.ts";

/** The file for stored results. @param cacheDir cache folder of `backfence check`. */
export function linkResultsFile(cacheDir: string): string {
  return path.join(cacheDir, "links.json");
}

/** Results of earlier runs by address; empty if the file is missing or damaged. */
export function readLinkResults(file: string): ReadonlyMap<string, LinkResult> {
  if (!existsSync(file)) return new Map();
  try {
    return new Map(Object.entries(linkResultsSchema.parse(JSON.parse(readFileSync(file, "utf8")))));
  } catch {
    return new Map();
  }
}

/** Stores results for the next run. */
export function writeLinkResults(file: string, results: ReadonlyMap<string, LinkResult>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(results)));
}
