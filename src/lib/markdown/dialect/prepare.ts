import { printable } from "../printable.ts";
import { convertBlockForms } from "./block-forms.ts";
import { splitBlocks } from "./blocks.ts";
import type { BlockLine } from "./blocks.ts";
import { readKramdown } from "./attribute-lists.ts";
import { convertCodeShortcodes } from "./code-shortcodes.ts";
import { bracesIssues, commentIssue, unboundIssue } from "./brace-issues.ts";
import { repeatedDefinitions } from "./definitions.ts";
import { convertDirectives } from "./directives.ts";
import { boundNames } from "./expressions.ts";
import { rewriteInline } from "./inline.ts";
import { spacedNotes } from "./inline-parts.ts";
import { foreignMarks } from "./foreign-marks.ts";
import { endTagsOutsideLists, readsMarkdown, separateBlockTags } from "./mdx-blocks.ts";
import { INLINE_NOTE } from "./markers.ts";
import type { BodyFormat, LineIssue, PreparedText } from "./prepared.ts";
import { blankComments, blankPrivate } from "./private-text.ts";
import { shortcodeNote } from "./shortcodes.ts";
import { repairTables } from "./tables.ts";

/**
 * Converts a body to plain Markdown or MDX: rewrites syntax of GitHub, Obsidian, Pandoc, Docusaurus and others to forms
 * that the parser supports, and removes private comments. `lines` of the result maps to the author's lines.
 */
export function prepareText(source: string, format: BodyFormat): PreparedText {
  const controls = withoutControls(source.replace(/\r\n?/g, "\n"));
  const open = blankPrivate(convertBlockForms(convertCodeShortcodes(printable(controls.text))));
  const split = splitBlocks(open.text, format === "md");
  const blocks = { ...split, lines: blankComments(split.lines) };
  const ends =
    format === "mdx"
      ? endTagsOutsideLists(withoutEsm(withoutProse(blocks.lines)))
      : { lines: blocks.lines, issues: [] };
  const directives = convertDirectives(
    separateBlockTags(readKramdown(ends.lines), format === "mdx" ? () => true : readsMarkdown),
  );
  const tables = repairTables(directives.lines);
  const issues: LineIssue[] = [...open.issues, ...ends.issues, ...directives.issues, ...tables.issues];
  if (format === "mdx") issues.push(...blocks.comments.map(({ line, text }) => commentIssue(text, line)));
  const bound = format === "mdx" ? boundNames(esmOf(blocks.lines)) : new Set<string>();
  const remarks = [
    ...controls.notes,
    ...blocks.notes,
    ...directives.notes,
    ...tables.notes,
    ...foreignMarks(tables.lines, format),
    ...repeatedDefinitions(tables.lines),
    ...(format === "mdx" ? importsInText(ends.lines) : []),
  ];
  const named = spacedNotes(tables.lines);
  const lines: string[] = [];
  const numbers: number[] = [];
  const notes: { text: string; line: number }[] = [];
  for (const run of runsOf(tables.lines)) {
    const text = run.map((line) => line.text).join("\n");
    const isText = run[0]?.kind === "text";
    if (isText) {
      const result = rewriteInline(text, {
        ...{ format, bound, firstNote: notes.length + 1, spacedNotes: named },
      });
      const lineAt = (offset: number): number => run[countLines(text, offset)]?.line ?? 1;
      issues.push(...bracesIssues(text, result.escapes, lineAt));
      issues.push(...result.unbound.map(({ start, code, name }) => unboundIssue(code, name, lineAt(start))));
      for (const { start, shortcode } of result.shortcodes) {
        if (format === "md" || shortcode.text.startsWith("["))
          remarks.push(shortcodeNote(shortcode, lineAt(start)));
      }
      for (const { start, message, hint, isError } of result.remarks)
        (isError === true ? issues : remarks).push({ line: lineAt(start), message, hint });
      for (const comment of result.comments)
        issues.push(commentIssue(text.slice(comment.start, comment.end), lineAt(comment.start)));
      notes.push(...result.notes.map((note) => ({ text: note.text, line: lineAt(note.start) })));
      lines.push(...result.text.split("\n"));
    } else lines.push(...text.split("\n"));
    numbers.push(...run.map((line) => line.line));
  }
  for (const [index, note] of notes.entries()) {
    lines.push("", `[^${INLINE_NOTE}${index + 1}]: ${note.text}`);
    numbers.push(note.line, note.line);
  }
  issues.sort((a, b) => a.line - b.line);
  return { text: lines.join("\n"), lines: numbers, issues, notes: remarks };
}

// prettier-ignore
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/gu;

/** Removes characters that HTML doesn't allow, such as control characters copied from a PDF, with a note. */
function withoutControls(text: string): { readonly text: string; readonly notes: readonly LineIssue[] } {
  if (text.search(CONTROL) === -1) return { text, notes: [] };
  const notes = text.split("\n").flatMap((line, index): LineIssue[] => {
    const found = [...new Set(line.match(CONTROL) ?? [])].map(nameOf);
    if (found.length === 0) return [];
    const message = `A character that no page can show is left out: ${found.join(", ")}`;
    return [{ line: index + 1, message, hint: `The line without it:\n${line.replaceAll(CONTROL, "")}` }];
  });
  return { text: text.replaceAll(CONTROL, ""), notes };
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function countLines(text: string, offset: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

/** Groups consecutive lines of the same kind. */
function runsOf(lines: readonly BlockLine[]): BlockLine[][] {
  const runs: BlockLine[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0]?.kind === line.kind) last.push(line);
    else runs.push([line]);
  }
  return runs;
}

/** Marks `import` and `export` lines as code, up to the next blank line. */
function withoutEsm(lines: readonly BlockLine[]): BlockLine[] {
  let isEsm = false;
  return lines.map((line, index) => {
    if (line.kind === "code" || line.text.trim() === "") isEsm = false;
    else if (isEsmAt(lines, index)) isEsm = true;
    return isEsm ? { ...line, kind: "code" } : line;
  });
}

const ESM = /^(?:import|export)(?=[\s{*"'])/;

/** A sentence that begins with a keyword: `import taxes are rising`. */
const PROSE =
  /^(?:import|export)[ \t]+(?!(?:default|const|let|var|function|class|async|type)\b)[^"'`{}=;*<>()]+$/;

function isEsmAt(lines: readonly BlockLine[], index: number): boolean {
  const isFirst = (lines[index - 1]?.text.trim() ?? "") === "";
  return isFirst && ESM.test(lines[index]?.text ?? "") && !isProse(lines[index]?.text ?? "");
}

function isProse(text: string): boolean {
  return PROSE.test(text) && text.trim().split(/\s+/).length > 3 && !/\sfrom\s+\S+$/.test(text.trim());
}

/** Escapes sentences that the parser would read as imports or exports. */
function withoutProse(lines: readonly BlockLine[]): BlockLine[] {
  return lines.map((line, index) => {
    const isRead =
      line.kind === "text" && ESM.test(line.text) && (lines[index - 1]?.text.trim() ?? "") === "";
    if (!isRead || !isProse(line.text)) return line;
    return { ...line, text: `&#${line.text.charCodeAt(0)};${line.text.slice(1)}` };
  });
}

const IMPORT = /^import[ \t]+(?:[\w*{}$, \t]+[ \t]from[ \t]+)?["'][^"']+["'];?[ \t]*$/;

/** Imports inside a paragraph: they import nothing and would be shown as text. */
function importsInText(lines: readonly BlockLine[]): LineIssue[] {
  let isComment = false;
  return lines.flatMap(({ kind, line, text }): LineIssue[] => {
    isComment = isComment ? !text.includes("*/}") : /\{\/\*(?!.*\*\/\})/.test(text);
    if (isComment || kind !== "text" || !IMPORT.test(text)) return [];
    const message = `This import is part of the paragraph above it, so it imports nothing: ${text.trim()}`;
    return [{ line, message, hint: `Leave an empty line above it:\n\n${text.trim()}` }];
  });
}

function esmOf(lines: readonly BlockLine[]): string {
  return withoutEsm(lines)
    .filter((line, index) => line.kind === "code" && lines[index]?.kind === "text")
    .map((line) => line.text)
    .join("\n");
}
