import type { CommandDeclaration } from "./define-command.ts";
import type { OptionSpec, OptionSpecs } from "./options.ts";
import { GLOBAL_OPTIONS } from "./options.ts";

const WIDTH = 100;

/** Exit codes that every command has. */
export const COMMON_EXIT_CODES: Readonly<Record<number, string>> = {
  0: "done, or nothing to do",
  1: "unexpected error",
  2: "wrong usage: unknown command, option or value",
};

/** The text of `--help`. */
export function helpOf(declaration: CommandDeclaration<OptionSpecs>): string {
  const { usage, description, options, examples } = declaration;
  const rows = optionRows(options);
  const examplesText = examples.map(([line, meaning]) => `  backfence ${line}\n      ${meaning}`);
  const codes = Object.entries(allExitCodes(declaration)).map(
    ([code, meaning]) => `  ${code.padEnd(4)}${meaning}`,
  );
  return [
    `Usage: backfence ${usage}`,
    wrap(description, WIDTH),
    `Options:\n${columns(rows)}`,
    ...(examplesText.length === 0 ? [] : [`Examples:\n${examplesText.join("\n")}`]),
    `Exit codes:\n${codes.join("\n")}\n`,
  ].join("\n\n");
}

/** All exit codes of a command with their meanings. */
export function allExitCodes({
  exitCodes,
}: CommandDeclaration<OptionSpecs>): Readonly<Record<number, string>> {
  return { ...COMMON_EXIT_CODES, ...exitCodes };
}

/** Options as pairs of syntax and description. */
export function optionRows(options: OptionSpecs): readonly (readonly [form: string, text: string])[] {
  return Object.entries({ ...options, ...GLOBAL_OPTIONS }).map(([name, spec]) => [
    optionForm(name, spec),
    optionText(spec),
  ]);
}

function optionForm(name: string, { type, short, value, default: preset }: OptionSpec): string {
  const flag = type === "boolean" && preset === true ? `--no-${name}` : `--${name}`;
  const letter = short === undefined ? "" : `-${short}, `;
  return type === "boolean" ? `${letter}${flag}` : `${letter}${flag} ${value ?? "VALUE"}`;
}

function optionText({ description, choices, default: preset, multiple }: OptionSpec): string {
  const notes = [
    ...(choices === undefined ? [] : [choices.join(", ")]),
    ...(typeof preset === "string" ? [`default: ${preset}`] : []),
    ...(multiple === true ? ["repeatable"] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
}

/** Two columns, the second wrapped. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const first = Math.min(26, Math.max(...rows.map(([form]) => form.length)) + 2);
  const indent = " ".repeat(first + 2);
  return rows
    .map(([form, text]) => {
      const lines = wrap(text, WIDTH - indent.length)
        .split("\n")
        .join(`\n${indent}`);
      const gap = form.length + 1 < first ? form.padEnd(first) : `${form}\n${" ".repeat(first + 2)}`;
      return `  ${gap}${lines}`;
    })
    .join("\n");
}

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
