import { readdirSync } from "node:fs";

/** All files below a folder, paths with forward slashes, in the order in which the disk names them. */
export function listFiles(folder: string): string[] {
  const found: string[] = [];
  collect(folder, "", found);
  return found;
}

function collect(folder: string, prefix: string, found: string[]): void {
  for (const item of readdirSync(prefix === "" ? folder : `${folder}/${prefix}`, { withFileTypes: true })) {
    const name = prefix === "" ? item.name : `${prefix}/${item.name}`;
    if (item.isDirectory()) collect(folder, name, found);
    else found.push(name);
  }
}
