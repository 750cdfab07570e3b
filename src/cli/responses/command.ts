import type { ExitCode } from "./exit-codes.ts";

/** Environment of a command; tests pass their own. */
export interface CommandContext {
  /** The project's folder, which holds `content/`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Results: standard output, written as given. */
  readonly out: (text: string) => void;
  /** Progress and messages: standard error, written as given. */
  readonly err: (text: string) => void;
  /** A person sits at a terminal: progress may rewrite its line, single keys may be read. */
  readonly isInteractive: boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

/** One command of `npm run responses`; its file exports it as `command`. */
export interface Command {
  /** Printed for `--help`. */
  readonly help: string;
  /** @throws UsageError, AuthorError; anything else is a fault of the program. */
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>;
}

/** A command line that can't be understood; printed with a pointer to `--help`. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `BACKFENCE_ALLOW_LOOPBACK=1`: loopback hosts and any port on them may be asked. Meant for tests. */
export function allowsLoopback(env: CommandContext["env"]): boolean {
  return env["BACKFENCE_ALLOW_LOOPBACK"] === "1";
}
