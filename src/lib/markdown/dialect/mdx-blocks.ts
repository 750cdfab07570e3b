import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

const OPEN =
  /^([ \t>]*)(<(details|div|section|article|aside|figure|blockquote|center|main|nav|header|footer)(?:\s[^<>]*)?(?<!\/)>)[ \t]*(.*)$/i;
const WHOLE =
  /^([ \t>]*)<(summary|figcaption|h[1-6]|div|section|article|aside|blockquote|center|p|ul|ol|dl|table)(?:\s[^<>]*)?>.*<\/\2\s*>[ \t]*$/i;

/** Whether a tag marks its content as Markdown, as in kramdown and MkDocs: `<div markdown="1">`. */
export function readsMarkdown(tag: string): boolean {
  return /\smarkdown(?:\s*=\s*["']?(?:1|block|span)["']?)?(?=[\s>])/i.test(tag);
}

/**
 * Inserts the blank lines that MDX needs between block-level HTML tags and text. Without them, MDX reads GitHub's
 * `<details><summary>More</summary>`, text and `</details>` as one paragraph. A line may become several.
 * @param isSeparated whether to do this for a start tag.
 */
export function separateBlockTags(
  lines: readonly BlockLine[],
  isSeparated: (tag: string) => boolean,
): readonly BlockLine[] {
  if (!lines.some(({ kind, text }) => kind === "text" && (OPEN.test(text) || WHOLE.test(text)))) return lines;
  const ends = new Map<number, string>();
  return lines.flatMap((line, index): BlockLine[] => {
    const blank = (before: string): BlockLine => ({ ...line, text: before.trimEnd() });
    const end = ends.get(index);
    if (end !== undefined) return [blank(end), line, blank(end)];
    const [, before = "", tag = "", name = "", rest = ""] =
      line.kind === "text" ? (OPEN.exec(line.text) ?? []) : [];
    const close = name === "" || !isSeparated(tag) ? -1 : endOf(name, lines, index);
    if (close !== -1) {
      ends.set(close, before);
      const opened = [{ ...line, text: before + tag }, blank(before)];
      const after = { ...line, text: before + rest };
      return rest === "" ? opened : [...opened, after, ...(WHOLE.test(after.text) ? [blank(before)] : [])];
    }
    const whole = line.kind === "text" && isSeparated(line.text) ? WHOLE.exec(line.text)?.[1] : undefined;
    return whole === undefined ? [line] : [blank(whole), line, blank(whole)];
  });
}

/** Index of the line with an element's end tag; -1 if there is none or the line contains anything else. */
function endOf(name: string, lines: readonly BlockLine[], index: number): number {
  let depth = 0;
  for (let at = index; at < lines.length; at += 1) {
    const { kind, text } = lines[at] ?? { kind: "code", text: "" };
    if (kind === "code") continue;
    depth += (text.match(new RegExp(`<${name}(?=[\\s>])`, "gi")) ?? []).length;
    depth -= (text.match(new RegExp(`</${name}\\s*>`, "gi")) ?? []).length;
    if (depth <= 0)
      return at > index && new RegExp(`^[ \\t>]*</${name}\\s*>[ \\t]*$`, "i").test(text) ? at : -1;
  }
  return -1;
}

const ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
const END_TAG = /^([ \t>]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)?(<\/([A-Za-z][\w.-]*)\s*>)[ \t]*$/;

/**
 * Moves end tags inside a list out of it if their element began before the list: the parser crashes the process over
 * them. They get the indentation of the element's first line. An end tag that is a list item itself is also reported.
 */
export function endTagsOutsideLists(lines: readonly BlockLine[]): {
  readonly lines: readonly BlockLine[];
  readonly issues: readonly LineIssue[];
} {
  const issues: LineIssue[] = [];
  const result = lines.flatMap((line, index): BlockLine[] => {
    const [, before = "", marker, tag = "", name = ""] =
      line.kind === "text" ? (END_TAG.exec(line.text) ?? []) : [];
    const start = name === "" ? -1 : startOf(name, lines, index);
    const hasList = lines
      .slice(start + 1, marker === undefined ? index : index + 1)
      .some(({ text }) => ITEM.test(text));
    if (start === -1 || !hasList) return [line];
    const indent = columnOf(lines[start]?.text ?? "");
    if (marker === undefined && indent === before) return [line];
    if (marker !== undefined)
      issues.push({
        line: line.line,
        message: `${tag} is a list item here, but what it closes began before the list`,
        hint: `Write it on a line of its own, after an empty line:\n\n${tag}`,
      });
    const blank = { ...line, text: indent.trimEnd() };
    return [blank, { ...line, text: indent + tag }, blank];
  });
  return { lines: result, issues };
}

/** Prefix before a line's content: block quote markers, with list markers replaced by spaces. */
function columnOf(text: string): string {
  const [prefix = ""] = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/.exec(text) ?? [];
  return prefix.replaceAll(/[^ \t>]/g, " ");
}

/** Index of the line with the start tag that an end tag closes, or -1. */
function startOf(name: string, lines: readonly BlockLine[], index: number): number {
  let depth = 1;
  for (let at = index - 1; at >= 0; at -= 1) {
    const { kind, text } = lines[at] ?? { kind: "code", text: "" };
    if (kind === "code") continue;
    depth += (text.match(new RegExp(`</${name}\\s*>`, "g")) ?? []).length;
    depth -= (text.match(new RegExp(`<${name}(?=[\\s>])(?![^<>]*/>)`, "g")) ?? []).length;
    if (depth <= 0) return at;
  }
  return -1;
}
