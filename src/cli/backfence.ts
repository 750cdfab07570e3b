#!/usr/bin/env node
/** The `backfence` command: what Astro has no command for. */
import module from "node:module";

// Node keeps the compiled code of what is loaded from here on, for the next command; Node 20 can't.
module.enableCompileCache?.();
const { processContext } = await import("./process-context.ts");
const { runBackfence } = await import("./run-backfence.ts");

process.exitCode = await runBackfence(process.argv.slice(2), processContext());
