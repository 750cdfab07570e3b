/** Pending responses, and moderation decisions. */
import { blockedHost, withDecision } from "./moderation.ts";
import type { PostResponse, ResponseStatus } from "./model.ts";
import { compareResponses } from "./order.ts";

/** Records by the slug of their post. */
export type ResponsesBySlug = ReadonlyMap<string, readonly PostResponse[]>;

export interface QueueEntry {
  readonly slug: string;
  readonly record: PostResponse;
}

/** Returns the records of all posts with one of the statuses, oldest first. */
export function queueOf(all: ResponsesBySlug, statuses: readonly ResponseStatus[]): QueueEntry[] {
  return [...all]
    .flatMap(([slug, records]) => records.map((record) => ({ slug, record })))
    .filter(({ record }) => statuses.includes(record.status))
    .sort((a, b) => compareResponses(a.record, b.record) || (a.slug < b.slug ? -1 : 1));
}

/** Returns the unambiguous name of an entry: `slug/webmention:1901`. */
export function entryName({ slug, record }: QueueEntry): string {
  return `${slug}/${record["wm-protocol"]}:${record["wm-id"]}`;
}

/** Returns the entries that match an id from a moderator: `1901`, `slug/1901` or {@link entryName}. */
export function entriesNamed(all: ResponsesBySlug, name: string): QueueEntry[] {
  return [...all].flatMap(([slug, records]) =>
    records
      .map((record) => ({ slug, record }))
      .filter(
        (entry) =>
          name === String(entry.record["wm-id"]) ||
          name === `${slug}/${entry.record["wm-id"]}` ||
          name === entryName(entry),
      ),
  );
}

/** Returns all records after a decision about some of them. */
export function decided(
  all: ResponsesBySlug,
  entries: readonly QueueEntry[],
  status: ResponseStatus,
): Map<string, PostResponse[]> {
  const chosen = new Set(entries.map(({ record }) => record));
  return replaced(all, (record) => (chosen.has(record) ? withDecision(record, status) : record));
}

/** Returns all records after a domain is blocked: its responses become spam, except deleted ones. */
export function withDomainBlocked(all: ResponsesBySlug, domain: string): Map<string, PostResponse[]> {
  const blocked = new Set([domain]);
  return replaced(all, (record) =>
    record.status === "deleted" || blockedHost(record, blocked) === null
      ? record
      : withDecision(record, "spam"),
  );
}

function replaced(
  all: ResponsesBySlug,
  replace: (record: PostResponse) => PostResponse,
): Map<string, PostResponse[]> {
  return new Map([...all].map(([slug, records]) => [slug, records.map(replace)]));
}
