/** Social pictures: time and size of one, by script; medians. The first round unpacks fonts and isn't counted. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { FileCache } from "../src/lib/cache/file-cache.ts";
import { drawPicture, type PictureText } from "../src/lib/og-images/draw-og-image.ts";
import { TypeCase } from "../src/lib/og-images/fonts/type-case.ts";
import { sampleTexts } from "../src/lib/og-images/samples.ts";

const ROUNDS = 15;

/** @param args the number of rounds. */
export async function run([rounds = String(ROUNDS)]: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "backfence-social-"));
  try {
    const typeCase = new TypeCase(new FileCache(folder));
    const rows = [];
    for (const [script, text] of Object.entries(sampleTexts)) {
      rows.push({ script, ...(await measure(text, typeCase, Number(rounds))) });
    }
    console.table(rows);
    console.log(`Median of the scripts: ${median(rows.map(({ ms }) => ms))} ms a picture`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(text: PictureText, typeCase: TypeCase, rounds: number) {
  const times: number[] = [];
  const first = performance.now();
  let { png } = await drawPicture(text, typeCase);
  const firstMs = Math.round(performance.now() - first);
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    ({ png } = await drawPicture(text, typeCase));
    times.push(performance.now() - start);
  }
  return { ms: median(times), firstMs, kilobytes: Math.round(png.length / 102.4) / 10 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, two) => one - two);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
