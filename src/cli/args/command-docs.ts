/** Generates docs/commands.md from the declarations of the commands. */
import type { CommandEntry } from "../commands.ts";
import type { CommandDeclaration, DeclaredCommand } from "./define-command.ts";
import { allExitCodes, COMMON_EXIT_CODES, optionRows } from "./help.ts";
import type { OptionSpecs } from "./options.ts";
import type { Command } from "../responses/command.ts";

const INTRODUCTION = `# Commands

What Astro has no command for. \`astro dev\`, \`astro build\` and \`astro preview\` do the rest.

In your blog's folder: \`npx backfence <command>\`. \`--help\` after a command prints its part of this page;
\`backfence --version\` prints the version. A wrong command line is explained in one sentence. Colors appear in a
terminal only, and never when \`NO_COLOR\` is set. \`--verbose\` (or the environment variable \`DEBUG\`) adds technical details to
unexpected errors.
`;

/** Markdown for all commands. */
export async function commandDocs(commands: Readonly<Record<string, CommandEntry>>): Promise<string> {
  const overview = Object.entries(commands).map(
    ([name, { summary }]) => `| [\`${name}\`](#${name}) | ${cell(summary)} |`,
  );
  const sections = await Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const { command } = await load();
      const text = isDeclared(command) ? declaredSection(command.declaration) : rawSection(command, summary);
      return `## ${name}\n\n${text}`;
    }),
  );
  const parts = [
    INTRODUCTION,
    `| command | what it does |\n| --- | --- |\n${overview.join("\n")}`,
    `Exit codes of every command: ${codeList(COMMON_EXIT_CODES)}.`,
    ...sections,
  ];
  return `${parts.join("\n\n")}\n`;
}

function isDeclared(command: Command): command is DeclaredCommand {
  return "declaration" in command;
}

function declaredSection(declaration: CommandDeclaration<OptionSpecs>): string {
  const { usage, description, options, examples, exitCodes } = declaration;
  const rows = optionRows(options)
    .filter(([form]) => form !== "-h, --help" && form !== "--verbose")
    .map(([form, text]) => `| \`${form}\` | ${cell(text)} |`);
  const table = rows.length === 0 ? [] : [`| option | meaning |\n| --- | --- |\n${rows.join("\n")}`];
  const lines = examples.map(([line, meaning]) => `# ${meaning}\nnpx backfence ${line}`);
  const codes = exitCodes === undefined ? [] : [`Exit codes: ${codeList(allExitCodes(declaration))}.`];
  return [
    `\`backfence ${usage}\``,
    description,
    ...table,
    ...(lines.length === 0 ? [] : [`\`\`\`sh\n${lines.join("\n")}\n\`\`\``]),
    ...codes,
  ].join("\n\n");
}

function rawSection({ help }: Command, summary: string): string {
  return `${summary[0]?.toUpperCase() ?? ""}${summary.slice(1)}.\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``;
}

function codeList(codes: Readonly<Record<number, string>>): string {
  return Object.entries(codes)
    .map(([code, meaning]) => `${code} ${meaning}`)
    .join("; ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
