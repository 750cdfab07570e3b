/** Selects approved responses by the parameters of webmention.io's API. */
import { numberIn, textIn, type Database, type SqlValue } from "./database.ts";
import { storedOf, type StoredResponse } from "./responses.ts";

export interface ResponseQuery {
  readonly targets: readonly string[];
  readonly properties: readonly string[];
  readonly sinceId: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly sortBy: "created" | "updated" | "published" | "rsvp";
  readonly isAscending: boolean;
  readonly perPage: number;
  /** Page number, starting at 0. */
  readonly page: number;
}

const MOST_TARGETS = 50;
const MOST_PROPERTIES = 20;
const MAX_PER_PAGE = 1000;

/** Adds https to a URL without a scheme, which browser clients send: `//me.example/posts/hello/`. */
function withScheme(target: string): string {
  return target.startsWith("//") ? `https:${target}` : target;
}

/** Parses the query parameters; invalid ones are ignored. */
export function queryOf(parameters: Readonly<Record<string, readonly string[]>>): ResponseQuery {
  const one = (name: string) => parameters[name]?.[0] ?? "";
  // Lists have PHP's syntax, also with an index: `target[]`, `target[0]`.
  const all = (name: string) =>
    Object.entries(parameters)
      .filter(([key]) => key.replace(/\[\d*\]$/, "") === name)
      .flatMap(([, values]) => values);
  const whole = (name: string, fallback: number) =>
    /^\d{1,15}$/.test(one(name)) ? Number(one(name)) : fallback;
  const sortBy = one("sort-by");
  const since = Date.parse(one("since"));
  return {
    targets: all("target").slice(0, MOST_TARGETS).map(withScheme),
    // D1 allows 100 values in a statement.
    properties: [...new Set(all("wm-property"))].slice(0, MOST_PROPERTIES),
    sinceId: whole("since_id", 0),
    since: Number.isNaN(since) ? 0 : since,
    sortBy: sortBy === "updated" || sortBy === "published" || sortBy === "rsvp" ? sortBy : "created",
    isAscending: one("sort-dir") === "up",
    perPage: Math.min(MAX_PER_PAGE, Math.max(1, whole("per-page", whole("perPage", 20)))),
    page: Math.min(whole("page", 0), 1_000_000),
  };
}

export interface Selected {
  readonly responses: readonly StoredResponse[];
  /** Number of responses on all pages. */
  readonly total: number;
  /** Number of responses by kind: `reply`, `like` and so on. */
  readonly kinds: Readonly<Record<string, number>>;
}

const ORDERS = {
  created: "wm_id",
  updated: "changed",
  // Dates have the time zones of their senders, so compare them as instants.
  published: `unixepoch(COALESCE(json_extract(data, '$.published'), json_extract(data, '$."wm-received"')))`,
  rsvp: `json_extract(data, '$.rsvp')`,
} as const satisfies Record<ResponseQuery["sortBy"], string>;

const KIND_NAMES: Readonly<Record<string, string>> = {
  "in-reply-to": "reply",
  "like-of": "like",
  "repost-of": "repost",
  "bookmark-of": "bookmark",
  "mention-of": "mention",
  rsvp: "rsvp",
};

/** Selects approved responses. @param slugs posts to select; null for all. */
export async function selectResponses(
  database: Database,
  query: ResponseQuery,
  slugs: readonly string[] | null,
): Promise<Selected> {
  const marks = (list: readonly unknown[]) => list.map(() => "?").join(", ");
  const property = `json_extract(data, '$."wm-property"')`;
  const conditions = [
    "status = 'approved'",
    "wm_id > ?",
    "received > ?",
    ...(slugs === null ? [] : [`slug IN (${marks(slugs)})`]),
    ...(query.properties.length === 0 ? [] : [`${property} IN (${marks(query.properties)})`]),
  ].join(" AND ");
  const values: SqlValue[] = [query.sinceId, query.since, ...(slugs ?? []), ...query.properties];
  const order = `${ORDERS[query.sortBy]} ${query.isAscending ? "ASC" : "DESC"}, id`;
  const rows = await database.all(
    `SELECT * FROM response WHERE ${conditions} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...[...values, query.perPage, query.perPage * query.page],
  );
  const counts = await database.all(
    `SELECT ${property} AS property, COUNT(*) AS count FROM response WHERE ${conditions} GROUP BY property`,
    ...values,
  );
  const kinds = Object.fromEntries(
    counts.map((row) => [KIND_NAMES[textIn(row, "property")] ?? "mention", numberIn(row, "count")]),
  );
  const total = counts.reduce((sum, row) => sum + numberIn(row, "count"), 0);
  return { responses: rows.map(storedOf), total, kinds };
}
