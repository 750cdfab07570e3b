import type { Command, CommandContext } from "../responses/command.ts";
import { UsageError } from "../responses/command.ts";
import type { ExitCode } from "../responses/exit-codes.ts";
import { helpOf } from "./help.ts";
import type { OptionSpecs, ParsedOptions } from "./options.ts";
import { parseOptions } from "./options.ts";

/** Declaration of a command: the source of its parser, help and documentation. */
export interface CommandDeclaration<Options extends OptionSpecs> {
  /** Name and arguments: `new [kind] <title…>`. */
  readonly usage: string;
  /** Description in one or several sentences. */
  readonly description: string;
  /** Number of positional arguments that the command accepts. */
  readonly positionals: { readonly min: number; readonly max: number };
  readonly options: Options;
  /** Command lines without `backfence`, each followed by what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Exit codes in addition to 0 (done), 1 (unexpected error) and 2 (wrong usage). */
  readonly exitCodes?: Readonly<Record<number, string>>;
}

/** A command with the declaration that its help and documentation are generated from. */
export interface DeclaredCommand extends Command {
  readonly declaration: CommandDeclaration<OptionSpecs>;
}

/** Creates a command from its declaration and the function that does the work. */
export function defineCommand<const Options extends OptionSpecs>(
  declaration: CommandDeclaration<Options>,
  work: (parsed: ParsedOptions<Options>, context: CommandContext) => Promise<ExitCode>,
): DeclaredCommand {
  return {
    declaration,
    help: helpOf(declaration),
    run: async (args, context) => {
      const parsed = parseOptions(args, declaration.options);
      refuseCount(declaration, parsed.positionals);
      return await work(parsed, context);
    },
  };
}

function refuseCount(
  { usage, positionals }: CommandDeclaration<OptionSpecs>,
  given: readonly string[],
): void {
  if (given.length < positionals.min)
    throw new UsageError(`Something is missing after "${usage.split(" ")[0] ?? ""}": backfence ${usage}`);
  const extra = given[positionals.max];
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: backfence ${usage}`);
}
