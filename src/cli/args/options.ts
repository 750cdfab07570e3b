/** Declared options of a command: the parser, the help and the documentation come from one declaration. */
import { parseArgs } from "node:util";
import { didYouMean } from "../../lib/did-you-mean.ts";
import { UsageError } from "../responses/command.ts";
import { shellWord } from "../shell-word.ts";

/** One option, as `--name`. */
export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** A single letter: `h` for `-h`. */
  readonly short?: string;
  /** The option can be repeated. */
  readonly multiple?: boolean;
  readonly default?: string | boolean;
  /** One line for the help, lower case, no full stop. */
  readonly description: string;
  /** Placeholder for the value in the help, such as `DIR`; for strings. */
  readonly value?: string;
  /** Allowed values. */
  readonly choices?: readonly string[];
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

interface ParserConfig<Options extends OptionSpecs> {
  readonly args: string[];
  readonly options: Options;
  readonly allowPositionals: true;
  readonly allowNegative: true;
  readonly strict: true;
}

/** Values and positionals, as typed by `parseArgs` of `node:util`. */
export type ParsedOptions<Options extends OptionSpecs> = ReturnType<typeof parseArgs<ParserConfig<Options>>>;

/** Options that every declared command accepts. */
export const GLOBAL_OPTIONS = {
  help: { type: "boolean", short: "h", description: "this text" },
  verbose: { type: "boolean", description: "print technical details of unexpected errors" },
} as const satisfies OptionSpecs;

/**
 * Parses the arguments of one command.
 * @throws UsageError that names the option and the expected form.
 */
export function parseOptions<const Options extends OptionSpecs>(
  args: readonly string[],
  options: Options,
): ParsedOptions<Options> {
  refuseUnusable(args, options);
  const known = { ...options, ...GLOBAL_OPTIONS };
  const parsed = parseArgs({
    args: [...args],
    options: known,
    allowPositionals: true,
    allowNegative: true,
    strict: true,
  });
  // The global options are parsed and documented for every command, but only the dispatcher reads them.
  return parsed as ParsedOptions<Options>;
}

/**
 * Checks each argument before parsing: unlike those of `parseArgs`, its messages name the expected form.
 * @throws UsageError
 */
export function refuseUnusable(args: readonly string[], options: OptionSpecs): void {
  const known: OptionSpecs = { ...options, ...GLOBAL_OPTIONS };
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const isNegated = token.name.startsWith("no-") && known[token.name.slice(3)]?.type === "boolean";
    const name = isNegated ? token.name.slice(3) : token.name;
    const spec = Object.hasOwn(known, name) ? known[name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, known);
    if (spec.type === "boolean") {
      if (token.value !== undefined) throw new UsageError(`--${token.name} takes no value`);
      continue;
    }
    refuseValue(name, spec, token.value, token.inlineValue === true);
  }
}

function refuseValue(name: string, spec: OptionSpec, value: string | undefined, isInline: boolean): void {
  const form = `--${name} ${spec.value ?? spec.choices?.[0] ?? "VALUE"}`;
  if (value === undefined || value === "") throw new UsageError(`--${name} needs a value: ${form}`);
  if (!isInline && /^-./.test(value))
    throw new UsageError(
      `--${name} needs a value: ${form} (for a value that begins with "-": --${name}=${shellWord(value)})`,
    );
  if (spec.choices === undefined || spec.choices.includes(value)) return;
  const near = didYouMean(value, spec.choices);
  const hint = near === null ? `It can be ${spec.choices.join(", ")}.` : `Did you mean ${near}?`;
  throw new UsageError(`--${name} can't be "${value}". ${hint}`);
}

function unknownOption(rawName: string, known: OptionSpecs): UsageError {
  const names = Object.entries(known).flatMap(([name, { type }]) =>
    type === "boolean" ? [name, `no-${name}`] : [name],
  );
  const near = didYouMean(rawName.replace(/^-+/, ""), names);
  const hint = near === null || !rawName.startsWith("--") ? "" : `. Did you mean --${near}?`;
  return new UsageError(`There is no option ${rawName}${hint}`);
}
