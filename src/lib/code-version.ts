import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "./cache/file-cache.ts";

const SOURCE = path.resolve(import.meta.dirname, "..");

/**
 * Hash of Backfence's own code, for keys of caches: the same hash means the same results from the same input.
 * @param folder part of the code, from `src/`, such as `lib/markdown`; the default is all of it.
 */
export function codeVersion(folder = "."): string {
  const root = path.join(SOURCE, folder);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !/\.(?:test\.ts|d\.ts|md)$/.test(file.name))
    .map((file) => path.join(file.parentPath, file.name))
    .sort();
  return hashOf(
    process.version,
    ...files.flatMap((file) => [path.relative(SOURCE, file), readFileSync(file)]),
  );
}
