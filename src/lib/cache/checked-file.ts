import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "./file-cache.ts";

/** Whether a file is there as {@link writeChecked} wrote it. For files that need a name of their own on the disk. */
export function isWhole(file: string): boolean {
  if (!existsSync(file) || !existsSync(checksumOf(file))) return false;
  return hashOf(readFileSync(file)) === readFileSync(checksumOf(file), "utf8");
}

/** Writes a file and, beside it, its checksum. */
export function writeChecked(file: string, bytes: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  for (const [target, content] of [
    [file, bytes],
    [checksumOf(file), hashOf(bytes)],
  ] as const) {
    const draft = `${target}.${process.pid}`;
    writeFileSync(draft, content);
    renameSync(draft, target);
  }
}

function checksumOf(file: string): string {
  return `${file}.hash`;
}
