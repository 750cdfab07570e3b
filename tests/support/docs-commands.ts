import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** A command in the docs, and the pages that contain it. */
export interface DocsCommand {
  readonly line: string;
  readonly pages: readonly string[];
}

const START = /^(?:npx )?backfence |^npm run [a-z]/;

/** Returns every `backfence` command and npm script in shell code blocks and inline code, once each. */
export function docsCommands(root: string): readonly DocsCommand[] {
  const pages = new Map<string, Set<string>>();
  for (const page of ["README.md", ...globSync("docs/**/*.md", { cwd: root })]) {
    const name = page.split(path.sep).join("/");
    for (const line of commandsIn(readFileSync(path.join(root, page), "utf8")))
      pages.set(line, (pages.get(line) ?? new Set()).add(name));
  }
  return [...pages].map(([line, found]) => ({ line, pages: [...found].sort() }));
}

/** Returns the commands of other programs in shell code blocks, with their pages. */
export function otherCommands(root: string): readonly DocsCommand[] {
  const pages = new Map<string, Set<string>>();
  for (const page of ["README.md", ...globSync("docs/**/*.md", { cwd: root })])
    for (const line of blockLinesIn(readFileSync(path.join(root, page), "utf8")))
      if (!START.test(line))
        pages.set(line, (pages.get(line) ?? new Set()).add(page.split(path.sep).join("/")));
  return [...pages].map(([line, found]) => ({ line, pages: [...found].sort() }));
}

/** Returns the commands in a page's shell and cron code blocks. A quoted string may span several lines. */
export function blockLinesIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^ *(`{3,})([^\n]*)\n([^]*?)^ *\1 *$/gm)];
  return blocks
    .filter(([, , language = "", body = ""]) =>
      language === "" ? SCHEDULE.test(body) : /^(?:sh|bash|console)\b/.test(language),
    )
    .flatMap(([, , , body = ""]) => linesOf(body))
    .flatMap(plainCommands);
}

/** Schedule at the beginning of a crontab line. */
const SCHEDULE = /^\d+ \* \* \* \*\s+/;

/** Splits a block into lines, without comments; a line break inside single quotes doesn't end a line. */
function linesOf(body: string): readonly string[] {
  return body
    .replaceAll(/\\\n\s*/g, "")
    .replaceAll(/(?:^|[ \t]+)#.*$/gm, "")
    .split(/\n(?=(?:[^']*'[^']*')*[^']*$)/);
}

/** Returns the commands of a line, without schedule and variable assignments. */
function plainCommands(line: string): readonly string[] {
  return line
    .replace(SCHEDULE, "")
    .split(" && ")
    .map((part) =>
      part
        .trim()
        .replace(/^\$ /, "")
        .replace(/^(?:[A-Z][A-Z_]*=\S+ )+/, ""),
    )
    .filter(Boolean);
}

/** Returns the `backfence` commands and npm scripts on a page. */
export function commandsIn(text: string): readonly string[] {
  const prose = text.replaceAll(/^(`{3,})[^]*?^\1 *$/gm, "");
  const spans = [...prose.matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)].map(([, code = ""]) =>
    code.replace("\n", " "),
  );
  return [...blockLinesIn(text), ...spans.flatMap(plainCommands)].filter((line) => START.test(line));
}

/** Splits a command line into words; quoted words stay together, and a redirection with `>` is removed. */
export function wordsOf(line: string): readonly string[] {
  return [...line.replace(/\s>.*$/, "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}
