#!/usr/bin/env node
/** The `backfence` command: what Astro has no command for. */
import module from "node:module";
import { unsupportedNode } from "./node-version.ts";

const problem = unsupportedNode(process.version);
if (problem === null) {
  // Node keeps the compiled code of what is loaded from here on, for the next command.
  module.enableCompileCache();
  const { processContext } = await import("./process-context.ts");
  const { runBackfence } = await import("./run-backfence.ts");
  process.exitCode = await runBackfence(process.argv.slice(2), processContext());
} else {
  console.error(`error ${problem}`);
  process.exitCode = 1;
}
