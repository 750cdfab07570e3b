/**
 * `npm run bench -- properties [TIMES] [file …]`: runs the property tests (all that use fast-check, or the named files)
 * with other values than the test suite, TIMES as many (default 10). A failure prints its seed and its values.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../tests/support/build.ts";

export async function run([times = "10", ...named]: readonly string[]): Promise<void> {
  const files = named.length > 0 ? named : filesWithProperties();
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", "--testTimeout", "0", ...files], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PROPERTY_TIMES: times },
  });
  process.exitCode = status ?? 1;
}

function filesWithProperties(): string[] {
  return globSync("{src,tests,packages}/**/*.test.ts", {
    cwd: root,
    exclude: ["**/node_modules"],
  }).filter((file) => readFileSync(path.join(root, file), "utf8").includes('from "fast-check"'));
}
