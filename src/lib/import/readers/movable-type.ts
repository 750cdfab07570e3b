/**
 * Movable Type's text export and its dialects: TypePad, Hatena, goo.
 * https://movabletype.org/documentation/appendices/import-export-format.html
 */
import type { ArchiveBuilder } from "../archive-builder.ts";
import { addMovableTypeEntry } from "./movable-type-entry.ts";

export interface MtSection {
  /** `BODY`, `COMMENT` … */
  readonly name: string;
  readonly lines: string[];
}

/** One entry of the file, unprocessed. */
export interface MtEntry {
  /** Lines of the form `KEY: value`, in order. */
  readonly head: readonly (readonly [key: string, value: string])[];
  readonly sections: readonly MtSection[];
}

const ENTRY_END = "--------";
const SECTION_END = "-----";
const SECTIONS = new Set(["BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"]);
const HEAD_KEYS =
  /^(?:AUTHOR|AUTHOR EMAIL|TITLE|BASENAME|STATUS|ALLOW COMMENTS|ALLOW PINGS|CONVERT BREAKS|PRIMARY CATEGORY|CATEGORY|DATE|TAGS|NO ENTRY|UNIQUE URL|IMAGE): ?/;

/** Reads the entries of an export. */
export function readMovableType(text: Iterable<string>, builder: ArchiveBuilder): void {
  for (const lines of entriesIn(text)) {
    const entry = parseEntry(lines);
    if (entry.head.length > 0 || entry.sections.length > 0) addMovableTypeEntry(entry, builder);
  }
}

/** Yields the lines of each entry; a separator that isn't followed by a header is unescaped text. */
function* entriesIn(text: Iterable<string>): Generator<string[]> {
  let lines: string[] = [];
  let held: string[] | null = null;
  for (const line of linesOf(text)) {
    if (held === null) {
      if (line.trimEnd() === ENTRY_END && !line.endsWith("\t")) held = [line];
      else lines.push(line);
      continue;
    }
    if (line.trim() === "") {
      held.push(line);
      continue;
    }
    if (line.trimEnd() === ENTRY_END) continue;
    if (HEAD_KEYS.test(line)) {
      yield lines;
      lines = [line];
    } else lines.push(...held, line);
    held = null;
  }
  yield lines;
}

function* linesOf(text: Iterable<string>): Generator<string> {
  for (const piece of text) {
    const lines = piece.split("\n");
    if (lines.at(-1) === "") lines.pop();
    yield* lines;
  }
}

function parseEntry(lines: readonly string[]): MtEntry {
  const head: [string, string][] = [];
  const sections: MtSection[] = [];
  let at = 0;
  for (; at < lines.length && lines[at] !== SECTION_END; at++) {
    const [, key, value = ""] = /^([A-Z][A-Z0-9 _-]*): ?(.*)$/.exec(lines[at] ?? "") ?? [];
    if (key !== undefined) head.push([key, value.trim()]);
    else if ((lines[at] ?? "").trim() !== "") head.push(["", lines[at] ?? ""]);
  }
  let isBehindEnd = true;
  for (at += 1; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const name: string | null = isBehindEnd ? sectionName(line, sections) : null;
    const last = sections.at(-1);
    if (name !== null) sections.push({ name, lines: [] });
    else if (isBehindEnd && last !== undefined && line.trim() !== "") last.lines.push(SECTION_END, line);
    else if (line !== SECTION_END) last?.lines.push(unescaped(line));
    isBehindEnd = line === SECTION_END || (isBehindEnd && name === null && line.trim() === "");
  }
  return { head, sections };
}

/** The section that a line opens, or null; after comments or pings, an unknown name is part of their text. */
function sectionName(line: string, sections: readonly MtSection[]): string | null {
  const [, name, rest = ""] = /^([A-Z][A-Z0-9 _-]*):(.*)$/.exec(line) ?? [];
  if (name === undefined || rest.trim() !== "") return null;
  if (SECTIONS.has(name)) return name;
  const isAmongResponses = sections.some((section) => section.name === "COMMENT" || section.name === "PING");
  return isAmongResponses ? null : name;
}

/** Movable Type adds a tab to lines of text that look like separators. */
function unescaped(line: string): string {
  return line === `${SECTION_END}\t` || line === `${ENTRY_END}\t` ? line.slice(0, -1) : line;
}
