import path from "node:path";
import { parseArgs } from "node:util";
import type { ParseArgsOptionsConfig } from "node:util";
import { refuseUnusable } from "../args/options.ts";
import { configuredFolders } from "../configured-folders.ts";
import { contentFolder } from "../content-folder.ts";
import type { CommandContext } from "./command.ts";
import { UsageError } from "./command.ts";

/** Folders of the author's files and of the cache; absolute paths. */
export interface CommandFolders {
  /** Parent of the content folder; paths in messages are relative to it. */
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  /** The project's own Astro pages. */
  readonly pagesDir: string;
  readonly cacheDir: string;
}

/** Options that every command accepts. */
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
 * @throws UsageError for unknown options, missing values, and positionals unless they are allowed.
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
 * The folders from the options, else from the project's configuration, else the defaults.
 * @throws UsageError when the content folder doesn't exist.
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
    // A separate subfolder, because a build may be using its own part of the cache at the same time.
    cacheDir: path.resolve(root, named.cache ?? ".cache", "responses"),
  };
}

/**
 * Parses the number given for an option.
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
