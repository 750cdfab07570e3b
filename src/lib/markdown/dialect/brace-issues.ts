import type { Escape } from "./inline.ts";
import { shortcodeAt, shortcodeHint } from "./shortcodes.ts";
import type { LineIssue } from "./prepared.ts";

/** Errors for braces that aren't meant as code: one per line, with the corrected line. */
export function bracesIssues(
  text: string,
  escapes: readonly Escape[],
  lineAt: (offset: number) => number,
): LineIssue[] {
  const byLine = new Map<number, Escape[]>();
  for (const escape of escapes) {
    const line = lineAt(escape.at);
    byLine.set(line, [...(byLine.get(line) ?? []), escape]);
  }
  return [...byLine].map(([line, found]) => ({
    line,
    message: messageOf(text, found),
    hint:
      insteadOf(text, found) ??
      `In MDX, braces enclose JavaScript. For literal braces write:\n${corrected(text, found)}`,
  }));
}

/** Hint with the equivalent of a shortcode, if it is the line's only problem; null if there is none. */
function insteadOf(text: string, escapes: readonly Escape[]): string | null {
  const [first] = escapes;
  const shortcode = escapes.length === 1 && first !== undefined ? shortcodeAt(text, first.at) : null;
  return shortcode === null ? null : shortcodeHint(shortcode);
}

function messageOf(text: string, escapes: readonly Escape[]): string {
  const [first] = escapes;
  if (first === undefined) return "";
  const written = escapes.map(({ at, end }) => shorten(end === -1 ? "{" : text.slice(at, end + 1)));
  const all = [...new Set(written)].join(" and ");
  if (escapes.some(({ problem }) => problem !== first.problem)) return `${all} can't be read as code`;
  switch (first.problem) {
    case "open":
      return "`{` is never closed";
    case "empty":
      return `${all} is empty`;
    case "value":
      return `${all} ${written.length === 1 ? "is a bare value" : "are bare values"}, which readers would see in another form or not at all`;
    case "name":
      return `${all} uses something that isn't defined here: ${[...new Set(escapes.map(({ name }) => name))].join(", ")}`;
    case "syntax":
      return `${all} can't be read as JavaScript`;
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** The author's lines with all reported braces escaped. */
function corrected(text: string, escapes: readonly Escape[]): string {
  const start = text.lastIndexOf("\n", Math.min(...escapes.map(({ at }) => at)) - 1) + 1;
  const lastSign = Math.max(...escapes.map(({ at, end }) => Math.max(at, end)));
  const lineEnd = text.indexOf("\n", lastSign);
  const end = lineEnd === -1 ? text.length : lineEnd;
  let result = "";
  for (let at = start; at < end; at += 1) {
    const sign = text[at] ?? "";
    const isIn = escapes.some((escape) => at >= escape.at && at <= Math.max(escape.at, escape.end));
    if (isIn && sign === "\\") {
      result += sign + (text[at + 1] ?? "");
      at += 1;
    } else result += isIn && (sign === "{" || sign === "}" || sign === "<") ? `\\${sign}` : sign;
  }
  return result;
}

/** Error for an HTML comment, which MDX doesn't allow, with the MDX form. */
export function commentIssue(written: string, line: number): LineIssue {
  const inside = written.trimStart().replace(/^<!--/, "").replace(/-->$/, "").trim();
  return {
    line,
    message: "An HTML comment isn't allowed in MDX",
    hint: `Write it as MDX does, or name the file .md:\n{/* ${inside.replaceAll("*/", "* /")} */}`,
  };
}

/** Error for an expression in a tag that uses a name the text doesn't define. */
export function unboundIssue(code: string, name: string, line: number): LineIssue {
  return {
    line,
    message: `{${shorten(code)}} uses something that isn't defined here: ${name}`,
    hint: `Write the value itself in quotes, or define it at the top of the post, before an empty line:\nexport const ${name} = "…";`,
  };
}
