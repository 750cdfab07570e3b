import { CsvError, parse } from "csv-parse/sync";
import { AuthorError } from "../../author-error.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";

/** Longer cells are a mistake: a quotation mark that never ends. */
const MAX_CELL = 4 * 1024 ** 2;

export interface CsvTable {
  /** Without empty lines. */
  readonly rows: readonly string[][];
  /** The table ends in the middle of a row, or has a fault; what comes after it isn't read. */
  readonly isCut: boolean;
}

/** A CSV (RFC 4180). */
export function parseCsv(text: string): CsvTable {
  const rows: string[][] = [];
  try {
    parse(text, {
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_CELL,
      on_record: (row: string[]) => {
        rows.push(row);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, isCut: true };
  }
  return { rows, isCut: false };
}

/**
 * Rows as records by the names in the first row.
 * @throws AuthorError when a name that must be there isn't.
 */
export function csvRecords(
  text: string,
  file: string,
  names: readonly string[],
  builder: ArchiveBuilder,
): Record<string, string>[] {
  const table = parseCsv(text);
  const [head = [], ...rows] = table.rows;
  if (table.isCut)
    builder.doubt(file, `the table is damaged after ${rows.length} rows; later rows aren't imported`);
  const missing = names.find((name) => !head.includes(name));
  if (missing !== undefined) {
    const hint = "Export it again, and import the zip as it is.";
    throw new AuthorError([{ file, message: `The table has no column “${missing}”`, hint }]);
  }
  return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column] ?? ""])));
}
