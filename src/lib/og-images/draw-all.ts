import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { FileCache } from "../cache/file-cache.ts";
import type { OgImage } from "./template.ts";

/** An image to draw and its cache key. */
export interface DrawJob {
  readonly key: string;
  readonly image: OgImage;
}

/** Starting another process takes about as long as drawing this many images. */
const WORTH_A_PROCESS = 20;
const SCRIPT = fileURLToPath(new URL("./draw-process.ts", import.meta.url));
const missingSchema = z.array(z.tuple([z.string(), z.string().nullable()]));

/**
 * Draws images into a cache. Images with a character that no installed font package has are drawn with the system's
 * fonts, and `onNote` gets one note about all of them.
 */
export async function drawAll(
  jobs: readonly DrawJob[],
  cache: FileCache,
  onNote: (note: string) => void,
): Promise<void> {
  const processes = Math.min(availableParallelism(), Math.ceil(jobs.length / WORTH_A_PROCESS));
  const shares = Array.from({ length: processes }, (_, share) =>
    jobs.filter((_job, at) => at % processes === share),
  );
  const missing = (await Promise.all(shares.map((share) => drawIn(share, cache.folder, "own")))).flat();
  if (missing.length === 0) return;
  const left = jobs.filter(({ key }) => !cache.has(key));
  await drawIn(left, cache.folder, "system");
  const packages = new Set(missing.flatMap(([, name]) => name ?? []));
  const unknown = new Set(missing.flatMap(([character, name]) => (name === null ? character : [])));
  onNote(
    `Fonts of this system were used for ${left.length} social ${left.length === 1 ? "image" : "images"}.` +
      (unknown.size > 0 ? ` No font package is known for ${[...unknown].join(" ")}.` : "") +
      (packages.size > 0
        ? ` For the same letters on every machine: npm install ${[...packages].sort().join(" ")}`
        : ""),
  );
}

/**
 * Draws images in a separate process: fontconfig reads its settings once per process, from a file named in the
 * environment, and the settings of the build's process must not change.
 */
async function drawIn(jobs: readonly DrawJob[], folder: string, source: "own" | "system") {
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, FONTCONFIG_FILE: path.join(folder, `fonts-${source}.conf`) };
  const drawing = promisify(execFile)(process.execPath, [SCRIPT, folder, source], {
    env,
    maxBuffer: Infinity,
  });
  drawing.child.stdin?.on("error", () => {}).end(JSON.stringify(jobs));
  try {
    return missingSchema.parse(JSON.parse((await drawing).stdout));
  } catch (cause) {
    throw new Error("Social images couldn’t be drawn", { cause });
  }
}
