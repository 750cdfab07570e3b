/**
 * `npm run bench -- fuzz [N] [folder …]`: checks and builds N randomly changed texts from the folders; by default, from
 * the demo and the docs. FUZZ_SEED sets the random seed.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { root, testFolders } from "../tests/support/build.ts";
import { fuzz, keepFault } from "../tests/support/fuzz/run-fuzz.ts";
import { textsIn } from "../tests/support/fuzz/texts.ts";

/** Number of texts in one build. */
const BATCH = 150;

export async function run([count = "600", ...folders]: readonly string[]): Promise<void> {
  const texts = textsIn(
    folders.length > 0
      ? folders.map((folder) => path.resolve(folder))
      : ["content", "docs"].map((name) => path.join(root, name)),
  );
  const first = Number(process.env["FUZZ_SEED"] ?? 1);
  const kept = path.join(root, ".cache/fuzz");
  let faults = 0;
  mkdirSync(testFolders, { recursive: true });
  for (let batch = 0; batch * BATCH < Number(count); batch += 1) {
    const folder = mkdtempSync(path.join(testFolders, "fuzz-"));
    const seed = first + batch;
    const result = await fuzz({
      texts,
      count: BATCH,
      seed,
      folder,
      builds: process.env["FUZZ_BUILD"] !== "0",
    });
    for (const fault of result.faults) {
      keepFault(kept, fault, seed * 1000 + (faults % 1000));
      faults += 1;
      console.log(`${fault.kind} ${fault.from}: ${fault.detail.slice(0, 300)}`);
    }
    console.log(`seed ${seed}: ${result.accepted} accepted, ${result.refused} refused, ${faults} faults`);
    rmSync(folder, { recursive: true, force: true });
  }
  if (faults > 0) {
    console.log(`What made the faults is in ${kept}.`);
    process.exitCode = 1;
  }
}
