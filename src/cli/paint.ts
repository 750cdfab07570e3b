import type { CommandContext } from "./responses/command.ts";

type Paint = (text: string) => string;

/** Colors for a terminal; without one, or with `NO_COLOR` set, text stays as it is. */
export function painter({
  isInteractive,
  env,
}: Pick<CommandContext, "isInteractive" | "env">): Readonly<Record<"red" | "green" | "bold" | "dim", Paint>> {
  const isColored = isInteractive && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const paint =
    (code: number): Paint =>
    (text) =>
      isColored ? `\u001B[${code}m${text}\u001B[0m` : text;
  return { red: paint(31), green: paint(32), bold: paint(1), dim: paint(2) };
}
