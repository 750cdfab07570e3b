/** Runs a `backfence` command in this process, in a project's folder. Requests to loopback are allowed. */
import type { Command, CommandContext } from "../../src/cli/responses/command.ts";

export async function runCommand(
  command: Command,
  root: string,
  ...rest: readonly (string | Partial<CommandContext>)[]
): Promise<{ readonly code: number; readonly out: string }> {
  let out = "";
  const add = (text: string): void => void (out += text);
  const args = rest.filter((one) => typeof one === "string");
  const changes = rest.filter((one) => typeof one !== "string");
  const code = await command.run(args, {
    ...{ root, out: add, err: add, isInteractive: false },
    env: { BACKFENCE_ALLOW_LOOPBACK: "1" },
    now: () => new Date("2026-06-01T00:00:00Z"),
    sleep: () => Promise.resolve(),
    ...changes.reduce<Partial<CommandContext>>((all, one) => ({ ...all, ...one }), {}),
  });
  return { code, out };
}
