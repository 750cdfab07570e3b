/** Temporary folders for tests; they are removed after the test file, whether its tests pass or not. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterFile } from "./after-file.ts";
import { testFolders } from "./build.ts";

/** Creates a folder in the system's temporary folder; it's removed after the file's last test. */
export function tempFolder(name: string): string {
  return folderIn(tmpdir(), `backfence-${name}-`);
}

/** Creates a temporary folder inside the project's root, because Astro compiles components only there. */
export function tempSiteFolder(): string {
  mkdirSync(testFolders, { recursive: true });
  return folderIn(testFolders, "site-");
}

function folderIn(parent: string, prefix: string): string {
  const folder = mkdtempSync(path.join(parent, prefix));
  afterFile(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
