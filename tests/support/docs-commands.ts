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

/** The commands of a page. */
export function commandsIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^(`{3,})(?:sh|bash|console)\b[^\n]*\n([^]*?)^\1 *$/gm)];
  const lines = blocks.flatMap(([, , body = ""]) => body.replaceAll(/\\\n\s*/g, "").split("\n"));
  const prose = text.replaceAll(/^(`{3,})[^]*?^\1 *$/gm, "");
  const spans = [...prose.matchAll(/`([^`\n]+(?:\n[^`\n]+)?)`/g)].map(([, code = ""]) =>
    code.replace("\n", " "),
  );
  return [...lines, ...spans]
    .flatMap((line) => line.replace(/\s+#.*$/, "").split(" && "))
    .map((line) => line.trim().replace(/^\$ /, ""))
    .filter((line) => START.test(line));
}

/** Words of a command line; quotation marks hold words together, and what follows `>` is a file. */
export function wordsOf(line: string): readonly string[] {
  return [...line.replace(/\s>.*$/, "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
}
