import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

/** Where the font is committed, from the project's root. */
export const READING_FONT = "src/styles/literata.woff2";

/**
 * What the blog's one web font can write: Western European text. Other letters come from the reader's own fonts.
 * Kept small so that weight and optical size fit into 45 KB.
 */
const CHARACTERS =
  " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz{}" +
  "\u00a0¡§©«°·»¿ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœ–—‘’‚“”„•…€×";

/** Literata, subset to what the blog needs. */
export function readingFont(): Promise<Uint8Array> {
  const { resolve } = createRequire(import.meta.url);
  const source = readFileSync(
    resolve("@fontsource-variable/literata/files/literata-latin-opsz-normal.woff2"),
  );
  return subsetFont(source, CHARACTERS, {
    targetFormat: "woff2",
    noHinting: true,
    keepFeatures: ["kern", "liga", "locl", "tnum", "pnum", "onum", "lnum"],
    dropTables: ["vhea", "vmtx", "VVAR", "STAT", "gasp"],
    variationAxes: { wght: { min: 400, max: 700 }, opsz: { min: 12, max: 36 } },
  });
}
