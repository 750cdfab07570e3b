/** Functions that find the end of Markdown constructs. Positions are UTF-16 offsets; -1 means there is no end. */

/** Offset of the line end that ends the paragraph around `from`. Inline syntax can't extend beyond it. */
export function endOfParagraph(text: string, from: number): number {
  const isQuoted = QUOTE.test(text.slice(text.lastIndexOf("\n", from - 1) + 1, from + 10));
  for (let at = text.indexOf("\n", from); at !== -1; at = text.indexOf("\n", at + 1)) {
    let next = at + 1;
    while (text[next] === " " || text[next] === "\t" || text[next] === ">") next += 1;
    if (next >= text.length || text[next] === "\n") return at;
    if (!isQuoted && QUOTE.test(text.slice(at + 1, at + 10))) return at;
    if (/[#*+\-|\d]/.test(text[next] ?? "") && BLOCK.test(text.slice(next, next + 12))) return at;
  }
  return text.length;
}

const QUOTE = /^[ \t]*>/;

/** Starts of blocks that can interrupt a paragraph: a heading, a list item, a table row. */
const BLOCK = /^(?:#{1,6}[ \t]|[*+-][ \t]|\d{1,9}[.)][ \t]|\|)/;

/** Offset after a code span that begins at `from`, or -1. */
export function endOfCodeSpan(text: string, from: number, limit: number): number {
  const length = runLength(text, from, "`");
  let at = from + length;
  while (at < limit) {
    const next = text.indexOf("`", at);
    if (next === -1 || next >= limit) return -1;
    const run = runLength(text, next, "`");
    if (run === length) return next + run;
    at = next + run;
  }
  return -1;
}

/** Number of times a character is repeated from an offset on. */
export function runLength(text: string, from: number, sign: string): number {
  let length = 0;
  while (text[from + length] === sign) length += 1;
  return length;
}

/** Offset after the bracket that closes the one at `from`, skipping escapes and nested brackets, or -1. */
export function endOfBracket(text: string, from: number, limit: number, close = "]"): number {
  const open = text[from];
  let depth = 0;
  for (let at = from; at < limit; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === open) depth += 1;
    else if (sign === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Offset after an expression in braces, skipping its strings, templates and block comments, or -1. */
export function endOfExpression(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "{") depth += 1;
    else if (sign === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (sign === '"' || sign === "'" || sign === "`") {
      const end = endOfString(text, at, sign);
      if (end !== -1) at = end - 1;
    } else if (sign === "/" && text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2);
      if (end === -1) return -1;
      at = end + 1;
    }
  }
  return -1;
}

function endOfString(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at + 1;
    else if (text[at] === "\n" && quote !== "`") return -1;
  }
  return -1;
}

/** An HTML tag. */
export interface Tag {
  readonly name: string;
  readonly isClosing: boolean;
  readonly isSelfClosing: boolean;
  readonly end: number;
}

/** Offset of the line end before the next blank line, or the end of the text. */
export function endOfBlock(text: string, from: number): number {
  for (let at = text.indexOf("\n", from); at !== -1; at = text.indexOf("\n", at + 1)) {
    let next = at + 1;
    while (text[next] === " " || text[next] === "\t") next += 1;
    if (text[next] === "\n") return at;
  }
  return text.length;
}

/** The HTML tag that begins at `from`, or null. */
export function tagAt(text: string, from: number): Tag | null {
  const start = /^<(\/?)([A-Za-z][\w.:-]*)/.exec(text.slice(from, from + 80));
  if (start === null) return null;
  let at = from + start[0].length;
  if (!/[\s/>{]/.test(text[at] ?? "")) return null;
  const limit = endOfBlock(text, at);
  while (at < limit) {
    const sign = text[at] ?? "";
    if (sign === ">") {
      const isSelfClosing = text[at - 1] === "/";
      return { name: start[2] ?? "", isClosing: start[1] === "/", isSelfClosing, end: at + 1 };
    }
    if (sign === "<") return null;
    if (sign === '"' || sign === "'") {
      const end = text.indexOf(sign, at + 1);
      if (end === -1) return null;
      at = end + 1;
    } else at += 1;
  }
  return null;
}

/** Whether the text between two dollar signs is a price and words: "$5 a month, in US$ ". */
function isPrice(text: string): boolean {
  return /^\d[\d.,]*\S?\s+(?:\S+\s+)*?\p{L}{3,}/u.test(text) && !/[\\^_=+]/.test(text);
}

/** Whether the text between two `$$` is prose between price ranges rather than a formula: "Soup ($$), rice ($$)". */
export function isBetweenPrices(text: string): boolean {
  return (
    /^[),.;:]/.test(text) ||
    (/^[\p{L}\p{P}\s]*$/u.test(text) && /\s\p{L}{3,}\s/u.test(` ${text} `) && /^\s/.test(text))
  );
}

/** The formula between `\(` and `\)`, or `\[` and `\]`, with one or two backslashes; null if it isn't a formula. */
export function texAt(
  text: string,
  from: number,
  limit: number,
): { readonly formula: string; readonly isDisplay: boolean; readonly end: number } | null {
  const match = /^(\\{1,2})(?:\(((?:(?!\\[()])[^\n])+?)\1\)|\[((?:(?!\\[[\]])[\s\S])+?)\1\])/.exec(
    text.slice(from, limit),
  );
  if (match === null) return null;
  const [whole, slashes, inline, display] = match;
  const formula = (inline ?? display ?? "").trim();
  const isFormula =
    /\\[A-Za-z]|\^|_\{|(?<![A-Za-z])[A-Za-z]_\w|\w\s*=\s*\w/.test(formula) ||
    (slashes === "\\\\" && /^[A-Za-z]$/.test(formula));
  return isFormula ? { formula, isDisplay: display !== undefined, end: from + whole.length } : null;
}

/** Offset after the formula between single `$` at `from`, by Pandoc's rule; -1 if it isn't a formula. */
export function endOfMath(text: string, from: number, limit: number): number {
  if (/[\s$]/.test(text[from + 1] ?? " ")) return -1;
  for (let at = from + 1; at < limit; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === "`") return -1;
    else if (sign === "$") {
      if (/\s/.test(text[at - 1] ?? " ") || /[\d$]/.test(text[at + 1] ?? "")) return -1;
      return isPrice(text.slice(from + 1, at)) ? -1 : at + 1;
    }
  }
  return -1;
}
