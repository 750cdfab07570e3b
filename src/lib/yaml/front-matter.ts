/** A file's text, split into front matter and body. */
export interface Divided {
  readonly format: FrontMatterFormat;
  /** Text of the front matter, without the marks around it; null when the file has none. */
  readonly head: string | null;
  /** Number of lines before `head`. */
  readonly headOffset: number;
  readonly body: string;
  /** Number of lines before the body. */
  readonly bodyOffset: number;
  /** 1-based line where the closing mark is missing; null when the front matter is closed. */
  readonly closesAt: number | null;
}

/** `bare`: `key: value` lines without marks around them, as Pelican and Nikola write them. */
export type FrontMatterFormat = "yaml" | "toml" | "json" | "js" | "bare";

interface Marks {
  readonly format: FrontMatterFormat;
  readonly opening: RegExp;
  readonly closing: RegExp;
}

const MARKS: readonly Marks[] = [
  { format: "yaml", opening: /^---[ \t]*(?:#.*)?\n/, closing: /^(?:---|\.\.\.)[ \t]*(?:\n|$)/gm },
  { format: "yaml", opening: /^[ \t]+---[ \t]*\n/, closing: /^[ \t]*---[ \t]*(?:\n|$)/gm },
  // Word processors convert hyphens to dashes, and an author may type one too many.
  {
    format: "yaml",
    opening: /^(?:[-–—]{3,8}|[–—]-?|-–)[ \t]*\n/,
    closing: /^(?:[-–—]{3,8}|[–—]-?|-–)[ \t]*(?:\n|$)/gm,
  },
  { format: "yaml", opening: /^---[ \t]*ya?ml[ \t]*\n/, closing: /^---[ \t]*(?:\n|$)/gm },
  { format: "toml", opening: /^---[ \t]*toml[ \t]*\n/, closing: /^---[ \t]*(?:\n|$)/gm },
  { format: "json", opening: /^---[ \t]*json[ \t]*\n/, closing: /^---[ \t]*(?:\n|$)/gm },
  { format: "js", opening: /^---[ \t]*(?:js|javascript)[ \t]*\n/, closing: /^---[ \t]*(?:\n|$)/gm },
  { format: "toml", opening: /^\+\+\+[ \t]*\n/, closing: /^\+\+\+[ \t]*(?:\n|$)/gm },
];

/**
 * Splits a file into front matter and body. Front matter is YAML between `---`, TOML between `+++`, JSON in braces, or
 * `key: value` lines before the first `---` or empty line; empty lines may precede it. Line endings become `\n`.
 */
export function divide(text: string): Divided {
  // Other programs add invisible characters such as a byte order mark.
  const source = text.replace(/^[\uFEFF\u200B\u2060\u00A0]+/, "").replaceAll(/\r\n?/g, "\n");
  // An HTML comment, such as one that configures a linter, or a `%YAML` directive may come first.
  const blank =
    /^(?:[ \t]*\n)*(?:<!--(?:(?!-->)[^])*-->\s*\n(?=---[ \t]*\n))?(?:%YAML .*\n(?=---[ \t]*\n))?/.exec(
      source,
    )?.[0] ?? "";
  const rest = source.slice(blank.length);
  const before = countLines(blank);
  for (const marks of MARKS) {
    const opening = marks.opening.exec(rest);
    if (opening !== null)
      return (
        divideAtOtherMark(rest, marks, before) ??
        divideAt(rest, marks, opening[0].length, before) ??
        unclosed(rest, marks, before)
      );
  }
  return (
    divideJson(rest, before) ??
    divideNikola(rest, before) ??
    divideBare(rest, before) ??
    withoutFrontMatter(source)
  );
}

function withoutFrontMatter(source: string): Divided {
  return { format: "yaml", head: null, headOffset: 0, body: source, bodyOffset: 0, closesAt: null };
}

function divideAt(rest: string, { format, closing }: Marks, start: number, before: number): Divided | null {
  const pattern = new RegExp(closing);
  pattern.lastIndex = start;
  const end = pattern.exec(rest);
  if (end === null) return null;
  const isYaml = format === "toml" && isKeysOfYaml(rest.slice(start, end.index));
  return parts(
    isYaml ? "yaml" : format,
    rest,
    [start, end.index, end.index + end[0].length],
    before + 1,
    before,
  );
}

/** Whether all lines between `+++` are YAML. */
function isKeysOfYaml(head: string): boolean {
  return /^[A-Za-z][\w-]*:(?:\s|$)/.test(head) && !/^\s*["'\w.-]+\s*=|^\s*\[/m.test(head);
}

/** Splits at a closing mark of another length or kind than the opening one: `----`, or a word processor's dash. */
function divideAtOtherMark(rest: string, { format }: Marks, before: number): Divided | null {
  const { start, end } = keyLines(rest);
  const mark = /^(?:-{4,8}|[–—][-–—]{0,3}|-–)[ \t]*(?:\n|$)/.exec(rest.slice(end))?.[0];
  if (mark === undefined || format !== "yaml") return null;
  return parts(format, rest, [start, end, end + mark.length], before + 1, before);
}

/** Offsets and number of the key lines after the first line, up to the first line that can't belong to a key. */
function keyLines(rest: string): { readonly start: number; readonly end: number; readonly count: number } {
  const [opening = "", ...lines] = rest.split("\n");
  const found = lines.findIndex((line) => line.trim() === "" || !KEY_LINE.test(line));
  const count = found === -1 ? lines.length : found;
  const start = opening.length + 1;
  const end = lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, start);
  return { start, end: Math.min(end, rest.length), count };
}

/** Front matter without a closing mark ends after its key lines. */
function unclosed(rest: string, { format }: Marks, before: number): Divided {
  const { start, end, count: ends } = keyLines(rest);
  const cuts = [start, end, end] as const;
  return { ...parts(format, rest, cuts, before + 1, before), closesAt: before + 2 + ends };
}

const KEY_LINE = /^(?:\s*#|\s+\S|- |["']?[\p{L}_][\p{L}\w. -]*["']?\s*[:=]|\[)/u;

/** JSON in braces, or in Hexo's `;;;`. It must begin with a quoted key, to tell it from an MDX expression. */
function divideJson(rest: string, before: number): Divided | null {
  const hexo = /^(;;;[ \t]*\n)?\s*"[^"\n]+"\s*:[^]*?^(?=;;;)/m.exec(rest);
  if (hexo?.index === 0) {
    const end = hexo[0].length;
    const start = hexo[1]?.length ?? 0;
    const after = end + (/^;;;[ \t]*(?:\n|$)/.exec(rest.slice(end))?.[0].length ?? 3);
    const found = parts("json", rest, [start, end, after], before + countLines(hexo[1] ?? ""), before);
    return { ...found, head: `{${found.head ?? ""}}` };
  }
  if (!/^\{\s*(?:"|\})/.test(rest)) return null;
  const end = endOfObject(rest);
  if (end === null) return null;
  const after = /^[ \t]*(?:;;;[ \t]*)?(?:\n|$)/.exec(rest.slice(end));
  return after === null ? null : parts("json", rest, [0, end, end + after[0].length], before, before);
}

function endOfObject(text: string): number | null {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (sign === "{") depth++;
    if (sign === "}" && --depth === 0) return index + 1;
  }
  return null;
}

/** `.. title: …` lines, with or without a comment around them, as Nikola writes them. */
function divideNikola(rest: string, before: number): Divided | null {
  const [whole, open = "", lines = ""] =
    /^(<!--[ \t]*\n)?((?:\.\. [\w-]+:.*(?:\n|$))+)(?:-->[ \t]*(?:\n|$))?/.exec(rest) ?? [];
  if (whole === undefined) return null;
  const start = open.length;
  return parts("bare", rest, [start, start + lines.length, whole.length], before + countLines(open), before);
}

/** Key lines without an opening mark; they must include a title or a date, so that prose isn't mistaken for them. */
function divideBare(rest: string, before: number): Divided | null {
  if (!/^(?:[\p{L}][\p{L}\w-]*:.*\n)*?(?:title|date):/iu.test(rest)) return null;
  const lines = rest.split("\n");
  const mark = lines.findIndex((line) => /^---[ \t]*$/.test(line));
  const head = mark === -1 ? [] : lines.slice(0, mark);
  const isHexo = mark > 0 && head.every((line) => line.trim() === "" || KEY_LINE.test(line));
  const empty = lines.findIndex((line) => line.trim() === "");
  const ends = isHexo ? mark : empty;
  if (ends < 1 || !lines.slice(0, ends).every((line) => line.trim() === "" || KEY_LINE.test(line)))
    return null;
  const size = lines.slice(0, ends).reduce((sum, line) => sum + line.length + 1, 0);
  const closing = (lines[ends]?.length ?? 0) + 1;
  return parts(
    isHexo ? "yaml" : "bare",
    rest,
    [0, size, Math.min(rest.length, size + closing)],
    before,
    before,
  );
}

/** Builds the result from three offsets in `rest`: start and end of the head, and start of the body. */
function parts(
  format: FrontMatterFormat,
  rest: string,
  [start, end, after]: readonly [number, number, number],
  headOffset: number,
  before: number,
): Divided {
  return {
    format,
    head: rest.slice(start, end),
    headOffset,
    body: rest.slice(after),
    bodyOffset: before + countLines(rest.slice(0, after)),
    closesAt: null,
  };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
