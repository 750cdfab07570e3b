/** Database adapter for a local SQLite file, using `node:sqlite`. */
import type { StatementSync } from "node:sqlite";
import { nodeSqlite } from "../../lib/node-sqlite.ts";
import type { Database, SqlRow, SqlValue, Statement } from "./database.ts";
import { SCHEMA } from "./schema.ts";

/** A queued write: statements that succeed or fail together, and the promise's callbacks. */
interface Write {
  readonly statements: readonly Statement[];
  /** Whether it must be on the disk before the promise resolves. */
  readonly isSynced: boolean;
  readonly resolve: (rows: readonly (readonly SqlRow[])[]) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly rows: readonly (readonly SqlRow[])[] } | { readonly error: unknown };

/**
 * Opens or creates a database in WAL mode. A batch survives a power failure, so that no notification is lost after its
 * 201 response; a single statement (counters, leases) only survives a crash of the process, without waiting for the
 * disk. Concurrent writes share a transaction, so that many senders wait for the disk only once. Several processes can
 * use the file at the same time.
 *
 * @param file a path, or `:memory:`.
 */
export function openSqlite(file: string): Database {
  const database = new (nodeSqlite().DatabaseSync)(file, { timeout: 10_000 });
  // `secure_delete` overwrites deleted data, so that withdrawn comments are also removed from the file.
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
  );
  const prepared = new Map<string, StatementSync>();
  const run = (sql: string, values: readonly SqlValue[]): readonly SqlRow[] => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.all(...values);
  };
  const attempt = (statements: readonly Statement[]): Outcome => {
    database.exec("SAVEPOINT write");
    try {
      const rows = statements.map(({ sql, values }) => run(sql, values));
      database.exec("RELEASE write");
      return { rows };
    } catch (error) {
      // Some errors, such as a full disk, roll back the whole transaction.
      if (!database.isTransaction) throw error;
      database.exec("ROLLBACK TO write; RELEASE write");
      return { error };
    }
  };
  const together = (writes: readonly Pick<Write, "statements" | "isSynced">[]): readonly Outcome[] => {
    const isSynced = writes.some((write) => write.isSynced);
    database.exec(`PRAGMA synchronous = ${isSynced ? "FULL" : "NORMAL"}; BEGIN IMMEDIATE`);
    try {
      const outcomes = writes.map(({ statements }) => attempt(statements));
      database.exec("COMMIT");
      return outcomes;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };

  let waiting: Write[] = [];
  const flush = () => {
    const writes = waiting;
    waiting = [];
    if (writes.length === 0) return;
    try {
      for (const [at, outcome] of together(writes).entries())
        if ("rows" in outcome) writes[at]?.resolve(outcome.rows);
        else writes[at]?.reject(outcome.error);
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  };
  const write = (statements: readonly Statement[], isSynced: boolean) =>
    new Promise<readonly (readonly SqlRow[])[]>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ statements, isSynced, resolve, reject });
    });

  const [made] = together([{ statements: SCHEMA.map((sql) => ({ sql, values: [] })), isSynced: true }]);
  if (made !== undefined && "error" in made) throw made.error;
  return {
    all: async (sql, ...values) => {
      if (!/^\s*(?:INSERT|UPDATE|DELETE)\b/i.test(sql)) return run(sql, values);
      const [rows = []] = await write([{ sql, values }], false);
      return rows;
    },
    batch: (statements) => write(statements, true),
    close: () => {
      flush();
      database.close();
    },
  };
}

/** Copies a consistent snapshot of the database to a new file, even during writes. */
export function backUpSqlite(file: string, copy: string): void {
  const database = new (nodeSqlite().DatabaseSync)(file, { timeout: 10_000 });
  try {
    database.prepare("VACUUM INTO ?").run(copy);
  } finally {
    database.close();
  }
}
