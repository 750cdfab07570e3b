import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";
import { listFiles } from "./output-tree.ts";

/** Hash of the names and bytes of all files below the given files and folders (paths from `root`), tests left out. */
export function sourceHash(root: string, places: readonly string[]): string {
  const files = places
    .flatMap((place) =>
      statSync(path.join(root, place)).isDirectory()
        ? listFiles(path.join(root, place)).map((file) => `${place}/${file}`)
        : [place],
    )
    .filter((file) => !/\.test\.ts$/.test(file))
    .sort();
  return hashOf(...files.flatMap((file) => [file, readFileSync(path.join(root, file))]));
}
