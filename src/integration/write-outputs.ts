import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";
import { type FileBytes, type FileSpec, wholeFile } from "../lib/site/outputs.ts";
import { outputFile } from "../lib/site/urls.ts";
import type { OutputStore } from "./output-store.ts";
import { eventLoopYielder } from "./yield-to-event-loop.ts";

/** Files made at the same time: enough to use both cores while some wait for the disk. */
const CONCURRENCY = 4;

export interface WriteOptions {
  readonly store: OutputStore;
  /** Hash of the code that makes files. */
  readonly codeHash: string;
  /** Folder that the site is built in, absolute. */
  readonly outDir: string;
  /** The author's static files, absolute; a file of the same name there wins. */
  readonly publicDir: string;
}

/** Writes files into the output folder: from the store where an earlier build made them, else made now. */
export async function writeOutputs(
  files: readonly FileSpec<FileBytes>[],
  { store, codeHash, outDir, publicDir }: WriteOptions,
): Promise<void> {
  const queue = files.values();
  const yieldIfLong = eventLoopYielder();
  const folders = new Set<string>();
  const work = async (): Promise<void> => {
    for (const spec of queue) {
      const file = outputFile(spec.path);
      if (existsSync(path.join(publicDir, file))) continue;
      const target = path.join(outDir, file);
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
