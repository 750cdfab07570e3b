import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** A command that the documentation names, and the pages that do. */
export interface DocsCommand {
  readonly line: string;
  readonly pages: readonly string[];
}

const START = /^(?:npx )?backfence |^npm run [a-z]/;

/** Every command of `backfence` and npm script in blocks of shell lines and in running text, once each. */
export function docsCommands(root: string): readonly DocsCommand[] {
  const pages = new Map<string, Set<string>>();
  for (const page of ["README.md", ...globSync("docs/**/*.md", { cwd: root })]) {
    const name = page.split(path.sep).join("/");
    for (const line of commandsIn(readFileSync(path.join(root, page), "utf8")))
      pages.set(line, (pages.get(line) ?? new Set()).add(name));
  }
  return [...pages].map(([line, found]) => ({ line, pages: [...found].sort() }));
}

/** Commands of other programs in blocks of shell lines, with the pages that have them. */
export function otherCommands(root: string): readonly DocsCommand[] {
  const pages = new Map<string, Set<string>>();
  for (const page of ["README.md", ...globSync("docs/**/*.md", { cwd: root })])
    for (const line of blockLinesIn(readFileSync(path.join(root, page), "utf8")))
      if (!START.test(line))
        pages.set(line, (pages.get(line) ?? new Set()).add(page.split(path.sep).join("/")));
  return [...pages].map(([line, found]) => ({ line, pages: [...found].sort() }));
}

/** The lines of a page's blocks of shell lines and of cron, each command alone. A text in quotes may have several lines. */
export function blockLinesIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^ *(`{3,})([^\n]*)\n([^]*?)^ *\1 *$/gm)];
  return blocks
    .filter(([, , language = "", body = ""]) =>
      language === "" ? SCHEDULE.test(body) : /^(?:sh|bash|console)\b/.test(language),
    )
    .flatMap(([, , , body = ""]) => linesOf(body))
    .flatMap(plainCommands);
}

/** The time with which a line of cron begins. */
const SCHEDULE = /^\d+ \* \* \* \*\s+/;

/** Lines without comments; a line break between single quotes ends none. */
function linesOf(body: string): readonly string[] {
  return body
    .replaceAll(/\\\n\s*/g, "")
    .replaceAll(/(?:^|[ \t]+)#.*$/gm, "")
    .split(/\n(?=(?:[^']*'[^']*')*[^']*$)/);
}

/** Commands of a line without its schedule and variables. */
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

/** The commands of a page. */
export function commandsIn(text: string): readonly string[] {
  const prose = text.replaceAll(/^(`{3,})[^]*?^\1 *$/gm, "");
  const spans = [...prose.matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)].map(([, code = ""]) =>
    code.replace("\n", " "),
  );
  return [...blockLinesIn(text), ...spans.flatMap(plainCommands)].filter((line) => START.test(line));
}

/** Words of a command line; quotation marks hold words together, and what follows `>` is a file. */
export function wordsOf(line: string): readonly string[] {
  return [...line.replace(/\s>.*$/, "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}
