import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { AuthorError } from "../lib/author-error.ts";
import type { Command, CommandContext } from "./responses/command.ts";
import { UsageError } from "./responses/command.ts";
import type { ExitCode } from "./responses/exit-codes.ts";
import { exitCodes } from "./responses/exit-codes.ts";

/** Each command lives in `responses/<name>.ts` and is loaded when asked for. */
const summaries = {
  pull: "bring in responses: webmentions, GitHub Discussions, Mastodon and Bluesky",
  moderate: "decide about responses that wait: approve, spam, delete, block",
  send: "tell the pages that posts link to, after a deployment",
  verify: "look at the sources of stored responses again; what is gone goes",
  discover: "show how a page wants to be notified",
  "verify-accounts": "look up the authors' accounts on Mastodon and Bluesky",
} as const;

type CommandName = keyof typeof summaries;

const overview = `Usage: npm run responses -- <command> [options]

Commands:
${Object.entries(summaries)
  .map(([name, summary]) => `  ${name.padEnd(17)}${summary}`)
  .join("\n")}

Each has its own help: npm run responses -- <command> --help
`;

/** Runs one command line and returns its exit code; errors that a person can mend are printed without a stack. */
export async function runResponses(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    context.out(overview);
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (!isCommandName(name)) {
    context.err(`There is no command "${name}".\n\n${overview}`);
    return exitCodes.usage;
  }
  try {
    const command = await loadCommand(name);
    if (args.includes("--help") || args.includes("-h")) {
      context.out(command.help);
      return exitCodes.ok;
    }
    return await command.run(args, context);
  } catch (error) {
    return reportError(error, name, context);
  }
}

function reportError(error: unknown, name: CommandName, context: CommandContext): ExitCode {
  if (error instanceof UsageError) {
    context.err(`${error.message}\nSee: npm run responses -- ${name} --help\n`);
    return exitCodes.usage;
  }
  if (error instanceof AuthorError) {
    context.err(`${error.message}\n`);
    return exitCodes.contentMistake;
  }
  context.err(`${inspect(error)}\n`);
  return exitCodes.failure;
}

async function loadCommand(name: CommandName): Promise<Command> {
  const module: { readonly command: Command } = await import(`./responses/${name}.ts`);
  return module.command;
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(summaries, name);
}

function processContext(): CommandContext {
  return {
    root: process.cwd(),
    env: process.env,
    now: () => new Date(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY && process.stdin.isTTY,
    sleep: (ms) => sleep(ms),
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await runResponses(process.argv.slice(2), processContext());
}
