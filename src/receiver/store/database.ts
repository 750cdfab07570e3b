/**
 * What the receiver needs of a database: SQL as SQLite speaks it, one call for one statement, one for several that
 * succeed or fail together. Two adapters implement it, `sqlite.ts` and `d1.ts`; `tests/receiver-database.test.ts`
 * holds both to the same contract.
 */

export type SqlValue = string | number | null;

export type SqlRow = Readonly<Record<string, unknown>>;

export interface Statement {
  readonly sql: string;
  /** Values of `?`, in order. */
  readonly values: readonly SqlValue[];
}

export interface Database {
  /** Rows of one statement, also of a write with `RETURNING`. */
  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs all statements in one transaction. @returns the rows of each. */
  batch(statements: readonly Statement[]): Promise<readonly (readonly SqlRow[])[]>;
  close(): void;
}

/** A statement with its values, for {@link Database.batch}. */
export function statement(sql: string, ...values: readonly SqlValue[]): Statement {
  return { sql, values };
}

/** The whole numbers of JavaScript that a column holds; 0 for anything else. */
export function numberIn(row: SqlRow | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === "number" ? value : 0;
}

/** Text of a column; empty for NULL. */
export function textIn(row: SqlRow | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === "string" ? value : "";
}

/** Text of a column, or null. */
export function textOrNull(row: SqlRow | undefined, column: string): string | null {
  const value = row?.[column];
  return typeof value === "string" ? value : null;
}
