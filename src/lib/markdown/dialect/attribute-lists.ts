/** Attribute syntax of kramdown, Pandoc, Hugo and Markdown Extra that only affects styling or has another form here. */
import type { BlockLine } from "./blocks.ts";
import type { InlineRemark } from "./inline.ts";

/** `{: .note}`, `{.wide}`, `{#id}` or `{width=50%}` at an offset, after inline markup or at a line's end; else null. */
export function attributeListAt(text: string, from: number): string | null {
  const match = /^\{(?::[^{}\n]*|[ \t]*[.#][\p{L}_][^{}\n]*|[ \t]*[\w-]+=[^{}\n]*)\}/u.exec(
    text.slice(from, from + 300),
  );
  if (match === null) return null;
  const [list] = match;
  const before = text[from - 1] ?? "\n";
  // The attributes of a directive, `:badge[New]{type=tip}`, are shown together with it.
  if (/(?<![\w:]):{1,2}[\w-]+(?:\[[^\]\n]*\])?$/.test(text.slice(Math.max(0, from - 200), from))) return null;
  const isAfterMark = /[)\]*_`]/.test(before);
  const isAtEnd = /^[ \t]*(?:\n|$)/.test(text.slice(from + list.length)) && /\s/.test(before);
  const hasKeyOnly = /^\{[ \t]*[\w-]+=/.test(list);
  // Hugo's attributes below a block.
  const isWholeLine = isAtEnd && before === "\n" && /^\{[ \t]*[\w-]+="[^"]*"/.test(list);
  return isAfterMark || (isAtEnd && !hasKeyOnly) || isWholeLine ? list : null;
}

/**
 * Converts kramdown's attribute lines to supported forms: a heading's id (`{: #id}` below the heading), and the list
 * item that is replaced by a table of contents (`{:toc}`). The number of lines doesn't change.
 */
export function readKramdown(lines: readonly BlockLine[]): BlockLine[] {
  const result = [...lines];
  for (const [at, line] of result.entries()) {
    const list = line.kind === "text" ? /^ {0,3}\{:([^{}]*)\}[ \t]*$/.exec(line.text)?.[1] : undefined;
    const above = result[at - 1];
    if (list === undefined || above?.kind !== "text") continue;
    if (/(?:^|\s)toc(?:\s|$)/.test(list) && /^ {0,3}(?:[-*+]|\d+\.)[ \t]+\S/.test(above.text)) {
      result[at - 1] = { ...above, text: "[TOC]" };
      result[at] = { ...line, text: "" };
      continue;
    }
    const id = /(?:^|\s)#([\p{L}\p{N}_.:-]+)/u.exec(list)?.[1];
    const isUnderline = /^ {0,3}(?:=+|-+)[ \t]*$/.test(above.text);
    const place = isUnderline ? at - 2 : at - 1;
    const heading = result[place];
    if (id === undefined || heading?.kind !== "text" || heading.text.trim() === "") continue;
    if (!isUnderline && !/^ {0,3}#{1,6}[ \t]/.test(heading.text)) continue;
    const rest = list.replace(`#${id}`, " ").replaceAll(/\s+/g, " ").trimEnd();
    result[place] = { ...heading, text: `${heading.text.replace(/[ \t]*#*[ \t]*$/, "")} {#${id}${rest}}` };
    result[at] = { ...line, text: "" };
  }
  return result;
}

export function attributesRemark(start: number, attributes: string): InlineRemark {
  return {
    start,
    message: `The attributes ${attributes} aren't supported and are left out`,
    hint: "Styles belong to the design. An id works on headings: ## A heading {#id}",
  };
}

/** Remark for a Markdown Extra abbreviation, `*[HTML]: Hypertext`, with the supported form; null if none is there. */
export function abbreviationAt(text: string, from: number): Omit<InlineRemark, "start"> | null {
  const [whole, short = "", long = ""] =
    /^\*\[([^\]\n]+)\]:[ \t]*([^\n]+)/.exec(text.slice(from, from + 300)) ?? [];
  if (whole === undefined || (from > 0 && text[from - 1] !== "\n")) return null;
  return {
    message: `*[${short}] is shown as text: abbreviations can't be defined outside the text`,
    hint: `Write it where it is used:\n<abbr title="${long.trim().replaceAll('"', "&quot;")}">${short}</abbr>`,
  };
}

export function blockIdRemark(start: number, name: string): InlineRemark {
  return {
    start,
    message: `${name} is an Obsidian block id and isn't shown`,
    hint: `For the characters themselves write:\n\\${name}`,
  };
}

export function sizeRemark(start: number, size: string): InlineRemark {
  return {
    start,
    message: `The size ${size} of a picture is left out`,
    hint: "Pictures are as wide as the text allows. For a smaller one: ![[picture.png|300]]",
  };
}
