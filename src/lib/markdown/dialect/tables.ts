import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";
import { endOfCodeSpan } from "./scan.ts";

const DELIMITER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * Rows with more cells than their table has columns: GFM drops what is too much. A sign `|` in code, in a wikilink or
 * in a formula ends a cell there too, so it is escaped where that explains the number of cells; other rows are
 * reported.
 */
export function repairTables(lines: readonly BlockLine[]): { lines: BlockLine[]; issues: LineIssue[] } {
  const issues: LineIssue[] = [];
  const repaired = [...lines];
  for (const [index, line] of lines.entries()) {
    const header = lines[index - 1];
    if (line.kind !== "text" || header?.kind !== "text") continue;
    if (!line.text.includes("-") || !DELIMITER.test(line.text)) continue;
    const columns = cellsOf(line.text).length;
    if (!line.text.includes("|") && !header.text.includes("|")) continue;
    const fixedHeader = protectedRow(header.text);
    if (cellsOf(fixedHeader).length !== columns) continue;
    repaired[index - 1] = { ...header, text: fixedHeader };
    for (let at = index + 1; at < lines.length; at += 1) {
      const row = lines[at];
      if (row === undefined || row.kind !== "text" || row.text.replace(/[\s>]/g, "") === "") break;
      if (!row.text.includes("|")) continue;
      const text = protectedRow(row.text);
      repaired[at] = { ...row, text };
      const cells = cellsOf(text);
      if (cells.length > columns) issues.push(surplus(row, cells, columns));
    }
  }
  return { lines: repaired, issues };
}

function cellsOf(row: string): string[] {
  const inside = row
    .replace(/^[ \t>]*/, "")
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inside.split(/(?<!\\)\|/);
}

/** The row, with pipes in code, wikilinks and formulas escaped. */
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
  const wiki = row[at] === "[" ? /^\[\[[^[\]]*\]\]/.exec(row.slice(at)) : null;
  return wiki === null ? -1 : at + wiki[0].length;
}

function surplus({ line, text }: BlockLine, cells: readonly string[], columns: number): LineIssue {
  const kept = cells.slice(0, columns - 1);
  const joined = cells.slice(columns - 1).join("\\|");
  const quote = /^[ \t>]*/.exec(text)?.[0] ?? "";
  return {
    line,
    message: `This row has ${cells.length} cells, but its table has ${columns} ${columns === 1 ? "column" : "columns"}`,
    hint: `Add a column to the table's head, or write \\| for the character itself:\n${quote.trim()}|${[...kept, joined].join("|")}|`,
  };
}
