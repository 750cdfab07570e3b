import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "./cache/file-cache.ts";

/** The folders of Backfence's code: `src/` and, beside it, `packages/`. */
const SOURCE = path.resolve(import.meta.dirname, "..");
const PACKAGES = path.resolve(SOURCE, "../packages");

let version: string | null = null;

/**
 * Hash of all of Backfence's code, for cache keys: the same hash means the same results from the same input. Computed
 * once per process, which keeps running the code that it has loaded.
 */
export function codeVersion(): string {
  return (version ??= hashOfCode());
}

function hashOfCode(): string {
  const files = [SOURCE, PACKAGES]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && !/\.(?:test\.[jt]s|d\.ts|md)$/.test(file.name))
    .map((file) => path.join(file.parentPath, file.name))
    .sort();
  return hashOf(
    process.version,
    ...files.flatMap((file) => [path.relative(SOURCE, file), readFileSync(file)]),
  );
}
