/** Runs `backfence receive` in a separate process, as an operator does. */
import { spawn } from "node:child_process";
import path from "node:path";
import { commandEnv, root } from "../support/build.ts";

export interface ReceiveCommand {
  /** Returns all its output. */
  readonly output: () => string;
  /** Stops it as systemd does. @returns its exit code. */
  readonly stop: () => Promise<number | null>;
}

/**
 * Starts it in a folder, and waits until it responds.
 * @param args such as `["--port", "8420"]`.
 */
export async function startReceive(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ReceiveCommand> {
  const child = spawn(process.execPath, [path.join(root, "src/cli/backfence.ts"), "receive", ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: commandEnv(env),
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (part: Buffer) => {
      output += part.toString("utf8");
      if (output.includes("answers at")) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`It ended: ${output}`)));
  });
  return {
    output: () => output,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
