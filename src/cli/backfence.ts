#!/usr/bin/env node
/** The `backfence` command: what Astro has no command for. */
import { processContext } from "./process-context.ts";
import { runBackfence } from "./run-backfence.ts";

process.exitCode = await runBackfence(process.argv.slice(2), processContext());
