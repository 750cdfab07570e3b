import { inspect } from "node:util";
import { AuthorError } from "../lib/author-error.ts";
import { painter } from "./paint.ts";
import type { CommandContext } from "./responses/command.ts";
import { UsageError } from "./responses/command.ts";
import { exitCodes, type ExitCode } from "./responses/exit-codes.ts";
import { explainSystemError } from "../lib/system-error.ts";

const ISSUES = "https://github.com/backfence/backfence/issues";

interface FailedCommand {
  /** Words that name the command: `responses pull`; empty for an unknown one. */
  readonly name: string;
  readonly isVerbose: boolean;
}

/**
 * Prints why a command failed and returns its exit code. What a user can change is a sentence; a stack is printed only
 * for unexpected errors, and only when asked for.
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

/** Whether technical details are asked for, by option or environment. */
export function isVerbose(args: readonly string[], { env }: CommandContext): boolean {
  return args.includes("--verbose") || Boolean(env["DEBUG"]);
}
