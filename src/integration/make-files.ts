import { readFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { FileBytes, FileSpec } from "../lib/site/outputs.ts";
import { outputFile } from "../lib/site/urls.ts";
import { eventLoopYielder } from "./yield-to-event-loop.ts";
import { listFiles, type OutputTree } from "./output-tree.ts";
import type { PublicFile } from "./public-files.ts";

/** How many files are made at a time: enough to keep both cores busy while some wait for the disk. */
const FILES_AT_A_TIME = 4;

export interface MakeOptions {
  readonly tree: OutputTree;
  /** Version of the code that makes them. */
  readonly version: string;
  /** Files that the author has put into `public/` instead. */
  readonly extras: ReadonlySet<string>;
  /** Says when no more files are wanted. */
  readonly signal?: AbortSignal;
}

/** Makes the files that the tree doesn't hold yet. @returns how many that were. */
export async function makeFiles(
  files: readonly FileSpec<FileBytes>[],
  { tree, version, extras, signal }: MakeOptions,
): Promise<number> {
  const wanted = files
    .map((spec) => ({ spec, file: outputFile(spec.path), key: `${version}${spec.key}` }))
    .filter(({ file, key }) => !extras.has(file) && !tree.has(file, key));
  const queue = wanted.values();
  const breathe = eventLoopYielder();
  const work = async () => {
    for (const { spec, file, key } of queue) {
      signal?.throwIfAborted();
      tree.write(file, key, await spec.make());
      await breathe();
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_A_TIME }, work));
  return wanted.length;
}

/** Files of an engine that pages link to, paths below the output folder. */
export function clientFiles(engineDir: string): string[] {
  return listFiles(path.join(engineDir, "client"));
}

/** Links in the scripts and style sheets that the pages of an engine link to. @returns how many were new. */
export function linkClient(engineDir: string, { tree, extras }: MakeOptions): number {
  const client = path.join(engineDir, "client");
  const wanted = clientFiles(engineDir)
    .map((file) => ({ file, key: `client:${hashOf(readFileSync(path.join(client, file)))}` }))
    .filter(({ file, key }) => !extras.has(file) && !tree.has(file, key));
  for (const { file, key } of wanted) tree.link(file, key, path.join(client, file));
  return wanted.length;
}

/** Copies the author's static extras. @returns how many were new. */
export function copyPublic(files: readonly PublicFile[], tree: OutputTree): number {
  const wanted = files.filter(({ file, key }) => !tree.has(file, key));
  for (const { file, key, from } of wanted) tree.copy(file, key, from);
  return wanted.length;
}
