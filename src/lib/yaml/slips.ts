/** Finds common slips that make YAML unparsable or leave it without keys, each with the corrected line. */
import type { AuthorIssue } from "../author-error.ts";
import { quoted } from "./syntax.ts";

interface Slip {
  readonly message: string;
  readonly hint: string;
}

/**
 * Finds slips in text that doesn't parse as keys with values.
 * @param lineOffset number of lines in the file before the text.
 */
export function slipsIn(text: string, file: string, lineOffset: number): AuthorIssue[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  return lines.flatMap((line, at) => {
    const before = lines.slice(0, at).findLast((one) => one !== "") ?? "";
    const after = lines.slice(at + 1).find((one) => one !== "") ?? "";
    const slip = slipOf(line, before, after);
    return slip === null ? [] : [{ ...slip, file, line: lineOffset + at + 1 }];
  });
}

function slipOf(line: string, before: string, after: string): Slip | null {
  const [, spaceless, value = ""] = /^([A-Za-z][\w-]*):([^\s:/].*)$/.exec(line) ?? [];
  if (spaceless !== undefined)
    return {
      message: `A space is missing after the colon: ${line.trim()}`,
      hint: `${spaceless}: ${value.trim()}`,
    };
  const [, wide, wideValue = ""] = /^([\p{L}\w-]+)[ \t]*\uFF1A[ \t]*(.*)$/u.exec(line) ?? [];
  if (wide !== undefined)
    return {
      message: `The colon is a full-width character, which YAML doesn't read: ${line}`,
      hint: `${wide}: ${wideValue}`.trimEnd(),
    };
  const [, spaced, spacedValue = ""] =
    /^([A-Za-z][\w-]*):[\u00a0\u2000-\u200b\u202f\u3000]+[ \t]*(.*)$/.exec(line) ?? [];
  if (spaced !== undefined)
    return {
      message: `The space after the colon isn't an ordinary space, so YAML doesn't read it: ${line}`,
      hint: `${spaced}: ${spacedValue}`,
    };
  const [, key, assigned = ""] = /^([A-Za-z][\w-]*)[ \t]*=[ \t]*(\S.*)$/.exec(line) ?? [];
  if (key !== undefined)
    return {
      message: `A key is followed by a colon in YAML, and by = only in TOML: ${line}`,
      hint: `${key}: ${assigned}`,
    };
  const [, item] = /^-[ \t]+([A-Za-z][\w-]*:(?:[ \t].*)?)$/.exec(line) ?? [];
  if (item !== undefined && !/^(?:[A-Za-z][\w-]*:$|[ \t])/.test(before))
    return { message: `The dash turns the keys into a list: ${line}`, hint: item };
  const [, bulletIndent = "", bulleted] = /^([ \t]*)[*•·–—][ \t]+(.+)$/.exec(line) ?? [];
  if (bulleted !== undefined && /^\s*(?:[\w-]+:$|[*•·–—-][ \t])/.test(before))
    return { message: `A list in YAML needs hyphens: ${line.trim()}`, hint: `${bulletIndent}- ${bulleted}` };
  const [, mark] = /^[\w-]+:[ \t]+([|>][+-]?\d?)$/.exec(before) ?? [];
  if (mark !== undefined && /^[^\s#-]/.test(line) && !/^[\w-]+:(?:[ \t]|$)/.test(line))
    return { message: `The text after ${mark} has to be indented: ${line}`, hint: `  ${line}` };
  const [, indentOf] = /^([ \t]*)- /.exec(before) ?? [];
  if (
    indentOf !== undefined &&
    line.startsWith(indentOf) &&
    /^[\p{L}\p{N}]/u.test(line.trim()) &&
    !line.includes(":")
  )
    return {
      message: `A dash is missing before an item of the list: ${line.trim()}`,
      hint: `${indentOf}- ${line.trim()}`,
    };
  const [, indent = "", dashed] = /^([ \t]*)-([^\s-].*)$/.exec(line) ?? [];
  if (dashed !== undefined && [before, after].some((one) => one.startsWith(`${indent}- `)))
    return { message: `A space is missing after the dash: ${line.trim()}`, hint: `${indent}- ${dashed}` };
  if (/^[ \t]+[A-Za-z][\w-]*:(?:[ \t]|$)/.test(line) && hasWholeValue(before))
    return {
      message: `The line is indented, although the key before it already has a value: ${line.trim()}`,
      hint: line.trim(),
    };
  if (/^[^\s#:-][^:]*$/.test(line) && hasWholeValue(before) && !/^[\w-]+:[ \t]+["'[]/.test(before))
    return {
      message: `The line has no key, and isn't indented as a continuation of the line before: ${line}`,
      hint: `  ${line}`,
    };
  const [, open, quote = "", rest = ""] = /^([A-Za-z][\w-]*):[ \t]+(["'])(.*)$/.exec(line) ?? [];
  if (open !== undefined && !rest.includes(quote) && (after === "" || /^[\w-]+:(?:[ \t]|$)/.test(after)))
    return {
      message: `A quote isn't closed: ${line}`,
      hint: `${open}: ${isApostrophe(quote + rest) ? `"${quote}${rest}"` : quoted(rest)}`,
    };
  return null;
}

/** Whether a line is a top-level key with a value that is complete on that line. */
function hasWholeValue(line: string): boolean {
  const [, value] = /^[A-Za-z][\w-]*:[ \t]+(.+)$/.exec(line) ?? [];
  return value !== undefined && /^(?:[^|>&!*#{["'].*|"[^"]*"|'[^']*'|\[.*\])$/.test(value);
}

function isApostrophe(text: string): boolean {
  return /^'(?:\d\ds|tis|twas|em|til|cause|bout|round|n)\b/i.test(text);
}
