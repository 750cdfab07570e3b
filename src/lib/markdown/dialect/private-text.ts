import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

export const OPEN_COMMENT = {
  message: "%% starts a comment that is never closed",
  hint: "Write %% again where it ends, or \\%\\% for the characters themselves.",
};

/**
 * Blanks Obsidian's private comments, from `%%` to the next `%%`, over any number of lines; empty lines remain.
 * Comments within one line are left to the inline scan. Code is unchanged.
 */
export function blankPrivate(text: string): { readonly text: string; readonly issues: readonly LineIssue[] } {
  if (!text.includes("%%")) return { text, issues: [] };
  const lines = text.split("\n");
  const issues: LineIssue[] = [];
  let fence: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const marks = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (marks !== undefined && (fence === null || marks.startsWith(fence)))
      fence = fence === null ? marks : null;
    if (fence !== null || !opensComment(line)) continue;
    const start = lines[index]?.lastIndexOf("%%") ?? 0;
    const last = lines.findIndex((later, at) => at > index && later.includes("%%"));
    if (last === -1) {
      issues.push({ line: index + 1, ...OPEN_COMMENT });
      continue;
    }
    const rest = lines[last] ?? "";
    lines[index] = line.slice(0, start);
    for (let between = index + 1; between < last; between += 1) lines[between] = "";
    lines[last] = rest.slice(rest.indexOf("%%") + 2);
    index = last - 1;
  }
  return { text: lines.join("\n"), issues };
}

/** Whether a comment begins in a line and doesn't end there. */
function opensComment(line: string): boolean {
  const plain = line.replace(/(`+)(?:(?!\1).)*\1|\\%/g, (code) => "x".repeat(code.length));
  const marks = plain.match(/(?<![\w%])%%(?!%)|(?<=\s)%%/g) ?? [];
  return plain.trimStart().startsWith("%%") && marks.length % 2 === 1 && plain.split("%%").length % 2 === 0;
}

/** Start and end of template and editor comments: kramdown, Liquid, Hugo, Jinja and Tera, Handlebars, CriticMarkup. */
const COMMENTS: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/\{::comment\}/, /\{:\/(?:comment)?\}/],
  [/\{%-?\s*comment\s*-?%\}/, /\{%-?\s*endcomment\s*-?%\}/],
  [/\{%-?\s*#/, /%\}/],
  [/\{\{-?\s*\/\*/, /\*\/\s*-?\}\}/],
  [/\{#-?(?=\s)/, /(?<=\s)-?#\}/],
  [/\{\{!--/, /--\}\}/],
  [/\{>>/, /<<\}/],
];
const ANY_COMMENT = new RegExp(COMMENTS.map(([start]) => start.source).join("|"));
const CODE = /(`+)(?!`)[^\n]*?[^`]\1(?!`)/g;

/**
 * Blanks template comments, which aren't meant for readers; empty lines remain. A comment that is never closed, or is
 * in a code span, is kept as text.
 */
export function blankComments(lines: readonly BlockLine[]): BlockLine[] {
  const result = [...lines];
  for (let at = 0; at < result.length; at += 1) {
    const line = result[at];
    if (line?.kind !== "text" || !ANY_COMMENT.test(line.text)) continue;
    const found = commentIn(result, at);
    if (found === null) continue;
    const { from, last, end } = found;
    const rest = result[last]?.text.slice(end) ?? "";
    for (let inside = at + 1; inside <= last; inside += 1)
      result[inside] = { ...line, line: result[inside]?.line ?? line.line, text: "" };
    result[at] = { ...line, text: line.text.slice(0, from) + (last === at ? rest : "") };
    if (last > at) result[last] = { ...line, line: result[last]?.line ?? line.line, text: rest };
    at -= 1;
  }
  return result;
}

/** The first comment that begins in a line and is closed in it or in a later one. */
function commentIn(
  lines: readonly BlockLine[],
  at: number,
): { readonly from: number; readonly last: number; readonly end: number } | null {
  const plain = (lines[at]?.text ?? "").replaceAll(CODE, (code) => "x".repeat(code.length));
  for (const [start, close] of COMMENTS) {
    const found = start.exec(plain);
    if (found === null) continue;
    const after = found.index + found[0].length;
    for (let last = at; last < lines.length; last += 1) {
      const text = lines[last]?.text ?? "";
      const skipped = last === at ? after : 0;
      const ends = close.exec(text.slice(skipped));
      if (ends !== null) return { from: found.index, last, end: skipped + ends.index + ends[0].length };
    }
  }
  return null;
}
