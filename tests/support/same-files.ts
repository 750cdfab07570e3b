import { readFileSync } from "node:fs";
import path from "node:path";
import { listFiles } from "../../src/integration/list-files.ts";

/** Returns the files that differ between two folders, each with the difference. */
export function differences(folder: string, expected: string): string[] {
  const here = new Set(listFiles(folder));
  const there = new Set(listFiles(expected));
  return [...here.union(there)].sort().flatMap((file) => {
    if (!there.has(file)) return [`${file} shouldn't be there`];
    if (!here.has(file)) return [`${file} is missing`];
    const isSame = readFileSync(path.join(folder, file)).equals(readFileSync(path.join(expected, file)));
    return isSame ? [] : [`${file} is another`];
  });
}
