import { didYouMean } from "../../did-you-mean.ts";
import { beginsLine } from "./inline-parts.ts";
import { endOfBlock, endOfExpression } from "./scan.ts";

/** All HTML elements, including obsolete ones. Any other lowercase name is not a tag, or is a component. */
export const HTML_NAMES = new Set(
  (
    "a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas " +
    "caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset " +
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input " +
    "ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol " +
    "optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section " +
    "select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th " +
    "thead time title tr track tt u ul var video wbr xmp"
  ).split(" "),
);

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** A tag, rewritten for MDX. */
export interface MdxTag {
  readonly name: string;
  readonly text: string;
  readonly end: number;
  /** Code of the expressions in it. */
  readonly expressions: readonly string[];
  /** Whether any attribute value had no quotes. */
  readonly isUnquoted: boolean;
}

/**
 * The HTML or component tag that begins at `from`, rewritten for MDX: void tags are self-closing, HTML names are in
 * lower case, values are quoted. Null when no valid tag begins there.
 */
export function mdxTagAt(text: string, from: number): MdxTag | null {
  const start = /^<(\/?)([A-Za-z][\w.:-]*)(?=[\s/>{])/.exec(text.slice(from, from + 120));
  if (start === null) return null;
  const [whole, slash = "", name = ""] = start;
  const lower = name.toLowerCase();
  const isVoid = VOID.has(lower);
  const isShouted = /^[A-Z][A-Z0-9]*$/.test(name) && name.length > 0 && HTML_NAMES.has(lower);
  // <Link> is a component in other programs.
  const isHtml = HTML_NAMES.has(lower) && (name === lower || isShouted || (isVoid && name !== "Link"));
  const attributes = attributesAt(text, from + whole.length, { isShouted: isHtml && name !== lower, isVoid });
  if (attributes === null || (attributes.isUnquoted && !isHtml)) return null;
  const { end, isSelfClosing, expressions, isUnquoted } = attributes;
  if (!isHtml) return { name, text: text.slice(from, end), end, expressions, isUnquoted };
  const ending = isSelfClosing || (isVoid && slash === "") ? " />" : ">";
  const written = `<${slash}${lower}${attributes.text.trimEnd()}${ending}`;
  const closing = isVoid ? /^\s*<\/(\w+)\s*>/.exec(text.slice(end, end + 40)) : null;
  const after = closing?.[1]?.toLowerCase() === lower ? end + closing[0].length : end;
  return { name: lower, text: written, end: after, expressions, isUnquoted };
}

interface Attributes {
  /** As written but with quoted values, without the end of the tag. */
  readonly text: string;
  readonly isUnquoted: boolean;
  readonly expressions: readonly string[];
  readonly isSelfClosing: boolean;
  readonly end: number;
}

const NAME = /[A-Za-z_:@][\w:.@-]*/y;
const UNQUOTED = /[^\s"'=<>`{}]+/y;
const SPACE = /\s*/y;
const EQUALS = /\s*=\s*/y;

function attributesAt(
  text: string,
  from: number,
  { isShouted, isVoid }: { readonly isShouted: boolean; readonly isVoid: boolean },
): Attributes | null {
  const limit = endOfBlock(text, from);
  let written = "";
  let isUnquoted = false;
  const expressions: string[] = [];
  let at = from;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const [found = null] = pattern.exec(text) ?? [];
    if (found !== null) at += found.length;
    return found;
  };
  const takeTo = (end: number): string | null => {
    if (end === -1 || end > limit) return null;
    const found = text.slice(at, end);
    at = end;
    return found;
  };
  while (at < limit) {
    const space = take(SPACE) ?? "";
    if (text[at] === ">")
      return { text: written, isUnquoted, expressions, isSelfClosing: false, end: at + 1 };
    if (text.startsWith("/>", at))
      return { text: written, isUnquoted, expressions, isSelfClosing: true, end: at + 2 };
    if (text[at] === "{") {
      const expression = takeTo(endOfExpression(text, at));
      if (expression === null) return null;
      written += space + expression;
      expressions.push(expression.slice(1, -1).replace(/^\s*\.\.\./, ""));
      continue;
    }
    const name = space === "" ? null : take(NAME);
    if (name === null) return null;
    written += space + (isShouted ? name.toLowerCase() : name);
    if (take(EQUALS) === null) continue;
    const sign = text[at] ?? "";
    if (sign === '"' || sign === "'") {
      const value = takeTo(text.indexOf(sign, at + 1) + 1 || -1);
      if (value === null) return null;
      written += `=${value}`;
    } else if (sign === "{") {
      const value = takeTo(endOfExpression(text, at));
      if (value === null) return null;
      // Styles and event handlers are reported separately.
      if (!/^(?:style$|on)/i.test(name)) expressions.push(value.slice(1, -1));
      written += `=${value}`;
    } else {
      const found = take(UNQUOTED) ?? "";
      // The slash of `<br clear=all/>` ends the tag; that of `<a href=/posts/>` belongs to the address.
      const isEnd = isVoid && found.endsWith("/") && text[at] === ">";
      const value = isEnd ? found.slice(0, -1) : found;
      if (value === "") return null;
      if (isEnd) at -= 1;
      written += `="${value}"`;
      isUnquoted = true;
    }
  }
  return null;
}

/**
 * Offset after `<name>` that is a placeholder or a type, not a tag: HTML has no such element, and there is no end tag.
 * A capitalized name may be a component, and one similar to a void tag a typo, unless a word precedes it:
 * `List<String>`, `x<y and y>z`. -1 for everything else.
 */
export function endOfPlaceholder(text: string, from: number, bound: ReadonlySet<string>): number {
  const isAfterWord = /[\p{L}\p{N})\]]/u.test(text[from - 1] ?? "");
  const pattern = isAfterWord
    ? /^<([A-Za-z][\w.:-]*)(?:\s[^<>"'={}]*)?>/
    : /^<([a-z][\w.:-]*|[A-Z][A-Z\d_-]+)>/;
  const [whole, name = ""] = pattern.exec(text.slice(from, from + 200)) ?? [];
  if (whole === undefined || HTML_NAMES.has(name.toLowerCase()) || bound.has(name.replace(/\..*$/s, "")))
    return -1;
  if (!isAfterWord && didYouMean(name, VOID) !== null) return -1;
  const isClosed = text.slice(from).toLowerCase().includes(`</${name.toLowerCase()}`);
  return isClosed ? -1 : from + whole.length;
}

/** Names of tags that begin an HTML block in Markdown. https://spec.commonmark.org/0.31.2/#html-blocks (1 and 6) */
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|track|ul)(?:[\s/>]|$)/i;

/** A line that contains only one tag, of any name, also begins an HTML block (7). */
const LONE_TAG = /^<\/?[a-z][a-z\d-]*(?:\s[^<>]*)?>[ \t]*(?:\n|$)/i;

/** Whether a tag at the start of a line begins an HTML block, which ends with the paragraph. */
export function startsHtmlBlock(text: string, at: number): boolean {
  if (!beginsLine(text, at)) return false;
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const rest = text.slice(at, at + 1000);
  if (BLOCK_TAG.test(rest)) return true;
  const isAfterBlank = /(?:^|\n)[\s>]*\n$/.test(text.slice(0, lineStart)) || lineStart === 0;
  return isAfterBlank && LONE_TAG.test(rest);
}
