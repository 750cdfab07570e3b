import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";
import { type FileBytes, type FileSpec, wholeFile } from "../lib/site/outputs.ts";
import { mergeHeaders } from "../lib/site/merge-headers.ts";
import { mergeRedirects } from "../lib/site/redirects.ts";
import { outputFile } from "../lib/site/urls.ts";
import type { OutputStore, SiteFile } from "./output-store.ts";
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
  const isInPublic = publicFiles(publicDir);
  const wanted: (SiteFile & { readonly spec: FileSpec<FileBytes> })[] = [];
  for (const spec of files) {
    if (routed.has(spec.path)) continue;
    const file = outputFile(spec.path);
    const target = path.join(outDir, file);
    if (!isInPublic(file)) wanted.push({ spec, target, key: hashOf(codeHash, spec.path, spec.key) });
    else if (MERGED[file] !== undefined) {
      const own = readFileSync(path.join(publicDir, file), "utf8");
      writeFileSync(target, MERGED[file](own, textOf(await spec.make())));
    }
  }
  const placed = new Set(await store.place(wanted));
  const queue = wanted.filter((file) => !placed.has(file)).values();
  const yieldIfLong = eventLoopYielder();
  const work = async (): Promise<void> => {
    for (const { spec, key, target } of queue) {
      const bytes = await spec.make();
      await store.write(key, typeof bytes === "string" ? bytes : wholeFile(bytes), target);
      await yieldIfLong();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  await store.settled();
}

/** Whether the author's static files have one of that name. Most names are ruled out without a look at the disk. */
function publicFiles(publicDir: string): (file: string) => boolean {
  const names = new Set(existsSync(publicDir) ? readdirSync(publicDir).map(folded) : []);
  return (file) => {
    const [first = ""] = file.split("/", 1);
    return names.has(folded(first)) && existsSync(path.join(publicDir, file));
  };
}

/** One spelling of the names that a disk may take for the same. */
function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function textOf(bytes: FileBytes): string {
  return Buffer.from(wholeFile(bytes)).toString("utf8");
}
