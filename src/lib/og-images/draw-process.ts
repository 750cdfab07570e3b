/**
 * Process that draws the images given as JSON on its standard input and writes them to a cache. Images with a character
 * that no installed font package has are skipped unless the system's fonts may be used; these characters are printed as
 * JSON, each with a package to install, if one is known.
 */
import path from "node:path";
import { json } from "node:stream/consumers";
import { FileCache } from "../cache/file-cache.ts";
import type { DrawJob } from "./draw-all.ts";
import { drawOgImage } from "./draw.ts";
import { familiesFor, installedVersion } from "./families.ts";
import { openFonts } from "./fonts.ts";

const [folder = "", source] = process.argv.slice(2);
const cache = new FileCache(folder);
const fonts = openFonts(
  path.join(folder, "fonts"),
  process.env["FONTCONFIG_FILE"] ?? "",
  source === "system",
);
const missing = new Map<string, string | null>();
for (const { key, image } of (await json(process.stdin)) as readonly DrawJob[]) {
  const drawn = await drawOgImage(image, fonts);
  for (const character of drawn.missing) {
    const suited = familiesFor(character, image.lang).filter(({ characters }) => characters.test(character));
    missing.set(character, suited.find((family) => installedVersion(family) === null)?.package ?? null);
  }
  if (drawn.missing.length === 0 || source === "system") cache.write(key, drawn.png);
}
process.stdout.write(JSON.stringify([...missing]));
