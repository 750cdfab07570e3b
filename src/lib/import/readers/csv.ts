import { CsvError, parse } from "csv-parse/sync";
import { AuthorError } from "../../author-error.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";

/** Longer cells are the result of an unclosed quotation mark. */
const MAX_CELL = 4 * 1024 ** 2;

export interface CsvTable {
  /** Without empty lines. */
  readonly rows: readonly string[][];
  /** Whether the table is truncated or has an error; later rows aren't read. */
  readonly isCut: boolean;
}

/** Parses CSV (RFC 4180). */
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
 * Rows as records with the column names of the first row.
 * @param names required columns.
 * @throws AuthorError if a required column is missing.
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
