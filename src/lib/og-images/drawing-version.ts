import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { hashOf } from "../cache/file-cache.ts";
import { BRICK, INK, INK_SOFT, PAPER } from "../site/colours.ts";
import { FAMILIES } from "./fonts/families.ts";
import { versionOf } from "./fonts/slices.ts";

let version: string | undefined;

/**
 * Names all that pictures depend on besides their text: this room's code, the page's colours, the fonts that are installed, HarfBuzz, the
 * bidirectional algorithm and ICU, which finds words. When any of them changes, every picture is made anew.
 */
export function drawingVersion(): string {
  version ??= hashOf(
    process.versions.icu ?? "",
    ...["harfbuzzjs", "bidi-js"].map(packageVersion),
    ...FAMILIES.map((family) => `${family.package}@${versionOf(family)}`),
    ...sources(import.meta.dirname),
    JSON.stringify([BRICK, INK, INK_SOFT, PAPER]),
  );
  return version;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
}

function packageVersion(name: string): string {
  let folder = path.dirname(createRequire(import.meta.url).resolve(name));
  while (path.basename(folder) !== name) folder = path.dirname(folder);
  return readFileSync(path.join(folder, "package.json"), "utf8");
}
