import * as z from "zod";

const protocolSchema = z.enum(["webmention", "pingback", "trackback"]);
const instantSchema = z.iso.datetime({ offset: true });
/** As loose as what posts may link to. */
const addressSchema = z.string().refine((text) => URL.canParse(text), "not an address");

/** Record of one link of one post. */
const rowSchema = z.strictObject({
  /** Result of the last attempt. */
  outcome: z.enum(["accepted", "refused", "failed", "unsupported"]),
  /** How the page was last notified, successfully or not. */
  protocol: protocolSchema.optional(),
  endpoint: z.string().optional(),
  /** Version of the post that the page knows; absent while it knows none. */
  sent: z.string().optional(),
  /** Version of the shown responses that the page knows. */
  responses: z.string().optional(),
  /** Version that was tried last: a version of the post, or `removed`, `deleted`, `moved`. */
  tried: z.string(),
  /** Tries for `tried`. */
  tries: z.int().nonnegative(),
  /** When the last try was. */
  at: instantSchema,
  /** When the next try is due; absent when there is none to come. */
  next: instantSchema.optional(),
  /** One line for a person. */
  message: z.string(),
});

/** `content/sent.json`, checked. */
export const ledgerSchema = z.strictObject({
  posts: z.record(z.string().startsWith("/"), z.record(addressSchema, rowSchema)),
});

export type LedgerRow = z.infer<typeof rowSchema>;

/**
 * What was sent: a row for each post (by its site path, so that the blog may move to another domain) and each
 * target as the post writes it.
 */
export type Ledger = Map<string, Map<string, LedgerRow>>;

/** The ledger out of a parsed and checked file. */
export function toLedger(file: z.infer<typeof ledgerSchema>): Ledger {
  return new Map(Object.entries(file.posts).map(([path, rows]) => [path, new Map(Object.entries(rows))]));
}

/** Records the result of an attempt; null removes the target, and a post without targets. */
export function noteRow(ledger: Ledger, path: string, target: string, row: LedgerRow | null): void {
  const rows = ledger.get(path) ?? new Map<string, LedgerRow>();
  if (row === null) rows.delete(target);
  else rows.set(target, row);
  if (rows.size === 0) ledger.delete(path);
  else ledger.set(path, rows);
}

/** The text of `content/sent.json`: sorted, keys in a fixed order, two-space JSON, one trailing newline. */
export function serialiseLedger(ledger: Ledger): string {
  const posts = Object.fromEntries(
    sortedEntries(ledger).map(([path, rows]) => [
      path,
      Object.fromEntries(sortedEntries(rows).map(([target, row]) => [target, inOrder(row)])),
    ]),
  );
  return `${JSON.stringify({ posts }, null, 2)}\n`;
}

function inOrder(row: LedgerRow): LedgerRow {
  const { outcome, protocol, endpoint, sent, responses, tried, tries, at, next, message } = row;
  return { outcome, protocol, endpoint, sent, responses, tried, tries, at, next, message };
}

function sortedEntries<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
