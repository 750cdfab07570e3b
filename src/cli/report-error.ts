import { inspect } from "node:util";
import { AuthorError } from "../lib/author-error.ts";
import { painter } from "./paint.ts";
import type { CommandContext } from "./responses/command.ts";
import { UsageError } from "./responses/command.ts";
import { exitCodes, type ExitCode } from "./responses/exit-codes.ts";
import { explainSystemError } from "../lib/system-error.ts";

const ISSUES = "https://github.com/backfence/backfence/issues";

interface FailedCommand {
  /** Name of the command, such as `responses pull`; empty for an unknown one. */
  readonly name: string;
  readonly isVerbose: boolean;
}

/**
 * Prints why a command failed and returns its exit code. Errors that the user can fix are printed as one sentence; a
 * stack trace is printed only for unexpected errors in verbose mode.
 */
export function reportError(error: unknown, failed: FailedCommand, context: CommandContext): ExitCode {
  const { red } = painter(context);
  if (error instanceof UsageError) {
    const help = ["backfence", failed.name, "--help"].filter(Boolean).join(" ");
    context.err(`${red("error")} ${error.message}\nSee: ${help}\n`);
    return exitCodes.usage;
  }
  if (error instanceof AuthorError) {
    context.err(`\n${error.message}\n`);
    return exitCodes.contentMistake;
  }
  const explained = explainSystemError(error, context.root);
  if (explained !== null) {
    context.err(`${red("error")} ${explained}\n`);
    return exitCodes.failure;
  }
  const message = error instanceof Error ? error.message : String(error);
  const more = failed.isVerbose
    ? inspect(error)
    : `Please report it with the output of the same command and --verbose: ${ISSUES}`;
  context.err(`${red("error")} Unexpected error in "backfence ${failed.name}": ${message}\n${more}\n`);
  return exitCodes.failure;
}

/** Whether verbose mode is set, by `--verbose` or the environment variable `DEBUG`. */
export function isVerbose(args: readonly string[], { env }: CommandContext): boolean {
  return args.includes("--verbose") || Boolean(env["DEBUG"]);
}
