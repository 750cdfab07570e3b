import { setTimeout as sleep } from "node:timers/promises";
import type { CommandContext } from "./responses/command.ts";

/** Context for a command that runs in its own process. */
export function processContext(): CommandContext {
  return {
    root: process.cwd(),
    env: process.env,
    now: () => new Date(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY && process.stdin.isTTY,
    sleep: (ms) => sleep(ms),
  };
}
