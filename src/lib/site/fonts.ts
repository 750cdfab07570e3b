import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { isWhole, writeChecked } from "../cache/checked-file.ts";
import { hashOf } from "../cache/file-cache.ts";

/**
 * What the blog's one web font can write: Western European text. Other letters come from the reader's own fonts.
 * Kept small so that weight and optical size fit into 45 KB.
 */
const CHARACTERS =
  " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz{}" +
  "\u00a0¡§©«°·»¿ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœ–—‘’‚“”„•…€×";

const OPTIONS = {
  targetFormat: "woff2",
  noHinting: true,
  keepFeatures: ["kern", "liga", "locl", "tnum", "pnum", "onum", "lnum"],
  dropTables: ["vhea", "vmtx", "VVAR", "STAT", "gasp"],
  variationAxes: { wght: { min: 400, max: 700 }, opsz: { min: 12, max: 36 } },
} as const;

/** Name by which style sheets import the folder of fonts. */
const FOLDER_NAME = "~fonts";

/**
 * Subsets Literata to what the blog needs, once, and returns the folder that holds it: `literata.woff2`.
 * @param cacheDir folder that keeps fonts between builds.
 */
export async function readingFont(cacheDir: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const source = readFileSync(
    resolve("@fontsource-variable/literata/files/literata-latin-opsz-normal.woff2"),
  );
  const folder = path.join(cacheDir, hashOf(source, CHARACTERS, JSON.stringify(OPTIONS)));
  const file = path.join(folder, "literata.woff2");
  if (isWhole(file)) return folder;
  const { default: subsetFont } = await import("subset-font");
  writeChecked(file, await subsetFont(source, CHARACTERS, structuredClone(OPTIONS)));
  return folder;
}

/**
 * Vite plugin by which style sheets find the subset font at `~fonts/literata.woff2`.
 * @param cacheDir folder that keeps fonts between builds.
 */
export function readingFontPlugin(cacheDir: string): {
  name: string;
  config(): Promise<{ resolve: { alias: Record<string, string> } }>;
} {
  return {
    name: "backfence:reading-font",
    config: async () => ({ resolve: { alias: { [FOLDER_NAME]: await readingFont(cacheDir) } } }),
  };
}
