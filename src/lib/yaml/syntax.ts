import type { YAMLError } from "yaml";
import type { AuthorIssue } from "../author-error.ts";

/**
 * Explains why YAML can't be parsed.
 * @param lineAt returns the 1-based line in the author's file for an offset in the text.
 */
export function yamlIssue(
  error: YAMLError,
  text: string,
  file: string,
  lineAt: (offset: number) => number,
): AuthorIssue {
  const color = commentedColor(text);
  if (color !== null)
    return {
      message: "The YAML can't be read: a `#` after a space begins a comment, so a bracket isn't closed",
      file,
      line: lineAt(color.offset),
      hint: `Put the color in quotes:\n${color.corrected}`,
    };
  const hash = /^(\s*[\w-]+:[ \t]*)\[([^\]\n]*(?:^|[[,\s])#[^\]\n]*)\]?[ \t]*$/m.exec(text);
  if (hash !== null)
    return {
      message: "The YAML can't be read: a `#` after a space begins a comment, so a bracket isn't closed",
      file,
      line: lineAt(hash.index),
      hint: `Leave the # out:\n${hash[1] ?? ""}[${(hash[2] ?? "").replaceAll(/(^|[\s,])#/g, "$1")}]`,
    };
  const bracket = /^Flow .* end with a/.test(error.message) ? openBracket(text, error.pos[0]) : null;
  if (bracket !== null) {
    const written = lineOfText(text, bracket).trimEnd();
    return {
      message: "The YAML can't be read: a bracket isn't closed",
      file,
      line: lineAt(bracket),
      hint: `Close it:\n${written}${text[bracket] === "[" ? "]" : " }"}`,
    };
  }
  const start = error.pos[0];
  const written = lineOfText(text, start);
  return {
    message: `The YAML can't be read: ${reasonOf(error, written)}`,
    file,
    line: lineAt(start),
    hint: error.code === "TAB_AS_INDENT" ? spaced(text, start) : hintFor(error, written),
  };
}

/** The first line with an unquoted color in braces, `{ accent: #0b6b5d }`, and the corrected line. */
function commentedColor(text: string): { readonly offset: number; readonly corrected: string } | null {
  const found = /^.*[{,][ \t]*[\w-]+: #[\da-f]{3,8}\b.*$/im.exec(text);
  if (found === null) return null;
  return { offset: found.index, corrected: found[0].replace(/: (#[\da-f]{3,8})\b/gi, ': "$1"') };
}

/** Hint with the tab-indented lines from an offset on, each tab replaced by two spaces. */
function spaced(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const [indented = ""] = /^(?:[ ]*\t.*(?:\n|$))*/.exec(text.slice(start)) ?? [];
  const lines = indented.replaceAll(/^[ \t]+/gm, (space) => space.replaceAll("\t", "  ")).trimEnd();
  return `Indent with spaces, two for each level:\n${lines}`;
}

/** Offset of the last unclosed bracket before an offset, or null. */
function openBracket(text: string, before: number): number | null {
  const open: number[] = [];
  for (let at = 0; at < before; at++) {
    if (text[at] === "[" || text[at] === "{") open.push(at);
    if (text[at] === "]" || text[at] === "}") open.pop();
  }
  return open.at(-1) ?? null;
}

function reasonOf(error: YAMLError, written: string): string {
  if (error.code === "DUPLICATE_KEY") return `the key \`${keyOn(written)}\` is there twice`;
  const reason = REASONS[error.code];
  if (reason !== undefined) return reason;
  const firstSentence = error.message.split("\n")[0] ?? "";
  return firstSentence.charAt(0).toLowerCase() + firstSentence.slice(1);
}

const REASONS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_INDENT: "a line is indented differently from those around it",
  BAD_SCALAR_START: "a text begins with a character that is reserved in YAML",
  BLOCK_AS_IMPLICIT_KEY: "there is a second colon on the line",
  BLOCK_IN_FLOW: "a bracket isn't closed",
  MISSING_CHAR: "a quote, bracket or colon is missing",
  MULTILINE_IMPLICIT_KEY: "a line has no colon",
  TAB_AS_INDENT: "a line is indented with a tab",
  UNEXPECTED_TOKEN: "unexpected text follows a value",
};

function keyOn(written: string): string {
  return /^[\s-]*["']?([^:"']+)/.exec(written)?.[1]?.trim() ?? "";
}

function hintFor(error: YAMLError, written: string): string {
  if (error.code === "DUPLICATE_KEY") return "Keep one of the two lines.";
  const pair = /^(\s*(?:- )?[\p{L}\w-]+): +(\S.*)$/u.exec(written);
  const list = /^(?:"[^"]*"|'[^']*')(?:\s*,\s*(?:"[^"]*"|'[^']*'))+$/.exec(pair?.[2]?.trim() ?? "")?.[0];
  if (list !== undefined) return `A list needs brackets:\n${pair?.[1] ?? ""}: [${list}]`;
  if (pair?.[1] !== undefined && pair[2] !== undefined && needsQuotes(pair[2])) {
    return `A text that contains a colon, quotes or a #, or begins with a special character, needs quotes around it:\n${pair[1]}: ${quoted(pair[2])}`;
  }
  return "Each line is `key: value`; lists and groups are indented with spaces:\ntitle: Over the fence\ntags: [customers, privacy]";
}

function needsQuotes(value: string): boolean {
  return /: |:$| #|^[@`%&*!|>[\]{}"',?-]/.test(value);
}

/** Puts a text in quotes that it doesn't contain; outer quotes that it already has (`"He said "hi""`) are replaced. */
export function quoted(value: string): string {
  const trimmed = value.trim();
  const text = /^(["'])(.*)\1$/.exec(trimmed)?.[2] ?? trimmed.replace(/^["']/, "");
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}

function lineOfText(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
}
