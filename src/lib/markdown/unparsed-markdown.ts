import type { Element, ElementContent } from "./mdx-nodes.ts";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { isElement } from "./hast.ts";
import { textOf } from "./plain-text.ts";
import { isAuthored } from "./raw-html.ts";

/** Text between two equal runs of delimiters, in a text node, where the parser has already removed valid ones. */
const PAIR = /(?<![*_~=\\])(\*{1,3}|_{1,3}|~~|==)(?![*_~=])([^*~=\n]{1,300}?)(?<![*_~=\\])\1(?![*_~=])/gu;

/** A `**` at one end of a word whose counterpart is missing. */
const ALONE =
  /(?<=^|\s)\*\*(?!\*)[\p{L}\p{N}"“][^\s*]*(?=\s|$)|(?<=^|\s)[^\s*(]*[\p{L}\p{N}.!?:)”"]\*\*(?=[\s.,;:!?)]|$)/gu;

/** Start of a link: its text and the parenthesis before its address. */
const LINK = /\[([^[\]\n]+)\]\(/g;

/**
 * Notes Markdown delimiters that would be shown to readers: emphasis that isn't recognized because of a space inside or
 * a letter outside, links whose address has spaces or `<`, and Markdown inside HTML without blank lines.
 */
export function checkUnparsedMarkdown(text: string, at: ElementContent, context: BodyContext): void {
  if (!/[*_~=]|\]\(/.test(text)) return;
  for (const { 0: whole, 1: sign = "", 2: inside = "", index } of text.matchAll(PAIR)) {
    const before = text[index - 1] ?? " ";
    const rest = text.slice(index + whole.length);
    const after = rest[0] ?? " ";
    if (!isMeant(sign, inside, before, after) || !isInSource(sign, inside, context)) continue;
    const words = straight(inside);
    const isRead = opens(before, inside) && closes(inside, after);
    const fixed = fixedPair(sign, words, wordAtEnd(text.slice(0, index)), wordAtStart(rest));
    const hint = isRead
      ? inHtml(fixed.trim())
      : `Write no spaces between \`${sign}\` and the words inside, and a space or punctuation outside:\n${fixed}`;
    remark(context, at, notEmphasis(sign + words + sign, sign), hint);
  }
  for (const [mark] of text.replaceAll(PAIR, " ").matchAll(ALONE)) {
    if (!context.source.source.includes(straight(mark))) continue;
    const hint =
      "Write `**` on both sides of the words, without spaces inside. For the characters themselves write \\*\\*.";
    remark(context, at, notEmphasis(mark, "**"), hint);
  }
  for (const [mark, words = ""] of text.matchAll(LINK)) {
    const place = context.source.source.indexOf(straight(mark));
    if (place === -1 || context.source.source[place - 1] === "\\") continue;
    const [, address = ""] =
      /^((?:[^()\n]|\([^()\n]*\))*)\)/.exec(context.source.source.slice(place + mark.length)) ?? [];
    if (address === "" || /^[\w ]+$/.test(address)) continue;
    const link = `[${straight(words)}](${address})`;
    const hint = /[\s<>]/.test(address)
      ? `Percent-encode the spaces and angle brackets in its address:\n[${straight(words)}](${encoded(address)})`
      : inHtml(link);
    remark(context, at, `${shorten(link)} isn't read as a link, so it is shown as text`, hint);
  }
}

/** Notes nested strong emphasis: a closing `**` beside a space or a letter was read as an opening one. */
export function checkDoubled(strong: Element, context: BodyContext): void {
  const inner = strong.children.find((child) => isElement(child, "strong"));
  if (isAuthored(strong) || inner === undefined || isAuthored(inner) || strong.children.length === 1) return;
  remark(
    context,
    strong,
    `Strong emphasis begins inside strong emphasis: ${shorten(textOf(strong))}`,
    "Write no spaces between `**` and the words inside, and a space or punctuation outside:\nsome **strong** words",
  );
}

/** Whether delimiters are around words; not in powers, globs, arguments (`f(**a, **b)`) or names with a `_`. */
function isMeant(sign: string, inside: string, before: string, after: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(inside) || (inside.startsWith(" ") && inside.endsWith(" "))) return false;
  if (/^[^(]*\)|\([^)]*$/.test(inside)) return false;
  if (/[\p{L}\p{N}/]/u.test(before) && !(/^\p{P}/u.test(inside) && sign.length > 1)) return false;
  if (/^[^\s\p{P}]*[/.]/u.test(after + inside)) return false;
  if (sign.length === 1 || sign.startsWith("_"))
    return /^[ \p{L}]/u.test(inside) && (sign === "*" || !/[\p{L}\p{N}]/u.test(after));
  return true;
}

/** Whether the source contains the delimiters, unescaped. Typographic quotes are compared as straight ones. */
function isInSource(sign: string, inside: string, { source }: BodyContext): boolean {
  const text = source.source;
  const [first = ""] = straight(inside).trimStart().split(/\s/);
  const last = straight(inside).trimEnd().split(/\s/).at(-1) ?? "";
  const begins = /^\s/.test(inside) || text.includes(sign + first);
  const ends = /\s$/.test(inside) || text.includes(last + sign);
  return begins && ends && !text.includes(`\\${sign}`);
}

const SPACE_OR_SIGN = /[\s\p{P}\p{S}]/u;

function opens(before: string, inside: string): boolean {
  return /^\S/.test(inside) && (!/^[\p{P}\p{S}]/u.test(inside) || SPACE_OR_SIGN.test(before));
}

function closes(inside: string, after: string): boolean {
  return /\S$/.test(inside) && (!/[\p{P}\p{S}]$/u.test(inside) || SPACE_OR_SIGN.test(after));
}

/** The trimmed text in its delimiters, with spaces to the adjacent words. */
function fixedPair(sign: string, inside: string, before: string, after: string): string {
  return `${before} ${sign}${inside.trim()}${sign} ${after}`.trim();
}

function wordAtEnd(text: string): string {
  return /[\p{L}\p{M}\p{N}]{1,40}$/u.exec(text)?.[0] ?? "";
}

function wordAtStart(text: string): string {
  return /^[\p{L}\p{M}\p{N}]{1,40}/u.exec(text)?.[0] ?? "";
}

function notEmphasis(written: string, delimiter: string): string {
  return `${shorten(written)} isn't read as emphasis, so its \`${delimiter}\` is shown`;
}

function inHtml(markdown: string): string {
  return `Markdown isn't read between HTML tags. Put blank lines around it:\n\n${markdown}\n`;
}

function encoded(address: string): string {
  return address.trim().replace(/[\s<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function straight(text: string): string {
  return text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
