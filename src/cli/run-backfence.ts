import { didYouMean } from "../lib/did-you-mean.ts";
import { columns, COMMON_EXIT_CODES } from "./args/help.ts";
import { commands } from "./commands.ts";
import { ownVersion } from "./own-version.ts";
import { isVerbose, reportError } from "./report-error.ts";
import type { CommandContext } from "./responses/command.ts";
import { UsageError } from "./responses/command.ts";
import { exitCodes, type ExitCode } from "./responses/exit-codes.ts";

/**
 * Runs one command line of `backfence` and returns its exit code. Errors that the user can fix are printed as one
 * sentence; a stack trace is printed only for unexpected errors with `--verbose` or `DEBUG`.
 */
export async function runBackfence(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined || name === "--help" || name === "-h") {
    context.out(overview());
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (name === "--version" || name === "-v") {
    context.out(`${ownVersion()}\n`);
    return exitCodes.ok;
  }
  if (name === "help") return await runBackfence([...args.slice(0, 1), "--help"], context);
  try {
    return await runCommand(name, args, context);
  } catch (error) {
    const known = Object.hasOwn(commands, name) ? name : "";
    return reportError(error, { name: known, isVerbose: isVerbose(args, context) }, context);
  }
}

async function runCommand(name: string, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) throw new UsageError(unknownCommand(name));
  const { command } = await entry.load();
  const words = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  // The subcommands of `responses` print their own help.
  const isOwnHelp = name !== "responses" && words.some((word) => word === "--help" || word === "-h");
  if (!isOwnHelp) return await command.run(args, context);
  context.out(command.help);
  return exitCodes.ok;
}

/** Astro commands, for hints when they are typed after `backfence`. */
const ASTROS: readonly string[] = ["dev", "build", "preview", "sync", "add", "info"];

function unknownCommand(name: string): string {
  if (name.startsWith("-")) return `There is no option ${name} before a command`;
  if (ASTROS.includes(name)) return `"${name}" is a command of Astro: npx astro ${name}`;
  const near = didYouMean(name, [...Object.keys(commands), ...ASTROS]);
  const meant = near !== null && ASTROS.includes(near) ? `npx astro ${near}` : near;
  return `There is no command "${name}"${meant === null ? "" : `. Did you mean "${meant}"?`}`;
}

function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  const codes = Object.entries(COMMON_EXIT_CODES).map(([code, meaning]) => `${code} ${meaning}`);
  return [
    "Usage: backfence <command> [options]",
    `Commands:\n${columns(rows)}`,
    "Help for each: backfence <command> --help. The version: backfence --version.\nFor the rest there is Astro: astro dev, astro build, astro preview, astro add.",
    `Exit codes: ${codes.join(" · ")}; more in a command's help.\n`,
  ].join("\n\n");
}
