import type { CommandContext } from "./responses/command.ts";

type Paint = (text: string) => string;

/** Functions that color text for a terminal; outside one, or with `NO_COLOR` set, they return the text unchanged. */
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
