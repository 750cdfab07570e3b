import * as z from "zod";

const protocolSchema = z.enum(["webmention", "pingback", "trackback"]);
const instantSchema = z.iso.datetime({ offset: true });
/** As permissive as the links in posts. */
const addressSchema = z.string().refine((text) => URL.canParse(text), "not an address");

/** State of one link of one post. */
const rowSchema = z.strictObject({
  /** Result of the last attempt. */
  outcome: z.enum(["accepted", "refused", "failed", "unsupported"]),
  /** Protocol of the last notification, successful or not. */
  protocol: protocolSchema.optional(),
  endpoint: z.string().optional(),
  /** Version of the post in the last accepted notification; absent if there is none. */
  sent: z.string().optional(),
  /** Version of the displayed responses that needs no further notification. */
  responses: z.string().optional(),
  /** Version in the last attempt: a version of the post, or `removed`, `deleted`, `moved`. */
  tried: z.string(),
  /** Number of attempts for `tried`. */
  tries: z.int().nonnegative(),
  /** Time of the last attempt. */
  at: instantSchema,
  /** Time of the next attempt; absent if there is none. */
  next: instantSchema.optional(),
  /** One human-readable line. */
  message: z.string(),
});

/** Schema of `content/sent.json`. */
export const ledgerSchema = z.strictObject({
  posts: z.record(z.string().startsWith("/"), z.record(addressSchema, rowSchema)),
});

export type LedgerRow = z.infer<typeof rowSchema>;

/**
 * Sent notifications: rows by post and target. A post is keyed by its site path, so that the blog can move to another
 * domain, and a target by its URL as spelled in the post.
 */
export type Ledger = Map<string, Map<string, LedgerRow>>;

/** Converts a validated file to a ledger. */
export function toLedger(file: z.infer<typeof ledgerSchema>): Ledger {
  return new Map(Object.entries(file.posts).map(([path, rows]) => [path, new Map(Object.entries(rows))]));
}

/** Sets the row of a target. Null removes the target, and the post if it has no other targets. */
export function setRow(ledger: Ledger, path: string, target: string, row: LedgerRow | null): void {
  const rows = ledger.get(path) ?? new Map<string, LedgerRow>();
  if (row === null) rows.delete(target);
  else rows.set(target, row);
  if (rows.size === 0) ledger.delete(path);
  else ledger.set(path, rows);
}

/** Returns the text of `content/sent.json`: sorted, keys in a fixed order, two-space JSON, one trailing newline. */
export function serializeLedger(ledger: Ledger): string {
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
