import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { hashOf } from "../lib/cache/file-cache.ts";
import { listFiles } from "./output-tree.ts";

/** Facts that Astro's prerender environment needs beside the bundle. */
export const engineFactsSchema = z.object({
  entry: z.string(),
  /** [page key, { styles }] of Astro's build internals: which style sheets a route links. */
  pages: z.array(z.tuple([z.string(), z.object({ styles: z.array(z.unknown()) })])),
  /** [specifier, file] of scripts that Astro resolves by name. */
  specifiers: z.array(z.tuple([z.string(), z.string()])),
  scripts: z.array(z.object({ stage: z.string(), content: z.string() })),
  /** [file, hash] of what was bundled of the author's; paths from the project's root. */
  sources: z.array(z.tuple([z.string(), z.string()])),
});

export type EngineFacts = z.infer<typeof engineFactsSchema>;

/** File in an engine's folder that holds its facts. */
export const FACTS_FILE = "engine.json";

/** File in an engine's folder that says what all the others must be like; written last. */
const SEAL_FILE = "seal";

/** Reads the facts of a sealed engine. */
export function readEngineFacts(folder: string): EngineFacts {
  return engineFactsSchema.parse(JSON.parse(readFileSync(path.join(folder, FACTS_FILE), "utf8")));
}

/** Notes down what a finished engine consists of. */
export function sealEngine(folder: string): void {
  writeFileSync(path.join(folder, SEAL_FILE), hashOfFolder(folder));
}

/** Whether an engine is whole: sealed, and no file changed, lost or added since. */
export function isEngineWhole(folder: string): boolean {
  const seal = path.join(folder, SEAL_FILE);
  return existsSync(seal) && readFileSync(seal, "utf8") === hashOfFolder(folder);
}

function hashOfFolder(folder: string): string {
  const files = listFiles(folder)
    .filter((file) => file !== SEAL_FILE)
    .sort();
  return hashOf(...files.flatMap((file) => [file, readFileSync(path.join(folder, file))]));
}

/** Whether the files of the author's that went into an engine are as they were. */
export function isEngineCurrent(root: string, folder: string): boolean {
  return readEngineFacts(folder).sources.every(([file, hash]) => hashOfFile(path.join(root, file)) === hash);
}

/** Hash of a file's bytes; empty when there is no such file. */
export function hashOfFile(file: string): string {
  return existsSync(file) ? hashOf(readFileSync(file)) : "";
}
