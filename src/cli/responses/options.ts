import path from "node:path";
import { parseArgs } from "node:util";
import type { ParseArgsOptionsConfig } from "node:util";
import type { CommandContext } from "./command.ts";
import { UsageError } from "./command.ts";

/** Where a command finds the author's work and keeps what it can make again. */
export interface CommandFolders {
  readonly root: string;
  readonly contentDir: string;
  readonly cacheDir: string;
}

/** Options that every command takes. */
export const commonOptions = {
  content: { type: "string" },
  cache: { type: "string" },
  json: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
} as const satisfies ParseArgsOptionsConfig;

/** What the help of every command says about them. */
export const commonHelp = `  --dry-run        say what would be done, change and send nothing
  --json           the result as JSON on standard output
  --content DIR    the author's folder (content)
  --cache DIR      where rendered posts are kept (.cache)
  --help           this text
`;

/**
 * Parses a command's options.
 *
 * @throws UsageError for unknown ones, missing values, and words that aren't options unless allowed.
 */
export function parseOptions<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** The folders that the options name, absolute. */
export function commandFolders(
  { content, cache }: { readonly content?: string | undefined; readonly cache?: string | undefined },
  { root }: CommandContext,
): CommandFolders {
  return {
    root,
    contentDir: path.resolve(root, content ?? "content"),
    // A folder of its own: a build may be at work in its part of the cache at the same time.
    cacheDir: path.resolve(root, cache ?? ".cache", "responses"),
  };
}

/**
 * The number that an option gives.
 *
 * @throws UsageError when it isn't a whole number of at least `min`.
 */
export function wholeNumber(name: string, text: string | undefined, fallback: number, min = 0): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
    throw new UsageError(`--${name} wants a whole number of at least ${min}, not "${text}"`);
  }
  return value;
}
