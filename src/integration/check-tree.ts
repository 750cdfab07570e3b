import { lstatSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { hashOf } from "../lib/cache/file-cache.ts";
import { listFiles } from "./list-files.ts";
import { readManifest, type Manifest, type TreeEntry } from "./manifest.ts";
import { removeFile } from "./prepare-target.ts";

/** What of a folder can be trusted. */
export interface CheckedTree {
  readonly manifest: Manifest;
  /** Files that were thrown away because no build had left them like that. */
  readonly damaged: readonly string[];
  /** Whether the manifest differs from the one on the disk. */
  readonly isRenewed: boolean;
}

/** A manifest of this size names some thousand files: checking them takes longer than starting a thread. */
const WORTH_A_THREAD = 400_000;

/** Checks a tree, beside whatever else is to be done when it is a large one. */
export async function checkTree(folder: string, manifestFile: string): Promise<CheckedTree> {
  const size = statSync(manifestFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size < WORTH_A_THREAD) return checkTreeNow(folder, manifestFile);
  return new Promise((resolve, reject) => {
    const workerData = { folder, manifestFile };
    const worker = new Worker(new URL("./check-tree-worker.ts", import.meta.url), { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (status) =>
      reject(new Error(`Checking ${folder} ended without a result (${status})`)),
    );
  });
}

/** Holds each file of a folder against the manifest and removes those that differ. */
export function checkTreeNow(folder: string, manifestFile: string): CheckedTree {
  const damaged: string[] = [];
  const { publishedTo, entries } = readManifest(manifestFile, (file) => damaged.push(file));
  const found = new Map<string, TreeEntry>();
  let isRenewed = false;
  mkdirSync(folder, { recursive: true });
  for (const file of listFiles(folder)) {
    const entry = entries.get(file);
    const current = entry === undefined ? null : currentEntry(path.join(folder, file), entry);
    if (current === null) {
      damaged.push(path.join(folder, file));
      removeFile(folder, file);
    } else {
      found.set(file, current);
      isRenewed ||= current !== entry;
    }
  }
  isRenewed ||= found.size !== entries.size;
  return { manifest: { publishedTo, entries: found }, damaged, isRenewed };
}

/** The entry of a file with the times that it has; null when its bytes are others. */
function currentEntry(file: string, entry: TreeEntry): TreeEntry | null {
  const state = lstatSync(file);
  if (!state.isFile()) return null;
  const { size, mtimeMs } = state;
  if (size === entry.size && mtimeMs === entry.mtimeMs) return entry;
  return size === entry.size && hashOf(readFileSync(file)) === entry.hash ? { ...entry, mtimeMs } : null;
}
