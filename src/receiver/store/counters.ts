/** Counters for rate limits, metrics for the operator, and named values. */
import { numberIn, statement, textIn, type Database, type Statement } from "./database.ts";

export interface Limit {
  /** Key of the counter; must not contain personal data. */
  readonly key: string;
  readonly max: number;
  readonly windowMs: number;
}

/** Counts an event against each limit. @returns the first exceeded limit, or null. */
export async function countAgainst(
  database: Database,
  limits: readonly Limit[],
  now: number,
): Promise<Limit | null> {
  const counts = await Promise.all(
    limits.map(async ({ key, windowMs }) => {
      const [row] = await database.all(
        `INSERT INTO counter (key, count, expires) VALUES (?, 1, ?)
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN expires <= ? THEN 1 ELSE count + 1 END,
           expires = CASE WHEN expires <= ? THEN excluded.expires ELSE expires END
         RETURNING count`,
        ...[key, now + windowMs, now, now],
      );
      return numberIn(row, "count");
    }),
  );
  return limits.find(({ max }, index) => (counts[index] ?? 0) > max) ?? null;
}

/** Current value of a counter; 0 after its window. */
export async function countedOf(database: Database, key: string, now: number): Promise<number> {
  const [row] = await database.all("SELECT count FROM counter WHERE key = ? AND expires > ?", key, now);
  return numberIn(row, "count");
}

/** Increments a metric. */
export function metricStatement(name: string): Statement {
  return statement(
    "INSERT INTO metric (name, count) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1",
    name,
  );
}

/** Increments a metric immediately, outside of a batch. */
export async function addToMetric(database: Database, name: string): Promise<void> {
  const { sql, values } = metricStatement(name);
  await database.all(sql, ...values);
}

export async function metricValues(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database.all("SELECT name, count FROM metric ORDER BY name");
  return new Map(rows.map((row) => [textIn(row, "name"), numberIn(row, "count")]));
}

/** A stored value, or null. */
export async function valueOf(database: Database, name: string): Promise<string | null> {
  const [row] = await database.all("SELECT value FROM value WHERE name = ?", name);
  return row === undefined ? null : textIn(row, "value");
}

/** A stored value, set to the proposal if missing; of concurrent processes, the first one's proposal is stored. */
export async function agreedValue(database: Database, name: string, proposal: string): Promise<string> {
  const known = await valueOf(database, name);
  if (known !== null) return known;
  const [, rows] = await database.batch([
    statement("INSERT OR IGNORE INTO value (name, value) VALUES (?, ?)", name, proposal),
    statement("SELECT value FROM value WHERE name = ?", name),
  ]);
  return textIn(rows?.[0], "value");
}
