import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "../support/build.ts";

export interface TerminalSession {
  /** All terminal output. */
  readonly shown: string;
  readonly code: number | null;
}

/**
 * Runs `backfence` in a pseudo-terminal opened by `script`.
 * @param replies pairs of a prompt and what to type when it appears, in order.
 */
export function inTerminal(
  args: readonly string[],
  replies: readonly (readonly [prompt: string, typed: string])[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<TerminalSession> {
  const command = [process.execPath, path.join(root, "src/cli/backfence.ts"), ...args];
  const line = command.map((part) => `'${part}'`).join(" ");
  const isBsd = process.platform === "darwin";
  const child = spawn("script", isBsd ? ["-q", "/dev/null", ...command] : ["-qec", line, "/dev/null"], {
    cwd: options.cwd,
    env: { ...process.env, NODE_ENV: "", VITEST: "", TERM: "xterm", ...options.env },
  });
  const open = [...replies];
  let shown = "";
  let seen = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString("utf8");
    for (let next = open[0]; next !== undefined; next = open[0]) {
      const at = shown.indexOf(next[0], seen);
      if (at === -1) return;
      seen = at + next[0].length;
      child.stdin.write(next[1]);
      open.shift();
    }
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ shown, code }));
  });
}
