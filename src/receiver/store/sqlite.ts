/** One file on this machine, through Node's own SQLite. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Database, SqlRow, SqlValue, Statement } from "./database.ts";
import { SCHEMA } from "./schema.ts";

/**
 * Opens the file, or makes it, in WAL mode. What a batch wrote survives a power cut, so it's there when a sender was
 * told 201; a single statement (counts, leases) survives a crash of the process, which costs no wait for the disk.
 * Several processes may share the file.
 *
 * @param file a path, or `:memory:`.
 */
export function openSqlite(file: string): Database {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
  const prepared = new Map<string, StatementSync>();
  const run = (sql: string, values: readonly SqlValue[]): readonly SqlRow[] => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.all(...values);
  };
  const together = (statements: readonly Statement[]) => {
    database.exec("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    try {
      const rows = statements.map(({ sql, values }) => run(sql, values));
      database.exec("COMMIT");
      return rows;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    } finally {
      database.exec("PRAGMA synchronous = NORMAL");
    }
  };
  together(SCHEMA.map((sql) => ({ sql, values: [] })));
  return {
    all: (sql, ...values) => promised(() => run(sql, values)),
    batch: (statements) => promised(() => together(statements)),
    close: () => database.close(),
  };
}

/** Copies a consistent state of the database to a new file, while others go on writing. */
export function backUpSqlite(file: string, copy: string): void {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  try {
    database.prepare("VACUUM INTO ?").run(copy);
  } finally {
    database.close();
  }
}

function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
