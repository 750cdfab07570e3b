import { didYouMean } from "../lib/did-you-mean.ts";
import { isVerbose, reportError } from "./report-error.ts";
import type { Command, CommandContext } from "./responses/command.ts";
import type { ExitCode } from "./responses/exit-codes.ts";
import { exitCodes } from "./responses/exit-codes.ts";

/** Subcommands. Each is in `responses/<name>.ts` and loaded on demand. */
const summaries = {
  pull: "fetch responses: webmentions, GitHub Discussions, Mastodon and Bluesky",
  moderate: "approve, delete or block waiting responses, or mark them as spam",
  send: "notify the pages that posts link to, after a deployment",
  verify: "check the sources of stored responses; remove those that are gone",
  discover: "show which notifications a page accepts",
  "verify-accounts": "look up the authors' accounts on Mastodon and Bluesky",
} as const;

type CommandName = keyof typeof summaries;

/** Help of `backfence responses`. */
export const overview = `Usage: backfence responses <command> [options]

Commands:
${Object.entries(summaries)
  .map(([name, summary]) => `  ${name.padEnd(17)}${summary}`)
  .join("\n")}

Each has its own help: backfence responses <command> --help
`;

/** Runs one command line and returns its exit code; errors that the author can fix are printed without a stack. */
export async function runResponses(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    context.out(overview);
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (!isCommandName(name)) {
    const near = didYouMean(name, Object.keys(summaries));
    const hint = near === null ? "" : ` Did you mean "${near}"?`;
    context.err(`There is no command "${name}".${hint}\n\n${overview}`);
    return exitCodes.usage;
  }
  try {
    const loaded = await loadCommand(name);
    if (args.includes("--help") || args.includes("-h")) {
      context.out(loaded.help);
      return exitCodes.ok;
    }
    const words = args.filter((word) => word !== "--verbose");
    return await loaded.run(words, context);
  } catch (error) {
    return reportError(error, { name: `responses ${name}`, isVerbose: isVerbose(args, context) }, context);
  }
}

async function loadCommand(name: CommandName): Promise<Command> {
  const module: { readonly command: Command } = await import(`./responses/${name}.ts`);
  return module.command;
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(summaries, name);
}

/** `backfence responses …`: each subcommand has its own options and help. */
export const command: Command = { help: overview, run: runResponses };
