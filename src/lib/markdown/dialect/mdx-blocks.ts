import type { BlockLine } from "./blocks.ts";

const OPEN =
  /^([ \t>]*)(<(details|div|section|article|aside|figure|blockquote|center|main|nav|header|footer)(?:\s[^<>]*)?(?<!\/)>)[ \t]*(.*)$/i;
const WHOLE =
  /^([ \t>]*)<(summary|figcaption|h[1-6]|div|section|article|aside|blockquote|center|p|ul|ol|dl|table)(?:\s[^<>]*)?>.*<\/\2\s*>[ \t]*$/i;

/**
 * HTML that stands around paragraphs, with the blank lines that MDX needs between tags and text: GitHub's
 * `<details><summary>More</summary>`, then text, then `</details>` is one paragraph for MDX. A line may become several.
 */
export function separateBlockTags(lines: readonly BlockLine[]): readonly BlockLine[] {
  if (!lines.some(({ kind, text }) => kind === "text" && (OPEN.test(text) || WHOLE.test(text)))) return lines;
  const ends = new Map<number, string>();
  return lines.flatMap((line, index): BlockLine[] => {
    const blank = (before: string): BlockLine => ({ ...line, text: before.trimEnd() });
    const end = ends.get(index);
    if (end !== undefined) return [blank(end), line, blank(end)];
    const [, before = "", tag = "", name = "", rest = ""] =
      line.kind === "text" ? (OPEN.exec(line.text) ?? []) : [];
    const close = name === "" ? -1 : endOf(name, lines, index);
    if (close !== -1) {
      ends.set(close, before);
      const opened = [{ ...line, text: before + tag }, blank(before)];
      const after = { ...line, text: before + rest };
      return rest === "" ? opened : [...opened, after, ...(WHOLE.test(after.text) ? [blank(before)] : [])];
    }
    const whole = line.kind === "text" ? WHOLE.exec(line.text)?.[1] : undefined;
    return whole === undefined ? [line] : [blank(whole), line, blank(whole)];
  });
}

/** Index of the line that holds nothing but the end tag of an element; -1 where that isn't so. */
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
