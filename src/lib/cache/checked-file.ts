import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "./file-cache.ts";

/** Whether a file exists and is unchanged since {@link writeChecked}. For cached files that need a fixed name. */
export function isWhole(file: string): boolean {
  if (!existsSync(file) || !existsSync(checksumOf(file))) return false;
  return hashOf(readFileSync(file)) === readFileSync(checksumOf(file), "utf8");
}

/** Writes a file and a checksum file beside it. */
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
