import { readdirSync } from "node:fs";

/** Relative paths of all files below a folder, with forward slashes, in the file system's order. */
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
