/** `npm test`: runs all tests, including those in a real browser; the last line is `N passed, N failed`. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const report = path.join(root, ".cache/test-report.json");
const args = process.argv.slice(2);

rmSync(report, { force: true });
console.log("backfence: running every test; the browser's come last. This takes some minutes.");
if (!existsSync(path.join(root, "content/posts/one-more-story")))
  console.log(
    "backfence: content/ is your own, so the tests that look at the blog that came with it are left out.",
  );
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const run = spawnSync(process.execPath, [vitest, "run", ...reporters, ...args], {
  cwd: root,
  stdio: "inherit",
});

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.nullish(z.array(z.string())),
        }),
      ),
    }),
  ),
});
const totals = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
for (const line of failures(totals.testResults)) console.log(line);
const notRun = totals.numPendingTests;
if (notRun > 0) console.log(`${notRun} tests did not run: a skipped test counts as failed.`);
const failed = totals.numFailedTests + notRun + (run.status !== 0 && totals.numFailedTests === 0 ? 1 : 0);
console.log(`${totals.numPassedTests} passed, ${failed} failed`);
process.exit(failed === 0 && totals.numPassedTests > 0 ? 0 : 1);

/** One line for each failed test, so that the end of the log lists all of them. */
function* failures(files: z.infer<typeof reportSchema>["testResults"]): Generator<string> {
  for (const { name, message, status, assertionResults } of files) {
    const file = path.relative(root, name);
    const failed = assertionResults.filter((result) => result.status === "failed");
    for (const { fullName, failureMessages } of failed)
      yield `FAILED ${file}: ${fullName}: ${firstLine(failureMessages?.[0] ?? "")}`;
    if (status === "failed" && failed.length === 0) yield `FAILED ${file}: ${firstLine(message)}`;
  }
}

function firstLine(message: string): string {
  const plain = message.replace(/\u001B\[[\d;]*m/g, "").trim();
  return plain.split("\n", 1).join("").slice(0, 240);
}
