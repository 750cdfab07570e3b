/** Counts for rate limits, and figures for the operator. */
import { numberIn, statement, textIn, type Database, type Statement } from "./database.ts";

export interface Limit {
  /** Names who or what is limited, without anything that identifies a person. */
  readonly key: string;
  readonly max: number;
  readonly windowMs: number;
}

/** Counts one event for each limit. @returns the first limit that is exceeded, or null. */
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

/** How often an event was counted within its window. */
export async function countedOf(database: Database, key: string, now: number): Promise<number> {
  const [row] = await database.all("SELECT count FROM counter WHERE key = ? AND expires > ?", key, now);
  return numberIn(row, "count");
}

/** Adds one to a figure of the metrics page. */
export function metricStatement(name: string): Statement {
  return statement(
    "INSERT INTO metric (name, count) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET count = count + 1",
    name,
  );
}

/** The same on its own. */
export async function addToMetric(database: Database, name: string): Promise<void> {
  const { sql, values } = metricStatement(name);
  await database.all(sql, ...values);
}

export async function metricValues(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database.all("SELECT name, count FROM metric ORDER BY name");
  return new Map(rows.map((row) => [textIn(row, "name"), numberIn(row, "count")]));
}

/** A remembered value, or null. */
export async function valueOf(database: Database, name: string): Promise<string | null> {
  const [row] = await database.all("SELECT value FROM value WHERE name = ?", name);
  return row === undefined ? null : textIn(row, "value");
}

/** The remembered value; the first of several processes to propose one decides. */
export async function agreedValue(database: Database, name: string, proposal: string): Promise<string> {
  const known = await valueOf(database, name);
  if (known !== null) return known;
  const [, rows] = await database.batch([
    statement("INSERT OR IGNORE INTO value (name, value) VALUES (?, ?)", name, proposal),
    statement("SELECT value FROM value WHERE name = ?", name),
  ]);
  return textIn(rows?.[0], "value");
}
