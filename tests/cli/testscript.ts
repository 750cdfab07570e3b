/**
 * Command tests as text files (`*.testscript`): initial files, commands, their output, and the expected files.
 *
 *   # a comment; the first one is the test's name
 *   $ backfence new "A title"      a command, run in the folder
 *   > Created [..]                 its output, standard output before standard error; [..] matches anything in a
 *   > ...                          line, ... any number of lines
 *   ? 2                            its exit code, unless 0
 *   @ NAME=value                   an environment variable for all commands
 *   -- content/site.yaml --        a file that exists before the first command
 *   == content/posts/a.md ==       a file with this content after the last command
 *   != content/posts/b.md          a file that must not exist then
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { runBackfence } from "../../src/cli/run-backfence.ts";

export interface TestScript {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly env: Readonly<Record<string, string>>;
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly absent: readonly string[];
}

interface Step {
  readonly line: string;
  readonly output: string[];
  status: number;
}

/** Parses a script. @throws Error for a line that is none of the above. */
export function parseTestScript(text: string): TestScript {
  const names: string[] = [];
  const steps: Step[] = [];
  const env: Record<string, string> = {};
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const absent: string[] = [];
  let file: { readonly into: Map<string, string>; readonly name: string } | null = null;
  for (const line of text.trimEnd().split("\n")) {
    const marked = /^(--|==) (\S+) \1$/.exec(line);
    const gone = /^!= (\S+)$/.exec(line);
    const variable = /^@ (\w+)=(.*)$/.exec(line);
    const step = steps.at(-1);
    if (marked !== null) {
      file = { into: marked[1] === "--" ? before : after, name: marked[2] ?? "" };
      file.into.set(file.name, "");
    } else if (gone !== null) absent.push(gone[1] ?? "");
    else if (file !== null) file.into.set(file.name, `${file.into.get(file.name) ?? ""}${line}\n`);
    else if (variable !== null) env[variable[1] ?? ""] = variable[2] ?? "";
    else if (line.startsWith("# ")) names.push(line.slice(2));
    else if (line.startsWith("$ ")) steps.push({ line: line.slice(2), output: [], status: 0 });
    else if (/^>( |$)/.test(line) && step !== undefined) step.output.push(line.slice(2));
    else if (line.startsWith("? ") && step !== undefined) step.status = Number(line.slice(2));
    else if (line.trim() !== "") throw new Error(`Not a line of a test script: ${line}`);
  }
  return { name: names[0] ?? "unnamed", steps, env, before, after, absent };
}

/** Runs a script in a folder and compares output, exit codes and files. */
export async function runTestScript(
  script: TestScript,
  folder: string,
  env: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> {
  for (const [file, text] of script.before) {
    const absolute = path.join(folder, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text.replaceAll("{FOLDER}", folder));
  }
  for (const { line, output, status } of script.steps) {
    const [program, ...args] = wordsOf(line);
    expect(program).toBe("backfence");
    let out = "";
    let err = "";
    const code = await runBackfence(args, {
      root: folder,
      env: { ...env, ...script.env },
      now: () => now,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      isInteractive: false,
      sleep: () => Promise.resolve(),
    });
    const said = `${out}${err}`.replaceAll(folder, "{FOLDER}");
    if (output.length > 0) expect(said.trim(), line).toMatch(patternOf(output));
    expect(`${line}: ${code}`, said).toBe(`${line}: ${status}`);
  }
  for (const [file, text] of script.after) {
    const absolute = path.join(folder, file);
    expect(existsSync(absolute), `${file} is there`).toBe(true);
    expect(readFileSync(absolute, "utf8"), file).toMatch(patternOf(text.trimEnd().split("\n")));
  }
  for (const file of script.absent)
    expect(existsSync(path.join(folder, file)), `${file} is there`).toBe(false);
}

/** Splits a command line into words; quoted words stay together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}

function patternOf(lines: readonly string[]): RegExp {
  const parts = lines.map((line) =>
    line === "..." ? String.raw`[^]*?` : line.split("[..]").map(escaped).join("[^\\n]*"),
  );
  return new RegExp(
    `^${parts.join("\n").replaceAll("\n[^]*?", "[^]*?").replaceAll("[^]*?\n", "[^]*?")}\\s*$`,
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
