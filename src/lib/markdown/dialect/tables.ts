import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";
import { endOfCodeSpan, endOfMath } from "./scan.ts";

const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * Escapes `|` in code, wikilinks, link addresses and formulas, where GFM would end a cell, and reports rows that still
 * have more cells than the table has columns: GFM drops the surplus. Notes lines that only look like a table.
 */
export function repairTables(lines: readonly BlockLine[]): {
  lines: BlockLine[];
  issues: LineIssue[];
  notes: LineIssue[];
} {
  const issues: LineIssue[] = [];
  const notes: LineIssue[] = [];
  let tableEnd = 0;
  const repaired = [...lines];
  for (const [index, line] of lines.entries()) {
    const header = lines[index - 1];
    if (index >= tableEnd && header !== undefined && isHeadless(lines, index)) notes.push(headless(header));
    if (header !== undefined && isUnderlined(header, line)) notes.push(underlined(header));
    if (line.kind !== "text" || header?.kind !== "text") continue;
    if (!line.text.includes("-") || !DELIMITER.test(line.text)) continue;
    const columns = cellsOf(line.text).length;
    if (!line.text.includes("|") && !header.text.includes("|")) continue;
    const fixedHeader = protectedRow(header.text);
    const headCells = cellsOf(fixedHeader).length;
    if (headCells !== columns) {
      if (header.text.includes("|")) notes.push(uneven(header, headCells));
      continue;
    }
    repaired[index - 1] = { ...header, text: fixedHeader };
    for (let at = index + 1; at < lines.length; at += 1) {
      const row = lines[at];
      if (row === undefined || row.kind !== "text" || row.text.replace(/[\s>]/g, "") === "") break;
      tableEnd = at + 1;
      if (!row.text.includes("|")) continue;
      const text = protectedRow(row.text);
      repaired[at] = { ...row, text };
      const cells = cellsOf(text);
      if (cells.length > columns) issues.push(surplus(row, cells, columns));
    }
  }
  return { lines: repaired, issues, notes };
}

const ROW = /^[ \t>]*\|.*\S.*\|[ \t]*$/;

/** Whether a table seems to begin on the line before `index` but has no delimiter row. */
function isHeadless(lines: readonly BlockLine[], index: number): boolean {
  const [before, first, second] = [lines[index - 2], lines[index - 1], lines[index]];
  if (first?.kind !== "text" || second?.kind !== "text") return false;
  const isGrid = /^[ \t>]*\+[-=]{2,}(?:\+[-=]+)*\+[ \t]*$/.test(first.text) && ROW.test(second.text);
  const isRow = ROW.test(first.text) && ROW.test(second.text) && !DELIMITER.test(second.text);
  const isFirst = before === undefined || !(ROW.test(before.text) || /^[ \t>]*\+[-=]/.test(before.text));
  return isFirst && (isGrid || isRow) && !DELIMITER.test(first.text);
}

/** Whether a line is the header of a Pandoc table, whose columns are separated only by spaces. */
function isUnderlined(head: BlockLine, { kind, text }: BlockLine): boolean {
  const isHead = head.kind === "text" && /\S {2,}\S/.test(head.text) && !head.text.includes("|");
  return isHead && kind === "text" && /^[ \t]*-{2,}(?: +-{2,})+[ \t]*$/.test(text);
}

function underlined({ line, text }: BlockLine): LineIssue {
  const cells = text.trim().split(/ {2,}/);
  return {
    line,
    message: "These lines look like a table, but are shown as text: only spaces separate its columns",
    hint: `Write | between the cells of every row, and begin with these two lines:\n| ${cells.join(" | ")} |\n|${" --- |".repeat(cells.length)}`,
  };
}

function headless({ line, text }: BlockLine): LineIssue {
  const isGrid = text.trimStart().startsWith("+");
  const columns = isGrid ? text.split("+").length - 2 : cellsOf(text).length;
  const dashes = `|${" --- |".repeat(columns)}`;
  return {
    line,
    message:
      "These lines look like a table, but are shown as text: the line of dashes below its header row is missing",
    hint: isGrid
      ? `Remove the lines that begin with +, and write below the first row:\n${dashes}`
      : `Write the header row, and this line below it:\n${dashes}`,
  };
}

function uneven({ line }: BlockLine, cells: number): LineIssue {
  return {
    line,
    message:
      "These lines look like a table, but are shown as text: the line of dashes below its header row has a different number of columns",
    hint: `Write as many as the header row has:\n|${" --- |".repeat(cells)}`,
  };
}

function cellsOf(row: string): string[] {
  const inside = row
    .replace(/^[ \t>]*/, "")
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inside.split(/(?<!\\)\|/);
}

/** The row with pipes in code, links, wikilinks and formulas escaped. */
function protectedRow(row: string): string {
  let result = "";
  let at = 0;
  while (at < row.length) {
    const end = endOfProtected(row, at);
    if (end === -1) {
      result += row[at] ?? "";
      if (row[at] === "\\") result += row[++at] ?? "";
      at += 1;
    } else {
      result += row.slice(at, end).replace(/(?<!\\)\|/g, "\\|");
      at = end;
    }
  }
  return result;
}

function endOfProtected(row: string, at: number): number {
  if (row[at] === "`") return endOfCodeSpan(row, at, row.length);
  // Pipes are part of a formula only if it looks like one, as in `$|x|$`; otherwise the `$` are in separate cells.
  if (row[at] === "$" && !/[\w$]/.test(row[at - 1] ?? "")) {
    const end = endOfMath(row, at, row.length);
    return end !== -1 && /^\$[^\s|][^|]*$|\S\|\S|^\$\|/.test(row.slice(at, end)) ? end : -1;
  }
  // A wikilink, or the address of a link.
  const link =
    row[at] === "["
      ? /^\[\[[^[\]]*\]\]/.exec(row.slice(at))
      : row[at] === "]"
        ? /^\]\(<?[\w./#?-]*(?::\/\/)?[^\s()|]*\|[^\s()]*\)/.exec(row.slice(at))
        : null;
  return link === null ? -1 : at + link[0].length;
}

function surplus({ line, text }: BlockLine, cells: readonly string[], columns: number): LineIssue {
  const kept = cells.slice(0, columns - 1);
  const joined = cells.slice(columns - 1).join("\\|");
  const quote = /^[ \t>]*/.exec(text)?.[0] ?? "";
  return {
    line,
    message: `This row has ${cells.length} cells, but its table has ${columns} ${columns === 1 ? "column" : "columns"}`,
    hint: `Add a column to the table's header row, or write \\| for the character itself:\n${quote.trim()}|${[...kept, joined].join("|")}|`,
  };
}
