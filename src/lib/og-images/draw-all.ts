import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { FileCache } from "../cache/file-cache.ts";
import { familiesFor, isWithin, slicesOf } from "./families.ts";
import type { OgImage } from "./template.ts";

/** An image to draw and the key under which the cache gets it. */
export interface DrawJob {
  readonly key: string;
  readonly image: OgImage;
}

/** Starting another process takes about as long as drawing this many images. */
const WORTH_A_PROCESS = 20;

/**
 * Draws images into a cache. Those with a character that no font package has are drawn with the system's fonts, and
 * `onNote` gets one sentence about all of them.
 */
export async function drawAll(
  jobs: readonly DrawJob[],
  cache: FileCache,
  onNote: (note: string) => void,
): Promise<void> {
  const processes = Math.min(availableParallelism(), Math.ceil(jobs.length / WORTH_A_PROCESS));
  const shares = Array.from({ length: processes }, (_, share) =>
    jobs.filter((_, at) => at % processes === share),
  );
  await Promise.all(shares.map((share) => drawIn(share, cache.folder, "own")));
  const left = jobs.filter(({ key }) => !cache.has(key));
  if (left.length === 0) return;
  onNote(missingFontsNote(left.map(({ image }) => image)));
  await drawIn(left, cache.folder, "system");
}

/**
 * Fontconfig reads its settings once in each process, from a file that the environment names: a process of its own
 * leaves those of the build alone.
 */
async function drawIn(jobs: readonly DrawJob[], folder: string, source: "own" | "system"): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const script = fileURLToPath(new URL("./draw-process.ts", import.meta.url));
  const env = { ...process.env, FONTCONFIG_FILE: path.join(folder, `${source}.conf`) };
  const child = spawn(process.execPath, [script, folder, source], {
    env,
    stdio: ["pipe", "inherit", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  child.stdin.on("error", () => {}).end(JSON.stringify(jobs));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error("Social images couldn't be drawn", { cause: complaint });
}

/** What to install for the characters that no installed font package is meant for. */
function missingFontsNote(images: readonly OgImage[]): string {
  const packages = new Set<string>();
  const unknown = new Set<string>();
  for (const { title, siteTitle, authorLine, date, lang } of images) {
    const text = `${title} ${siteTitle} ${authorLine} ${date}`;
    const families = familiesFor(text, lang).map((family) => ({ family, slices: slicesOf(family) }));
    for (const { segment } of new Intl.Segmenter(lang).segment(text)) {
      const code = segment.codePointAt(0) ?? 0;
      if (families.some(({ slices }) => slices.some(({ ranges }) => isWithin(code, ranges)))) continue;
      const fitting = families.find(
        ({ family, slices }) => slices.length === 0 && family.characters.test(segment),
      );
      if (fitting === undefined) unknown.add(segment);
      else packages.add(fitting.family.package);
    }
  }
  const start = `Fonts of this system were used for ${images.length} social images`;
  return packages.size > 0
    ? `${start}. For the same letters everywhere: npm install ${[...packages].sort().join(" ")}`
    : `${start}, because no known font package has these characters: ${[...unknown].join(" ")}`;
}
