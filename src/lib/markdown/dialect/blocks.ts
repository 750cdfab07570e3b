import type { LineIssue } from "./prepared.ts";

/** One line of a text, and the kind of block it belongs to. */
export interface BlockLine {
  text: string;
  /** 1-based line in the author's text. */
  readonly line: number;
  /** `text` is Markdown with inline syntax; `code` isn't rewritten. */
  readonly kind: "text" | "code";
}

interface Fence {
  readonly sign: string;
  readonly length: number;
  readonly line: number;
  readonly isQuoted: boolean;
  readonly indent: number;
  readonly isMath: boolean;
}

const PREFIX = /^(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:>[ \t]?)*/;
const LIST_ITEM = /^([ \t]*(?:>[ \t]?)*[ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)\S/;

/**
 * Separates lines of code blocks from lines of text, and converts `$$` blocks and TeX environments such as
 * `\\begin{align}` to code blocks with the language `math`.
 * @param allowsIndentedCode whether four spaces begin a code block, as in Markdown but not in MDX.
 */
export function splitBlocks(
  source: string,
  allowsIndentedCode: boolean,
): { lines: BlockLine[]; notes: LineIssue[]; comments: BlockComment[] } {
  const lines: BlockLine[] = [];
  const comments: BlockComment[] = [];
  const notes: LineIssue[] = [];
  const texts = source.split("\n");
  let fence: Fence | null = null;
  let listIndent = 0;
  let isAfterBlank = true;
  let isIndented = false;
  let nextText = 0;
  while (nextText < texts.length) {
    const index = nextText;
    const text = texts[index] ?? "";
    const line = index + 1;
    nextText = line;
    if (fence !== null && endsByDedent(text, fence)) fence = null;
    if (fence !== null) {
      const isEnd = closes(text, fence);
      lines.push({ text: isEnd && fence.isMath ? text.replace("$$", "```") : text, line, kind: "code" });
      if (isEnd) fence = null;
      isAfterBlank = false;
      continue;
    }
    if (COMMENT.test(text) && indentOf(text) < listIndent + 4) {
      const { end, rest } = endOfComment(texts, index);
      comments.push({
        line,
        text: texts
          .slice(index, end)
          .join("\n")
          .slice(0, rest === "" ? undefined : -rest.length),
      });
      // The Markdown parser accepts HTML comments; the MDX parser doesn't.
      for (let at = index; at < end; at += 1)
        lines.push({ text: allowsIndentedCode ? (texts[at] ?? "") : "", line: at + 1, kind: "code" });
      if (!allowsIndentedCode && rest !== "") lines.push({ text: rest, line: end, kind: "text" });
      nextText = end;
      isAfterBlank = true;
      continue;
    }
    const isBlank = text.trim() === "";
    if (allowsIndentedCode && !isBlank) {
      isIndented = indentOf(text) >= listIndent + 4 && (isAfterBlank || isIndented) && !LIST_ITEM.test(text);
      if (isIndented) {
        lines.push({ text, line, kind: "code" });
        isAfterBlank = false;
        continue;
      }
    }
    const end = endOfEnvironment(texts, index);
    if (end !== -1) {
      lines.push({ text: "```math", line, kind: "code" });
      for (let at = index; at < end; at += 1)
        lines.push({ text: texts[at] ?? "", line: at + 1, kind: "code" });
      nextText = end;
      lines.push({ text: "```", line: end, kind: "code" });
      isAfterBlank = false;
      continue;
    }
    const block = allowsIndentedCode ? null : preformattedAt(texts, index);
    if (block !== null) {
      lines.push(
        ...block.lines.map((one, at) => ({
          text: one,
          line: line + Math.max(0, at - 1),
          kind: "code" as const,
        })),
      );
      nextText = block.end;
      isAfterBlank = false;
      continue;
    }
    fence = opens(text, line, texts, index);
    if (fence === null && text.trim() === "$$") notes.push(openFormula(line));
    if (fence !== null) {
      lines.push({ text: fence.isMath ? text.replace("$$", "```math") : text, line, kind: "code" });
      isAfterBlank = false;
      continue;
    }
    const item = LIST_ITEM.exec(text);
    if (item !== null) listIndent = (item[1] ?? "").length + (item[2] ?? "").length;
    else if (!isBlank && isAfterBlank && indentOf(text) < Math.min(listIndent, 2)) listIndent = 0;
    lines.push({ text, line, kind: "text" });
    isAfterBlank = isBlank;
  }
  if (fence !== null && !fence.isMath) notes.push(neverClosed(fence, texts));
  return { lines, notes, comments };
}

/** A multi-line HTML comment that starts at the beginning of a line. */
export interface BlockComment {
  /** 1-based line on which it starts. */
  readonly line: number;
  readonly text: string;
}

const COMMENT = /^[ \t]*<!--(?!.*-->)/;

/** Index after the last line of a comment, and the rest of that line. */
function endOfComment(
  texts: readonly string[],
  index: number,
): { readonly end: number; readonly rest: string } {
  const last = texts.findIndex((text, at) => at > index && text.includes("-->"));
  if (last === -1) return { end: texts.length, rest: "" };
  const text = texts[last] ?? "";
  return { end: last + 1, rest: text.slice(text.indexOf("-->") + 3) };
}

/** Indentation of a line in columns; a tab advances to the next multiple of four. */
export function indentOf(text: string): number {
  let indent = 0;
  for (const sign of text) {
    if (sign === " ") indent += 1;
    else if (sign === "\t") indent += 4 - (indent % 4);
    else break;
  }
  return indent;
}

/** Environments that are formulas even without `$$` around them; https://katex.org/docs/supported.html#environments */
const ENVIRONMENT = /^ {0,3}\\begin\{((?:equation|align|alignat|gather)\*?)\}/;

/** Index after the last line of the environment that begins at a line, or -1. */
function endOfEnvironment(texts: readonly string[], index: number): number {
  const name = ENVIRONMENT.exec(texts[index] ?? "")?.[1];
  if (name === undefined) return -1;
  const last = texts.slice(index, index + 200).findIndex((text) => text.trimEnd().endsWith(`\\end{${name}}`));
  return last === -1 ? -1 : index + last + 1;
}

const PREFORMATTED = /^ {0,3}<pre\b([^<>]*)>\s*(?:<code\b([^<>]*)>)?([^<>]*)(?:<\/code>)?\s*<\/pre>[ \t]*$/;

/**
 * Converts HTML code, `<pre><code class="language-js">`, to a fenced block: MDX would parse paragraphs in it and lose
 * its indentation. Null for anything else, such as code in an expression or code that contains tags.
 */
function preformattedAt(
  texts: readonly string[],
  index: number,
): { readonly lines: readonly string[]; readonly end: number } | null {
  if (!/^ {0,3}<pre\b/.test(texts[index] ?? "")) return null;
  const last = texts.slice(index, index + 2000).findIndex((text) => text.includes("</pre>"));
  const end = index + last + 1;
  const match = last === -1 ? null : PREFORMATTED.exec(texts.slice(index, end).join("\n"));
  if (match === null) return null;
  const [, outer = "", inner = "", written = ""] = match;
  if (/^\s*\{[\s\S]*\}\s*$/.test(written)) return null;
  const code = decodedHtml(written.replace(/^\n/, "").replace(/\n$/, ""));
  const lang = /\blang(?:uage)?-([\w+#.-]+)/.exec(outer + inner)?.[1] ?? "";
  const ticks = "`".repeat(Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length)) + 1);
  return { lines: [ticks + lang, ...code.split("\n"), ticks], end };
}

function decodedHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: "\u00A0" };
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot|nbsp));/gi,
    (_, decimal?: string, hex?: string, name = "") =>
      decimal === undefined && hex === undefined
        ? (named[name.toLowerCase()] ?? "")
        : String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal)),
  );
}

function opens(text: string, line: number, texts: readonly string[], index: number): Fence | null {
  const prefix = PREFIX.exec(text)?.[0] ?? "";
  const rest = text.slice(prefix.length);
  const common = { line, isQuoted: prefix.includes(">"), indent: prefix.length };
  const code = /^(`{3,})[^`]*$|^(~{3,})/.exec(rest);
  const marks = code?.[1] ?? code?.[2];
  if (marks !== undefined) return { ...common, sign: marks[0] ?? "`", length: marks.length, isMath: false };
  if (rest.trim() !== "$$") return null;
  const fence: Fence = { ...common, sign: "$", length: 2, isMath: true };
  const hasEnd = texts.slice(index + 1, index + 200).some((later) => closes(later, fence));
  return hasEnd ? fence : null;
}

function closes(text: string, { sign, length, isQuoted }: Fence): boolean {
  const rest = (isQuoted ? text.replace(/^[ \t>]*/, "") : text).trim();
  return rest.length >= length && rest === sign.repeat(rest.length) && (sign !== "$" || rest.length === 2);
}

/** Whether a code block in a block quote or list item ends because the block quote or list item ends. */
function endsByDedent(text: string, { isQuoted, indent }: Fence): boolean {
  if (isQuoted) return !text.trimStart().startsWith(">");
  return indent >= 2 && text.trim() !== "" && indentOf(text) < Math.min(indent, 2);
}

function openFormula(line: number): LineIssue {
  return {
    line,
    message: "$$ is shown as text: a second $$, on a line of its own, is missing at the end of the formula",
    hint: "Write its last line where the formula ends:\n$$",
  };
}

function neverClosed({ line, sign, length }: Fence, texts: readonly string[]): LineIssue {
  const fence = sign.repeat(length);
  return {
    line,
    message: `The code block that begins with ${(texts[line - 1] ?? fence).trim()} is never closed: the rest of the text is code`,
    hint: `Write its last line where the code ends:\n${fence}`,
  };
}
