import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";
import { type FileBytes, type FileSpec, wholeFile } from "../lib/site/outputs.ts";
import { mergeHeaders } from "../lib/site/merge-headers.ts";
import { mergeRedirects } from "../lib/site/redirects.ts";
import { outputFile } from "../lib/site/urls.ts";
import type { OutputStore } from "./output-store.ts";
import { eventLoopYielder } from "./yield-to-event-loop.ts";

/** Files made at the same time: enough to use both cores while some wait for the disk. */
const CONCURRENCY = 4;

/** Files for hosts in which the author's rules come before ours. */
const MERGED: Readonly<Record<string, (author: string, ours: string) => string>> = {
  _redirects: mergeRedirects,
  _headers: mergeHeaders,
};

export interface WriteOptions {
  readonly store: OutputStore;
  /** Hash of the code that makes files. */
  readonly codeHash: string;
  /** Folder that the site is built in, absolute. */
  readonly outDir: string;
  /** Paths that routes of the user's or of other integrations make, such as `/rss.xml`: theirs win. */
  readonly routed: ReadonlySet<string>;
  /** The author's static files, absolute; a file of the same name there wins, except for those that are merged. */
  readonly publicDir: string;
}

/** Writes files into the output folder: from the store where an earlier build made them, else made now. */
export async function writeOutputs(
  files: readonly FileSpec<FileBytes>[],
  { store, codeHash, outDir, publicDir, routed }: WriteOptions,
): Promise<void> {
  const queue = files.values();
  const yieldIfLong = eventLoopYielder();
  const folders = new Set<string>();
  const work = async (): Promise<void> => {
    for (const spec of queue) {
      if (routed.has(spec.path)) continue;
      const file = outputFile(spec.path);
      const target = path.join(outDir, file);
      const own = path.join(publicDir, file);
      if (existsSync(own)) {
        const merge = MERGED[file];
        if (merge !== undefined)
          writeFileSync(target, merge(readFileSync(own, "utf8"), textOf(await spec.make())));
        continue;
      }
      const folder = path.dirname(target);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
      folders.add(folder);
      const key = hashOf(codeHash, spec.path, spec.key);
      if (!store.linkTo(key, target)) {
        store.write(key, wholeFile(await spec.make()));
        if (!store.linkTo(key, target))
          throw new Error(`${file} vanished from the cache while it was written`);
      }
      await yieldIfLong();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

function textOf(bytes: FileBytes): string {
  return Buffer.from(wholeFile(bytes)).toString("utf8");
}
