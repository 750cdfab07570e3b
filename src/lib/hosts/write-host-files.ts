import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { HostName } from "./hosts.ts";
import { MANIFEST, manifestText, readManifest, textHash } from "./manifest.ts";

/** Result for a file; `kept` = written or changed by the author. */
export type Change = "new" | "updated" | "unchanged" | "kept";

export interface WriteOptions {
  readonly root: string;
  readonly host: HostName;
  readonly files: ReadonlyMap<string, string>;
  /** Also replaces files that the author has changed. */
  readonly isForced: boolean;
  readonly isDryRun: boolean;
}

/**
 * Writes a host's files into the project. Files that the author has changed, or that existed before, are kept.
 * @returns the result for each file, in order.
 */
export function writeHostFiles(options: WriteOptions): ReadonlyMap<string, Change> {
  const { root, host, files, isForced, isDryRun } = options;
  const manifest = readManifest(root);
  const written = { ...manifest.written };
  const changes = new Map<string, Change>();
  for (const [file, text] of files) {
    const absolute = path.join(root, file);
    const change = changeOf(absolute, text, written[file], isForced);
    changes.set(file, change);
    if (change !== "kept") written[file] = textHash(text);
    if (isDryRun || change === "kept" || change === "unchanged") continue;
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
  }
  const next = manifestText({ hosts: [...new Set([...manifest.hosts, host])], written });
  const file = path.join(root, MANIFEST);
  if (!isDryRun && !(existsSync(file) && readFileSync(file, "utf8") === next)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, next);
  }
  return changes;
}

function changeOf(file: string, text: string, before: string | undefined, isForced: boolean): Change {
  if (!existsSync(file)) return "new";
  const present = textHash(readFileSync(file, "utf8"));
  if (present === textHash(text)) return "unchanged";
  return present === before || isForced ? "updated" : "kept";
}
