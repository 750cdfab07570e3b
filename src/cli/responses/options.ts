import path from "node:path";
import { parseArgs } from "node:util";
import type { ParseArgsOptionsConfig } from "node:util";
import { refuseUnusable } from "../args/options.ts";
import { configuredFolders } from "../configured-folders.ts";
import { contentFolder } from "../content-folder.ts";
import type { CommandContext } from "./command.ts";
import { UsageError } from "./command.ts";

/** Where a command finds the author's work and keeps what it can make again; all absolute. */
export interface CommandFolders {
  /** The folder that holds the author's; paths in messages start from it. */
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  /** The project's own pages. */
  readonly pagesDir: string;
  readonly cacheDir: string;
}

/** Options that every command takes. */
export const commonOptions = {
  content: { type: "string" },
  public: { type: "string" },
  cache: { type: "string" },
  json: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
} as const satisfies ParseArgsOptionsConfig;

/** Help text for these options. */
export const commonHelp = `  --dry-run        show what would be done; change and send nothing
  --json           the result as JSON on standard output
  --content DIR    content folder (content)
  --public DIR     files that are published unchanged (public)
  --cache DIR      cache folder (.cache)
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
  const specs = Object.entries(options).map(([name, { type }]) => [name, { type, description: "" }] as const);
  refuseUnusable(args, Object.fromEntries(specs));
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/**
 * The folders that the options name, or else the project's configuration.
 * @throws UsageError when there is no content folder.
 */
export function commandFolders(
  named: Readonly<Partial<Record<"content" | "public" | "cache", string | undefined>>>,
  { root }: CommandContext,
): CommandFolders {
  const configured = configuredFolders(root);
  const contentDir = contentFolder(root, named.content ?? configured.contentDir ?? "content");
  return {
    root: path.dirname(contentDir),
    contentDir,
    publicDir: path.resolve(root, named.public ?? configured.publicDir ?? "public"),
    pagesDir: path.resolve(root, configured.srcDir ?? "src", "pages"),
    // A folder of its own: a build may be at work in its part of the cache at the same time.
    cacheDir: path.resolve(root, named.cache ?? ".cache", "responses"),
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
    throw new UsageError(`--${name} needs a whole number of at least ${min}, not "${text}"`);
  }
  return value;
}
