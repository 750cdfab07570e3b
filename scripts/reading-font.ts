import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

/** Path of the committed font, relative to the project's root. */
export const READING_FONT = "src/styles/literata.woff2";

/**
 * Characters of the blog's only web font: Western European text. Other characters use the reader's fonts. The set is
 * small so that the weight and optical size axes fit into 45 KB.
 */
const CHARACTERS =
  " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz{}" +
  "\u00a0¡§©«°·»¿ÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœ–—‘’‚“”„•…€×";

/** Returns the Literata font as WOFF2, subset to these characters. */
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
