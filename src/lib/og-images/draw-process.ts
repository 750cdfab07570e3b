/** A process that draws the images given as JSON on its standard input and leaves them in a cache. */
import path from "node:path";
import { json } from "node:stream/consumers";
import { FileCache } from "../cache/file-cache.ts";
import { drawOgImage } from "./draw.ts";
import { openFonts } from "./fonts.ts";
import type { DrawJob } from "./draw-all.ts";

const [folder = "", fontSource] = process.argv.slice(2);
const hasSystemFonts = fontSource === "system";
const cache = new FileCache(folder);
const fonts = openFonts(path.join(folder, "fonts"), process.env["FONTCONFIG_FILE"] ?? "", hasSystemFonts);
const jobs = (await json(process.stdin)) as readonly DrawJob[];
for (const { key, image } of jobs) {
  const png = await drawOgImage(image, fonts, hasSystemFonts);
  if (png !== null) cache.write(key, png);
}
