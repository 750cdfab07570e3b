import { withoutBlogMark } from "../../site/blog-mark.ts";
import { emphasisGlue, isLowered } from "./emphasis.ts";
import { problemOfBraces } from "./expressions.ts";
import {
  abbreviationAt,
  attributeListAt,
  attributesRemark,
  blockIdRemark,
  sizeRemark,
} from "./attribute-lists.ts";
import {
  blockIdAt,
  codeSpan,
  endOfHighlight,
  headingIdAt,
  nextSign,
  plainAddress,
  spacedNoteAt,
} from "./inline-parts.ts";
import { addressFix, definitionFix } from "./link-address.ts";
import { endOfPlaceholder, HTML_NAMES, mdxTagAt, startsHtmlBlock } from "./html-tags.ts";
import { INLINE_NOTE, MARK } from "./markers.ts";
import type { BodyFormat } from "./prepared.ts";
import {
  endOfBracket,
  endOfCodeSpan,
  endOfExpression,
  endOfMath,
  endOfParagraph,
  isBetweenPrices,
  runLength,
  texAt,
  tagAt,
} from "./scan.ts";
import { OPEN_COMMENT } from "./private-text.ts";
import { shortcodeAt, textInCall } from "./shortcodes.ts";
import type { Shortcode } from "./shortcodes.ts";
import { plainSigns } from "./typography.ts";
import { wikiAddress, wikiLinkAt } from "./wiki-links.ts";

/** Rewritten text, and the findings by offset in the original text. */
export interface InlineResult {
  readonly text: string;
  /** Characters that the author has to escape, each with the reason. */
  readonly escapes: readonly Escape[];
  /** Expressions in tags that use an undefined name. */
  readonly unbound: readonly { readonly start: number; readonly code: string; readonly name: string }[];
  /** HTML comments, which MDX doesn't allow. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Shortcodes of other programs. */
  readonly shortcodes: readonly { readonly start: number; readonly shortcode: Shortcode }[];
  /** Remarks about syntax that is removed or has no effect here. */
  readonly remarks: readonly InlineRemark[];
  /** Texts of inline footnotes. */
  readonly notes: readonly { readonly start: number; readonly text: string }[];
}

export interface InlineRemark {
  readonly start: number;
  readonly message: string;
  readonly hint: string;
  /** Whether it is an error that prevents publishing, not a note. */
  readonly isError?: true;
}

export interface Escape {
  readonly at: number;
  readonly problem: "syntax" | "empty" | "value" | "name" | "open";
  readonly name: string | null;
  /** Offset of the closing brace that is escaped together with it, or -1. */
  readonly end: number;
}

export interface InlineOptions {
  readonly format: BodyFormat;
  /** Names that the body defines, which expressions may use. */
  readonly bound: ReadonlySet<string>;
  /** Number of the first inline footnote. */
  readonly firstNote: number;
  /** Footnote names with spaces, each with the name that is written for the parser. */
  readonly spacedNotes: ReadonlyMap<string, string>;
}

const VERBATIM = new Set(["pre", "script", "style", "svg", "textarea", "math", "code"]);

/**
 * Rewrites inline syntax of many dialects to what the parser supports: formulas, highlights, inline footnotes,
 * wikilinks, addresses with spaces and, for MDX, HTML that MDX doesn't allow.
 */
export function rewriteInline(text: string, options: InlineOptions): InlineResult {
  const isMdx = options.format === "mdx";
  const escapes: Escape[] = [];
  const comments: { start: number; end: number }[] = [];
  const notes: { start: number; text: string }[] = [];
  const shortcodes: { start: number; shortcode: Shortcode }[] = [];
  const pending = new Set<number>();
  const highlightEnds = new Set<number>();
  /** Markers for the ends of subscripts and superscripts, by offset. */
  const raisedEnds = new Map<number, string>();
  const remarks: InlineRemark[] = [];
  const unbound: { start: number; code: string; name: string }[] = [];
  let out = "";
  let at = 0;
  let limit = endOfParagraph(text, 0);
  let openQuote = "";
  /** End of the current HTML block, in which the parser reads no Markdown and changes no typography. */
  let htmlEnd = 0;

  const copy = (to: number): void => {
    out += text.slice(at, to);
    at = to;
  };
  const replace = (to: number, by: string): void => {
    out += by;
    at = to;
  };

  while (at < text.length) {
    if (at >= limit) {
      limit = endOfParagraph(text, at + 1);
      openQuote = "";
    }
    const sign = text[at] ?? "";
    switch (sign) {
      case "\\":
        const tex = texAt(text, at, limit);
        if (tex !== null) {
          replace(tex.end, codeSpan((tex.isDisplay ? MARK.displayMath : MARK.math) + tex.formula));
          continue;
        }
        // An escaped colon isn't part of an emoji shortcode.
        if (text[at + 1] === ":") replace(at + 2, `${MARK.glue}\\:${MARK.glue}`);
        else copy(Math.min(text.length, at + 2));
        continue;
      case "`": {
        const end = endOfCodeSpan(text, at, limit);
        const run = runLength(text, at, "`");
        // Unclosed backticks are literal and must not close a code span that is inserted later.
        if (end === -1 && at < htmlEnd) copy(at + run);
        else if (end === -1) replace(at + run, "\\`".repeat(run));
        else copy(end);
        continue;
      }
      case "<":
        angle();
        continue;
      case "{":
        brace();
        continue;
      case "}":
        replace(at + 1, pending.has(at) ? "\\}" : "}");
        continue;
      case "$":
        dollar();
        continue;
      case "%":
        percent();
        continue;
      case "=":
        equals();
        continue;
      case "^":
        caret();
        continue;
      case "!":
      case "[": {
        const note = sign === "[" ? spacedNoteAt(text, at, options.spacedNotes) : null;
        if (note !== null) {
          replace(note.end, `[^${note.name}]`);
          continue;
        }
        const link = wikiLinkAt(text, at);
        const shortcode = sign === "[" ? shortcodeAt(text, at) : null;
        if (shortcode !== null) shortcodes.push({ start: at, shortcode });
        const drawing =
          link === null ? null : /^!\[\[([^\]|#]*\.(?:base|canvas))\b/.exec(text.slice(at, link.end));
        if (shortcode?.name === "embed" && shortcode.instead !== null) copy(at + shortcode.text.length);
        else if (link === null) copy(at + 1);
        else if (drawing === null) replace(link.end, link.markdown);
        else {
          const message = `![[${drawing[1] ?? ""}]] isn't shown: pages can't show Obsidian canvases and bases`;
          remarks.push({
            start: at,
            message,
            hint: "Leave it out, or show a picture of it:\n![[picture.png]]",
          });
          replace(link.end, "");
        }
        continue;
      }
      case "]": {
        const marked = /^\]\(\s*(\{\{[^{}\n]*\}\}[^\s()]*)/.exec(text.slice(at, limit));
        const unmarked = marked === null ? "" : withoutBlogMark(marked[1] ?? "");
        if (marked !== null && unmarked !== marked[1]) {
          replace(at + marked[0].length, `](${unmarked}`);
          continue;
        }
        const called = /^\]\(\s*(\{[{%][^\n()]*?[%}>]\}(?:#[^\s()]*)?)\s*\)/.exec(text.slice(at, limit));
        const name = called === null ? null : textInCall(called[1] ?? "");
        if (called !== null && name !== null) {
          replace(at + called[0].length, `](${wikiAddress(name)})`);
          continue;
        }
        const angled = /^\]:[ \t]*<[^<>\n]*>/.exec(text.slice(at, limit));
        if (angled !== null) {
          copy(at + angled[0].length);
          continue;
        }
        const definition = text[at + 1] === ":" ? definitionFix(text, at) : null;
        if (definition !== null) {
          replace(definition.end, definition.markdown);
          continue;
        }
        const fix = text[at + 1] === "(" ? addressFix(text, at + 1, limit) : null;
        if (fix === null) copy(at + 1 + plainAddress(text.slice(at + 1, limit)));
        else {
          if (fix.left !== "") remarks.push(sizeRemark(at, fix.left));
          replace(fix.end, `]${fix.markdown}`);
        }
        continue;
      }
      case "*": {
        const abbreviation = abbreviationAt(text, at);
        if (abbreviation !== null) remarks.push({ start: at, ...abbreviation });
        glued(runLength(text, at, "*"));
        continue;
      }
      case "~":
        tilde();
        continue;
      case "-":
      case '"':
      case "'": {
        const count = at < htmlEnd ? 0 : plainSigns(text, at, openQuote === sign);
        if (count > 0) replace(at + count, text.slice(at, at + count).replace(/./g, "\\$&"));
        else {
          if (sign === openQuote) openQuote = "";
          else if (sign === '"' && openQuote === "") openQuote = sign;
          copy(at + (sign === "-" ? runLength(text, at, "-") : 1));
        }
        continue;
      }
      case "h":
        bareAddress();
        continue;
      default:
        copy(nextSign(text, at + 1));
    }
  }
  return { text: out, escapes, unbound, comments, notes, shortcodes, remarks };

  function angle(): void {
    const placeholder = endOfPlaceholder(text, at, options.bound);
    if (placeholder !== -1) return replace(placeholder, `&lt;${text.slice(at + 1, placeholder)}`);
    if (!isMdx && startsHtmlBlock(text, at)) htmlEnd = limit;
    if (text.startsWith("<!--", at)) {
      const end = text.indexOf("-->", at + 4);
      const after = end === -1 ? text.length : end + 3;
      if (!isMdx) return copy(end === -1 && at >= htmlEnd ? at + 4 : after);
      comments.push({ start: at, end: after });
      return replace(after, text.slice(at, after).replace(/[^\n]/g, ""));
    }
    const link = /^<((?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*)|(?:[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\.\w+))>/i.exec(
      text.slice(at, at + 2000),
    );
    if (link !== null) {
      const address = link[1] ?? "";
      if (!isMdx) return copy(at + link[0].length);
      const target = /^[^:/]+@/.test(address) ? `mailto:${address}` : address;
      const label = address.replace(/([\\`*_{}[\]<>~$^])/g, "\\$1");
      return replace(at + link[0].length, `[${label}](<${target}>)`);
    }
    if (isMdx) return mdxAngle();
    const unquoted = mdxTagAt(text, at);
    // The Markdown parser reads the last slash of `<a href=/posts/>` as the end of the tag.
    if (unquoted?.isUnquoted) return replace(unquoted.end, unquoted.text);
    const tag = tagAt(text, at);
    if (tag === null) return copy(at + 1);
    const name = tag.name.toLowerCase();
    if (VERBATIM.has(name) && !tag.isClosing && !tag.isSelfClosing) {
      const close = new RegExp(`</${name}\\s*>`, "i").exec(text.slice(tag.end));
      if (close !== null) return copy(tag.end + close.index + close[0].length);
    }
    copy(tag.end);
  }

  /** Copies a tag, or escapes a `<` that isn't one: an unclosed fragment, a type, a comparison. */
  function mdxAngle(): void {
    const tag = mdxTagAt(text, at);
    const isChecked =
      tag !== null && (HTML_NAMES.has(tag.name) || options.bound.has(tag.name.replace(/\..*$/s, "")));
    for (const code of isChecked ? tag.expressions : []) {
      const found = problemOfBraces(code, options.bound);
      if (found?.name != null) unbound.push({ start: at, code, name: found.name });
    }
    if (tag !== null) return replace(tag.end, tag.text);
    const [, name = ""] = /^<\/?([A-Za-z][\w.:-]*)?/.exec(text.slice(at, at + 80)) ?? [];
    if (/^<\/?>/.test(text.slice(at, at + 3))) {
      const other = text[at + 1] === "/" ? text.lastIndexOf("<>", at) : text.indexOf("</>", at);
      return other === -1 ? replace(at + 1, "\\<") : copy(at + 1);
    }
    const isAfterName = /[\p{L}\p{N})\]]/u.test(text[at - 1] ?? "");
    const isCut = !/[\s/>{]/.test(text[at + 1 + name.length] ?? " ");
    const isKnown = HTML_NAMES.has(name) || /^[A-Z]/.test(name) || text[at + 1] === "/";
    if (name === "" || isCut || isAfterName || !isKnown) replace(at + 1, "\\<");
    else copy(at + 1);
  }

  function brace(): void {
    const id = headingIdAt(text, at);
    if (id !== null) {
      if (id.more !== "") remarks.push(attributesRemark(at, id.more));
      return replace(id.end, `\`${MARK.headingId}${id.id}\``);
    }
    const attributes = attributeListAt(text, at);
    // In MDX, `{width=size}` is code if both names are defined.
    if (attributes !== null && (!isMdx || problemOfBraces(attributes.slice(1, -1), options.bound) !== null)) {
      remarks.push(attributesRemark(at, attributes));
      return replace(at + attributes.length, "");
    }
    const shortcode = shortcodeAt(text, at);
    if (shortcode !== null) shortcodes.push({ start: at, shortcode });
    if (!isMdx && shortcode !== null)
      return replace(at + shortcode.text.length, shortcode.text.replaceAll("<", "\\<"));
    if (!isMdx) return copy(at + 1);
    const end = endOfExpression(text, at);
    if (end === -1) {
      escapes.push({ at, problem: "open", name: null, end: -1 });
      return replace(at + 1, "\\{");
    }
    const found = problemOfBraces(text.slice(at + 1, end - 1), options.bound);
    if (found === null) return copy(end);
    escapes.push({ at, ...found, end: end - 1 });
    pending.add(end - 1);
    replace(at + 1, "\\{");
    // Nested braces are part of the same error.
    while (at < end - 1 && at < limit) {
      const inner = text[at] ?? "";
      if (inner === "\\") copy(Math.min(end - 1, at + 2));
      else if (inner === "{" || inner === "}" || inner === "<") replace(at + 1, `\\${inner}`);
      else copy(at + 1);
    }
  }

  function dollar(): void {
    // GitLab and GitHub also accept the formula in a code span: $`x`$.
    const spanned = /^\$`([^`\n]+)`\$/.exec(text.slice(at, limit));
    if (spanned !== null) return replace(at + spanned[0].length, codeSpan(MARK.math + (spanned[1] ?? "")));
    const run = runLength(text, at, "$");
    // `$$$` is a price range.
    if (run > 2) return copy(at + run);
    if (run === 2) {
      const close = text.indexOf("$$", at + 2);
      const formula = close === -1 || close > limit ? "" : text.slice(at + 2, close);
      if (formula.trim() === "" || isBetweenPrices(formula)) return copy(at + 2);
      return replace(close + 2, codeSpan(MARK.displayMath + formula.trim()));
    }
    const end = /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? -1 : endOfMath(text, at, limit);
    if (end === -1) return copy(at + 1);
    replace(end, codeSpan(MARK.math + text.slice(at + 1, end - 1)));
  }

  function percent(): void {
    if (text[at + 1] !== "%" || /[\w%]/.test(text[at - 1] ?? "")) return copy(at + 1);
    const close = text.indexOf("%%", at + 2);
    if (close === -1 || close > limit) {
      const isOpen = at === 0 || /(?:^|[^\d\s])\s+$/.test(text.slice(Math.max(0, at - 20), at));
      if (isOpen && /^%%[ \t]?\p{L}/u.test(text.slice(at, at + 4)))
        remarks.push({ start: at, ...OPEN_COMMENT, isError: true });
      return copy(at + 2);
    }
    replace(close + 2, text.slice(at, close).replace(/[^\n]/g, ""));
  }

  /**
   * Writes a bare address as a link. The parser would include text that follows without a space: Chinese and Japanese
   * punctuation, emphasis markers before letters, and backslashes before braces.
   */
  function bareAddress(): void {
    const written = /^https?:\/\/(?:\\[{}]|[^\s<>()[\]{}`*、。，；：！？（）「」『』【】《》〈〉…])*/.exec(
      text.slice(at, limit),
    )?.[0];
    if (written === undefined) return copy(at + 1);
    const end = at + written.length;
    const after = text.slice(end, end + 3);
    const isCut =
      /^[、。，；：！？（）「」『』【】《》〈〉…]|^\*{1,3}(?!\*)\p{L}|^\](?![([:])/u.test(after) ||
      /\\[{}]/.test(written);
    if (!isCut || at < htmlEnd || /[<[]$|\]\($/.test(text.slice(Math.max(0, at - 2), at))) return copy(end);
    const address = written.replace(/\\([{}])/g, "$1");
    const label = address.replace(/([\\`*_{}[\]<>~$^])/g, "\\$1");
    replace(end, `[${label}](<${address.replaceAll("{", "%7B").replaceAll("}", "%7D")}>)`);
  }

  /** Copies emphasis markers, with `glue` where adjacent CJK text would disable them. */
  function glued(length: number): void {
    const { before, after } = emphasisGlue(text, at, length, /(?:`|>\))$/.test(out));
    replace(at + length, (before ? MARK.glue : "") + text.slice(at, at + length) + (after ? MARK.glue : ""));
  }

  /** `H~2~O` is a subscript, `~words~` is strikethrough as on GitHub; a single `~` is literal. */
  function tilde(): void {
    const end = raisedEnds.get(at);
    if (end !== undefined) return replace(at + 1, end);
    const length = runLength(text, at, "~");
    if (length !== 1) return glued(length);
    const match = /^~([^\s~`][^~\n`]*(?<!\s))~(?!~)/.exec(text.slice(at, limit));
    const [whole = "", content = ""] = match ?? [];
    const before = text[at - 1] ?? "";
    const after = text[at + whole.length] ?? "";
    const isInWord = /[\p{L}\p{N})\]}]/u.test(before);
    const isSubscript = isInWord && isLowered(content) && !(/\d/.test(before) && /\d/.test(after));
    if (isSubscript) {
      raisedEnds.set(at + whole.length - 1, MARK.subEnd);
      return replace(at + 1, MARK.subStart);
    }
    // Between numbers, `3~5`, it means "to"; before a number it means "about".
    if (match === null || isInWord || /[\p{L}\p{N}]/u.test(after)) return replace(at + 1, "&#126;");
    replace(at + whole.length, `~~${content}~~`);
  }

  function equals(): void {
    const length = runLength(text, at, "=");
    if (length !== 2) return copy(at + length);
    if (highlightEnds.delete(at)) return replace(at + 2, MARK.highlightEnd);
    const end = /\S/.test(text[at + 2] ?? " ") ? endOfHighlight(text, at + 2, limit) : -1;
    if (end === -1) return copy(at + 2);
    highlightEnds.add(end);
    replace(at + 2, MARK.highlightStart);
  }

  /** `2^10^` is a superscript; a single `^` is literal, and after `[` it begins a footnote name. */
  function raised(): void {
    if (text[at - 1] === "[") return copy(at + 1);
    const blockId = blockIdAt(text, at, limit);
    if (blockId > 0) {
      remarks.push(blockIdRemark(at, text.slice(at, at + blockId).trim()));
      return replace(at + blockId, "");
    }
    const match = /^\^([^\s^`[\]]+)\^(?!\^)/.exec(text.slice(at, limit));
    if (match === null) return copy(at + 1);
    raisedEnds.set(at + match[0].length - 1, MARK.supEnd);
    replace(at + 1, MARK.supStart);
  }

  function caret(): void {
    const ended = raisedEnds.get(at);
    if (ended !== undefined) return replace(at + 1, ended);
    const end = text[at + 1] === "[" ? endOfBracket(text, at + 1, limit) : -1;
    const content = end === -1 ? "" : text.slice(at + 2, end - 1).trim();
    if (content === "") return raised();
    const inner = rewriteInline(content, { ...options, firstNote: options.firstNote + notes.length + 1 });
    escapes.push(...inner.escapes.map((escape) => ({ ...escape, at: at + 2, end: -1 })));
    notes.push({ start: at, text: inner.text.replace(/\s*\n\s*/g, " ") });
    const name = `${INLINE_NOTE}${options.firstNote + notes.length - 1}`;
    remarks.push(...inner.remarks.map((remark) => ({ ...remark, start: at })));
    notes.push(...inner.notes.map((note) => ({ ...note, start: at })));
    replace(end, `[^${name}]`);
  }
}
