import type { ExitCode } from "./exit-codes.ts";

/** Environment of a command; tests pass their own. */
export interface CommandContext {
  /** The project's folder, which contains `content/`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Writes results to standard output, unchanged. */
  readonly out: (text: string) => void;
  /** Writes progress and messages to standard error, unchanged. */
  readonly err: (text: string) => void;
  /** Input and output are a terminal: progress can overwrite its line, and single keys can be read. */
  readonly isInteractive: boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A command of `backfence` or `backfence responses`; its file exports it as `command`. */
export interface Command {
  /** Printed for `--help`. */
  readonly help: string;
  /** @throws UsageError or AuthorError; any other error is a bug. */
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>;
}

/** Wrong usage of a command; printed with a pointer to `--help`. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `BACKFENCE_ALLOW_LOOPBACK=1` allows requests to loopback hosts on any port. For tests. */
export function allowsLoopback(env: CommandContext["env"]): boolean {
  return env["BACKFENCE_ALLOW_LOOPBACK"] === "1";
}
