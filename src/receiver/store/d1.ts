/** Database adapter for Cloudflare D1. */
import type { Database, SqlRow, SqlValue } from "./database.ts";
import { SCHEMA } from "./schema.ts";

/** The required part of a D1 binding, compatible with Cloudflare's type. */
export interface D1Binding {
  prepare(sql: string): D1Prepared;
  batch(statements: D1Prepared[]): Promise<{ readonly results: unknown[] }[]>;
}

export interface D1Prepared {
  bind(...values: unknown[]): D1Prepared;
  all(): Promise<{ readonly results: unknown[] }>;
}

/** Opens a D1 binding and creates missing tables. */
export async function openD1(binding: D1Binding): Promise<Database> {
  const bound = (sql: string, values: readonly SqlValue[]) => binding.prepare(sql).bind(...values);
  await binding.batch(SCHEMA.map((sql) => binding.prepare(sql)));
  return {
    all: async (sql, ...values) => rowsOf((await bound(sql, values).all()).results),
    batch: async (statements) => {
      if (statements.length === 0) return [];
      const answers = await binding.batch(statements.map(({ sql, values }) => bound(sql, values)));
      return answers.map(({ results }) => rowsOf(results));
    },
    close: () => undefined,
  };
}

function rowsOf(results: readonly unknown[]): SqlRow[] {
  return results.filter(isRow);
}

function isRow(value: unknown): value is SqlRow {
  return typeof value === "object" && value !== null;
}
