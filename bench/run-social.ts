/**
 * `-- social [rounds]`: median CPU time and size of a social image by script. The first image, which converts fonts,
 * isn't counted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { OgImage } from "../src/lib/og-images/template.ts";
import { sampleImages } from "../tests/support/og-image-samples.ts";

const ROUNDS = 15;

/** @param args number of rounds. */
export async function run([rounds = String(ROUNDS)]: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "backfence-social-"));
  try {
    const config = path.join(folder, "fonts.conf");
    // Set before anything in this process draws text.
    process.env["FONTCONFIG_FILE"] = config;
    const { openFonts } = await import("../src/lib/og-images/fonts.ts");
    const fonts = openFonts(folder, config, false);
    const rows = [];
    for (const [script, image] of Object.entries(sampleImages)) {
      rows.push({ script, ...(await measure(image, fonts, Number(rounds))) });
    }
    console.table(rows);
    console.log(`Median of the scripts: ${median(rows.map(({ ms }) => ms))} ms of processor time an image`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  image: OgImage,
  fonts: Parameters<typeof import("../src/lib/og-images/draw.ts").drawOgImage>[1],
  rounds: number,
) {
  const { drawOgImage } = await import("../src/lib/og-images/draw.ts");
  const times: number[] = [];
  const first = process.cpuUsage();
  let { png } = await drawOgImage(image, fonts);
  const firstMs = Math.round(processorMs(first));
  for (let round = 0; round < rounds; round += 1) {
    const start = process.cpuUsage();
    ({ png } = await drawOgImage(image, fonts));
    times.push(processorMs(start));
  }
  return { ms: median(times), firstMs, kilobytes: Math.round(png.length / 102.4) / 10 };
}

/** Returns the CPU time in milliseconds of this process and its threads since a call of `process.cpuUsage`. */
function processorMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, two) => one - two);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
