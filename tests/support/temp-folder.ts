/** Folders that tests fill; none of them outlives the file that asked for it, whether its tests pass or not. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterFile } from "./after-file.ts";
import { testFolders } from "./build.ts";

/** A new folder in the system's temporary one, gone after the file's last test. */
export function tempFolder(name: string): string {
  return folderIn(tmpdir(), `backfence-${name}-`);
}

/** The same below the project's root, since Astro compiles components only there. */
export function tempSiteFolder(): string {
  mkdirSync(testFolders, { recursive: true });
  return folderIn(testFolders, "site-");
}

function folderIn(parent: string, prefix: string): string {
  const folder = mkdtempSync(path.join(parent, prefix));
  afterFile(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
