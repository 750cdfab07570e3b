#!/usr/bin/env node
/** The `backfence` command line: commands that Astro doesn't have. */
import module from "node:module";
import { unsupportedNode } from "./node-version.ts";

const problem = unsupportedNode(process.version);
if (problem === null) {
  // Node caches the compiled code of every module loaded after this line, for the next command.
  module.enableCompileCache();
  const { processContext } = await import("./process-context.ts");
  const { runBackfence } = await import("./run-backfence.ts");
  process.exitCode = await runBackfence(process.argv.slice(2), processContext());
} else {
  console.error(`error ${problem}`);
  process.exitCode = 1;
}
