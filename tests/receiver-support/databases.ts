/** Empty databases of each kind that the receiver supports: a SQLite file, and D1 in workerd. */
import path from "node:path";
import { Miniflare } from "miniflare";
import { openD1, type D1Binding, type D1Prepared } from "../../src/receiver/store/d1.ts";
import type { Database } from "../../src/receiver/store/database.ts";
import { openSqlite } from "../../src/receiver/store/sqlite.ts";
import { tempFolder } from "../support/temp-folder.ts";

export interface TestDatabase {
  readonly database: Database;
  /** Opens a second connection to the same data, as in another worker. */
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
    const miniflare = new Miniflare({ modules: true, script: WORKER, d1Databases: { DATABASE: "receiver" } });
    const open = () => openD1(bindingIn(miniflare));
    return { database: await open(), again: open, close: () => miniflare.dispose() };
  },
} as const satisfies Record<string, () => Promise<TestDatabase>>;

/** Worker script: runs the statements of a request through its D1 binding. */
const WORKER = `export default {
  async fetch(request, { DATABASE }) {
    const { isBatch, statements } = await request.json();
    try {
      const bound = statements.map(({ sql, values }) => DATABASE.prepare(sql).bind(...values));
      return Response.json(isBatch ? await DATABASE.batch(bound) : [await bound[0].all()]);
    } catch (error) {
      return new Response(error.message, { status: 500 });
    }
  },
};`;

type Answer = { readonly results: unknown[] };

interface Prepared extends D1Prepared {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Returns a D1 binding for use outside workerd. Miniflare's own binding makes a blocking call to workerd for each call,
 * which takes three times the CPU time in the same tests.
 */
function bindingIn(miniflare: Miniflare): D1Binding {
  const run = async (isBatch: boolean, statements: readonly D1Prepared[]): Promise<Answer[]> => {
    const body = JSON.stringify({ isBatch, statements });
    const answer = await miniflare.dispatchFetch("http://database/", { method: "POST", body });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Answer[];
  };
  const prepared = (sql: string, values: readonly unknown[]): Prepared => ({
    sql,
    values,
    bind: (...bound) => prepared(sql, bound),
    all: async () => (await run(false, [prepared(sql, values)]))[0] ?? { results: [] },
  });
  return { prepare: (sql) => prepared(sql, []), batch: (statements) => run(true, statements) };
}
