import { endOfBracket } from "./scan.ts";

/**
 * Rewrites a link address in parentheses that CommonMark rejects because it contains spaces or backslashes. Null when
 * nothing has to change, or when it isn't certain that an address is intended. `left` is a size that was removed, such
 * as `=300x200`.
 * @param from offset of the opening parenthesis.
 */
export function addressFix(
  text: string,
  from: number,
  limit: number,
): { readonly end: number; readonly markdown: string; readonly left: string } | null {
  const end = endOfTarget(text, from, limit);
  if (end === -1) return null;
  const inside = text.slice(from + 1, end - 1);
  if (inside.includes("\n") || inside.trimStart().startsWith("<")) return null;
  if (/^\s*(?:\.{0,2}\/|https?:\/\/|[^\s()]+\.[a-z0-9]{2,5}(?=\s))[^\s()]*\s+\([^()]*\)\s*$/i.test(inside))
    return null;
  const left = SIZE.exec(inside)?.[1] ?? "";
  const [, written = "", title = ""] =
    /^\s*(.*?)((?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?)\s*$/.exec(inside.replace(SIZE, "")) ?? [];
  const quoted = /^\s*(\S+)\s+"(.*)"\s*$/.exec(inside);
  if (quoted !== null && /(?<!\\)"/.test(quoted[2] ?? "") && title === "")
    return { end, markdown: `(<${quoted[1]}> "${(quoted[2] ?? "").replace(/(?<!\\)"/g, '\\"')}")`, left };
  const isPath = isLocal(written) && /\\[\w.-]/.test(written);
  const address = isPath ? written.replaceAll("\\", "/") : written;
  if (!/\s/.test(address) && !isPath && left === "") return null;
  if (/\s/.test(address) && !looksLikeAddress(address)) return null;
  return /[<>]/.test(address) ? null : { end, markdown: `(<${address}>${title})`, left };
}

/**
 * Rewrites the address of a link definition that contains spaces, `[name]: ./my file.pdf "Title"`, so that CommonMark
 * accepts it. Null when nothing has to change.
 * @param at offset of the bracket that closes the name.
 */
export function definitionFix(
  text: string,
  at: number,
): { readonly end: number; readonly markdown: string } | null {
  if (!/^ {0,3}\[[^\]\n]*$/.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at))) return null;
  const [whole = "", address = "", title = ""] =
    /^\]:[ \t]+([^\n<>]*?\S)([ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?=\n|$)/.exec(
      text.slice(at, at + 2000),
    ) ?? [];
  const isFixed = /\s/.test(address) && /^(?:\.{0,2}\/|https?:\/\/)[^"'(]*\.[a-z0-9]{2,5}$/i.test(address);
  return isFixed ? { end: at + whole.length, markdown: `]: <${address}>${title}` } : null;
}

/** An image size after an address, an extension of some Markdown plugins. */
const SIZE = /\s+(=(?:\d+%?)?x(?:\d+%?)?)(?=\s*$|\s+["'])/;

/** An address with balanced parentheses only, and a quoted title, which may contain any characters. */
const TITLED = /\([^\n"'()]*(?:\([^\n"'()]*\)[^\n"'()]*)*\s(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*\)/y;

/** Offset after the closing parenthesis, or -1. */
function endOfTarget(text: string, from: number, limit: number): number {
  TITLED.lastIndex = from;
  const end = TITLED.test(text) ? TITLED.lastIndex : -1;
  if (end !== -1 && end <= limit) return end;
  return endOfBracket(text.replaceAll("\\", "/"), from, limit, ")");
}

function isLocal(address: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:/i.test(address);
}

function looksLikeAddress(address: string): boolean {
  return /^(?:\.{0,2}\/|https?:\/\/)\S/.test(address) || /\.[a-z0-9]{2,5}(?:[?#]\S*)?$/i.test(address);
}
