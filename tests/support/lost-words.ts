/** Finds words of a text that are neither on its page nor in a message about it. */
import type { RenderedBody } from "../../src/lib/markdown/render-body.ts";

/** Returns the lost words of four or more letters in lower case. @param text source of the text. */
export function lostWords(text: string, { html, issues, notes }: Shown): readonly string[] {
  const said = [...issues, ...notes].flatMap(({ message, hint, line }) => [
    message,
    hint,
    linesFrom(text, line),
  ]);
  const known = `${decoded(html ?? "")} ${said.join(" ")}`.toLowerCase();
  return wordsOf(text).filter((word) => !known.includes(word));
}

const SWALLOWING =
  /^<(?:script|style|title|textarea|iframe|noembed|noframes|xmp|plaintext)> is never closed$/;

/** Whether a message reports an unclosed raw-text element, such as `<script>`, which swallows the rest of the page. */
export function swallowsPage({ issues }: Pick<Shown, "issues">): boolean {
  return issues.some(({ message }) => SWALLOWING.test(message));
}

export type Shown = Pick<RenderedBody, "html" | "issues" | "notes">;

/** Returns up to 40 source lines from a message's line, which are reported with the message. */
function linesFrom(text: string, line: number | undefined): string {
  return text
    .split("\n")
    .slice((line ?? 1) - 1, (line ?? 1) + 40)
    .join("\n");
}

function decoded(html: string): string {
  return html
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(?:lt|gt|amp|quot);/g, " ")
    .replace(/<\/?(?:strong|em|mark|b|i|sub|sup|del|span|code|rt|rp|ruby)(?: [^>]*)?>/g, "");
}

/** Returns the words that readers should see, without comments and without names inside markup. */
function wordsOf(text: string): string[] {
  const visible = text
    .replace(/%%[\s\S]*?(?:%%|$)/g, " ")
    .replace(/<!--[\s\S]*?(?:-->|$)|\{\/\*[\s\S]*?(?:\*\/\}|$)/g, " ")
    .replace(/&#?\w+;?|\]\[[^\]\n]*\]/g, " ")
    .replace(/^.*\[[^\]\n]+\]:.*$/gm, " ")
    .replace(
      /\[!code[^\n]*|\{#[^}\n]*\}?|:[a-z_]+:|^[ \t>]*:{3,}.*$|\[![^\n]*|\[\^[a-z0-9-]+\]?:?|(?:```+|~~~+)[^\n]*|\{[%{][-<%]?\s*\/?(?:end)?(?:highlight|codeblock|code)\b[^}\n]*\}|\[_?TOC_?\]?|<[^>\n]*>?/gim,
      " ",
    );
  return (visible.match(/\p{L}{4,}/gu) ?? []).map((word) => word.toLowerCase());
}
