import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { commands } from "../../src/cli/commands.ts";
import { helpOf } from "../../src/cli/args/help.ts";
import type { DeclaredCommand } from "../../src/cli/args/define-command.ts";
import type { Command } from "../../src/cli/responses/command.ts";

/** Matches command lines of `backfence` and npm scripts in a text, up to a placeholder such as `<name>`. */
export const COMMAND_LINE = /(?:npx backfence|(?<=`)backfence|npm run) +(?!`)[a-z][^`\n"'$|&;#()<\\]*/g;

const scripts = z.object({ scripts: z.record(z.string(), z.string()) });
const cache = new Map<string, Promise<string>>();

/**
 * Returns what is wrong with a command line; null when command, subcommand and options exist.
 * @param root the repository's root.
 */
export async function commandFault(root: string, line: string): Promise<string | null> {
  const words = line.trim().split(/\s+/);
  if (words[0] === "npm") return scriptFault(root, words[2] ?? "", words.slice(3));
  return await backfenceFault(root, words.slice(words[0] === "npx" ? 2 : 1));
}

async function scriptFault(root: string, script: string, rest: readonly string[]): Promise<string | null> {
  const own = scriptsOf(path.join(root, "package.json"));
  const known = [...own, "check", "dev", "build", "preview", "new", "responses"];
  const name = script.replace(/[.,:]+$/, "");
  if (!known.includes(name)) return `there is no script ${name}`;
  const args = rest[0] === "--" ? rest.slice(1) : [];
  return args.length > 0 && (name === "new" || name === "responses")
    ? await backfenceFault(root, [name, ...args])
    : null;
}

function scriptsOf(file: string): readonly string[] {
  return Object.keys(scripts.parse(JSON.parse(readFileSync(file, "utf8"))).scripts);
}

async function backfenceFault(root: string, words: readonly string[]): Promise<string | null> {
  const [first = "", ...rest] = words.map((word) => word.replace(/[.,:]+$/, ""));
  if (first.startsWith("--")) return null;
  const entry = commands[first];
  if (entry === undefined) return `there is no command ${first}`;
  const sub = rest[0];
  const isSub = first === "responses" && sub !== undefined && /^[a-z]/.test(sub);
  const file = path.join(root, `src/cli/responses/${sub ?? ""}.ts`);
  if (isSub && !existsSync(file)) return `there is no command responses ${sub}`;
  const key = isSub ? `${first} ${sub}` : first;
  const help = cache.get(key) ?? (isSub ? import(file).then(helpFrom) : entry.load().then(helpFrom));
  cache.set(key, help);
  const text = await help;
  const unknown = rest
    .filter((word) => /^--[a-z]/.test(word))
    .map((word) => word.replace(/=.*$/, ""))
    .find((option) => !["--help", "--verbose"].includes(option) && !mentions(text, option));
  return unknown === undefined ? null : `there is no option ${unknown}`;
}

function mentions(help: string, option: string): boolean {
  return new RegExp(`${option.replace("--no-", "--(?:no-)?")}(?![\\w-])`).test(help);
}

function helpFrom({ command }: { readonly command: Command | DeclaredCommand }): string {
  return "declaration" in command ? helpOf(command.declaration) : command.help;
}
