/**
 * The receiver's database interface, with SQLite's SQL dialect. It's implemented by two adapters, `sqlite.ts` and
 * `d1.ts`; `tests/receiver-database.test.ts` tests both against the same contract.
 */

export type SqlValue = string | number | null;

export type SqlRow = Readonly<Record<string, unknown>>;

export interface Statement {
  readonly sql: string;
  /** Values of the placeholders `?`, in order. */
  readonly values: readonly SqlValue[];
}

export interface Database {
  /** Runs one statement. @returns its rows, also of a write with `RETURNING`. */
  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs all statements in one transaction. @returns the rows of each. */
  batch(statements: readonly Statement[]): Promise<readonly (readonly SqlRow[])[]>;
  close(): void;
}

/** A statement with its values, for {@link Database.batch}. */
export function statement(sql: string, ...values: readonly SqlValue[]): Statement {
  return { sql, values };
}

/** Number in a column; 0 for any other value. */
export function numberIn(row: SqlRow | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === "number" ? value : 0;
}

/** Text of a column; empty for any other value. */
export function textIn(row: SqlRow | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === "string" ? value : "";
}

/** Text of a column; null for any other value. */
export function textOrNull(row: SqlRow | undefined, column: string): string | null {
  const value = row?.[column];
  return typeof value === "string" ? value : null;
}
