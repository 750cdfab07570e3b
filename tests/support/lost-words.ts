/** Words of a text that neither its page nor a message about it shows. */
import type { RenderedBody } from "../../src/lib/markdown/render-body.ts";

/** Words of four letters and more, in lower case. @param text the text as it was written. */
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

/** Whether an open tag, whose content isn't HTML, takes in what the page adds after it; a message asks to close it. */
export function swallowsPage({ issues }: Pick<Shown, "issues">): boolean {
  return issues.some(({ message }) => SWALLOWING.test(message));
}

export type Shown = Pick<RenderedBody, "html" | "issues" | "notes">;

/** The author's lines that a message names: they stand beside it in every report. */
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

/** Words that a reader should find: not those of private remarks and comments, nor names that marks have. */
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
