import type { BlockLine } from "./blocks.ts";
import { endOfCodeSpan, runLength } from "./scan.ts";

const SIGNS = /[\\`<{}$%=^![\]*~\-"']|h(?=ttps?:\/\/)/g;

/** Length of a link address after its opening parenthesis, to be copied without rewriting; 0 without one. */
export function plainAddress(text: string): number {
  const match = /^\((?:<[^<>\n]*>|[^\s()<>{}]*(?:\([^\s()<>{}]*\)[^\s()<>{}]*)*)(?=[\s)])/.exec(text);
  return match?.[0].length ?? 0;
}

/** Offset of the next character that may be syntax, or the end of the text. */
export function nextSign(text: string, from: number): number {
  SIGNS.lastIndex = from;
  return SIGNS.exec(text)?.index ?? text.length;
}

/** Offset of the `==` that ends a highlight whose text begins at `from`; -1 without one, or for `a==b && c==d`. */
export function endOfHighlight(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === "`") {
      const end = endOfCodeSpan(text, at, limit);
      if (end !== -1) at = end - 1;
    } else if (sign === "=") {
      const length = runLength(text, at, "=");
      if (length === 2 && /\S/.test(text[at - 1] ?? " "))
        return /\w/.test(text[from - 3] ?? " ") && /\w/.test(text[at + 2] ?? " ") ? -1 : at;
      at += length - 1;
    }
  }
  return -1;
}

/** An id at the end of a heading, `{#id}`; `more` is any other text in the braces. Null without one. */
export function headingIdAt(text: string, from: number): { id: string; more: string; end: number } | null {
  const match =
    /^\{:?[ \t]*((?:[.#][^{}\n]*?)?#([\p{L}\p{N}_.:-]+)[^{}\n]*?)[ \t]*\}[ \t]*#*[ \t]*(?=\n|$)/u.exec(
      text.slice(from, from + 200),
    );
  const [, list = "", id = ""] = match ?? [];
  if (match === null || !/^#|^\.[\w-]+(?:[ \t]|$)/.test(list)) return null;
  const line = text.slice(text.lastIndexOf("\n", from) + 1, from);
  const next = text.slice(from + match[0].length).split("\n")[1] ?? "";
  const isHeading = /^[ \t>]*#{1,6}[ \t]/.test(line) || /^[ \t>]*(?:=+|-+)[ \t]*$/.test(next);
  return isHeading ? { id, more: list.replace(`#${id}`, "").trim(), end: from + match[0].length } : null;
}

/** Length of an Obsidian block id, ` ^name` at the end of a block, which isn't shown; 0 without one. */
export function blockIdAt(text: string, from: number, limit: number): number {
  const rest = text.slice(from, limit);
  const isName = /^\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{2,}[ \t]*$/.test(rest);
  return isName && /\S[ \t]$|(?:^|\n)$/.test(text.slice(Math.max(0, from - 2), from)) ? rest.length : 0;
}

/** Whether only block quote or list markers precede an offset in its line. */
export function beginsLine(text: string, at: number): boolean {
  return /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$/.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at));
}

/** A code span that contains exactly a text. */
export function codeSpan(content: string): string {
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  const space = content.endsWith("`") ? " " : "";
  return ticks + space + content + space + ticks;
}

const SPACED_NOTE = /^[ \t>]*\[\^([^\]\n]*\s[^\]\n]*)\]:/;

/**
 * Footnote names with spaces, each with a replacement without spaces: the parser reads `[^my note]: words` as a link
 * definition and drops the words.
 */
export function spacedNotes(lines: readonly BlockLine[]): ReadonlyMap<string, string> {
  const names = lines.flatMap(({ kind, text }) =>
    kind === "text" ? (SPACED_NOTE.exec(text)?.[1] ?? []) : [],
  );
  return new Map(
    names
      .filter((name) => name.trim() !== "")
      .map((name) => [noteKey(name), name.trim().replace(/\s+/g, "-")]),
  );
}

function noteKey(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}

/** A reference to a footnote whose name is defined with spaces, with the replacement name; null for others. */
export function spacedNoteAt(
  text: string,
  from: number,
  names: ReadonlyMap<string, string>,
): { readonly name: string; readonly end: number } | null {
  if (names.size === 0) return null;
  const [whole = "", written = ""] = /^\[\^([^\]\n]+)\]/.exec(text.slice(from, from + 200)) ?? [];
  const name = names.get(noteKey(written));
  return name === undefined ? null : { name, end: from + whole.length };
}
