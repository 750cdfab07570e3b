/** The databases that the receiver runs on, each empty: a SQLite file, and D1 in workerd. */
import path from "node:path";
import { Miniflare } from "miniflare";
import { openD1 } from "../../src/receiver/store/d1.ts";
import type { Database } from "../../src/receiver/store/database.ts";
import { openSqlite } from "../../src/receiver/store/sqlite.ts";
import { tempFolder } from "../support/temp-folder.ts";

export interface TestDatabase {
  readonly database: Database;
  /** A second connection to the same data, as another worker has it. */
  readonly again: () => Promise<Database>;
  readonly close: () => Promise<void>;
}

export const ADAPTERS = {
  SQLite: async (): Promise<TestDatabase> => {
    const file = path.join(tempFolder("receiver"), "receiver.db");
    const opened = [openSqlite(file)];
    const [database] = opened;
    if (database === undefined) throw new Error("The database is open");
    return {
      database,
      again: () => {
        const other = openSqlite(file);
        opened.push(other);
        return Promise.resolve(other);
      },
      close: () => {
        for (const each of opened) each.close();
        return Promise.resolve();
      },
    };
  },
  D1: async (): Promise<TestDatabase> => {
    const miniflare = new Miniflare({
      modules: true,
      script: "export default { fetch() { return new Response(); } }",
      d1Databases: { DATABASE: "receiver" },
    });
    const open = async () => await openD1(await miniflare.getD1Database("DATABASE"));
    return { database: await open(), again: open, close: () => miniflare.dispose() };
  },
} as const satisfies Record<string, () => Promise<TestDatabase>>;
