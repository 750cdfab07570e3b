/**
 * What came in, merged into what is stored. A pure function of its input, in any order: the same mentions give the
 * same records, and merging them again changes nothing.
 */
import { decide, decideAgain, tombstoneOf, type Decision, type Moderation } from "../moderation.ts";
import type { PostResponse } from "../model.ts";
import { idKey } from "../order.ts";
import { isReactionCount } from "../shown-response.ts";
import { serialiseResponses } from "../store.ts";
import type { Draft } from "./incoming-response.ts";

/** Records by the slug of their post. */
export type StoredResponses = ReadonlyMap<string, readonly PostResponse[]>;

export interface MergeInput {
  readonly stored: StoredResponses;
  readonly drafts: readonly Draft[];
  /** Whether a stored record was taken back where it came from. */
  readonly isGone: (record: PostResponse) => boolean;
  /** Whether a stored record is for the author alone by now; it's removed without a trace. */
  readonly isPrivate: (record: PostResponse) => boolean;
  readonly moderation: Moderation;
}

export interface Change {
  readonly what: "added" | "updated" | "deleted" | "removed";
  readonly slug: string;
  readonly record: PostResponse;
}

export interface Merged {
  /** All slugs of `stored` and those with something new; an empty list where nothing is left. */
  readonly records: Map<string, PostResponse[]>;
  readonly changes: readonly Change[];
  /** Addresses of the authors' pictures, of all drafts whose record is kept and shown or waits. */
  readonly photos: ReadonlyMap<PostResponse, string>;
}

/** @see MergeInput */
export function mergeResponses(input: MergeInput): Merged {
  const held = indexOf(input.stored);
  const changes: Change[] = [];
  const photos = new Map<PostResponse, string>();
  for (const entry of held.entries()) {
    if (entry.record.status === "deleted" || !(input.isPrivate(entry.record) || input.isGone(entry.record)))
      continue;
    const isForgotten = input.isPrivate(entry.record) || isReactionCount(entry.record);
    changes.push({ what: isForgotten ? "removed" : "deleted", slug: entry.slug, record: entry.record });
    if (isForgotten) held.remove(entry);
    else held.replace(entry, entry.slug, tombstoneOf(entry.record, "source"));
  }
  for (const draft of newestOfEach(input.drafts)) {
    const entry = held.find(draft);
    const record =
      entry === null ? recordOf(draft, input.moderation) : updated(entry.record, draft, input.moderation);
    if (record === null) continue;
    if (entry === null) {
      held.add({ slug: draft.slug, record });
      changes.push({ what: "added", slug: draft.slug, record });
    } else if (entry.slug !== draft.slug || !isSame(entry.record, record)) {
      held.replace(entry, draft.slug, record);
      changes.push({ what: "updated", slug: draft.slug, record });
    }
    if (draft.photoUrl !== null && record.status !== "spam")
      photos.set(entry?.record ?? record, draft.photoUrl);
  }
  return { records: held.bySlug(input.stored.keys()), changes, photos };
}

interface Entry {
  slug: string;
  record: PostResponse;
}

/** Stored records, found by what a second notification has in common with the first. */
function indexOf(stored: StoredResponses) {
  const entries = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const bySource = new Map<string, Entry>();
  const add = (entry: Entry) => {
    entries.add(entry);
    byId.set(idKey(entry.record), entry);
    bySource.set(sourceKey(entry.slug, entry.record), entry);
  };
  const remove = (entry: Entry) => {
    entries.delete(entry);
    const [id, source] = [idKey(entry.record), sourceKey(entry.slug, entry.record)];
    if (byId.get(id) === entry) byId.delete(id);
    if (bySource.get(source) === entry) bySource.delete(source);
  };
  for (const [slug, records] of stored) for (const record of records) add({ slug, record });
  return {
    add,
    entries: () => [...entries],
    remove,
    /** A service that gives a known id to another source would leave two records of one id: the newer one stays. */
    replace: (entry: Entry, slug: string, record: PostResponse) => {
      remove(entry);
      entry.slug = slug;
      entry.record = record;
      for (const twin of [byId.get(idKey(record)), bySource.get(sourceKey(slug, record))])
        if (twin !== undefined && twin !== entry) remove(twin);
      add(entry);
    },
    find: ({ slug, record }: Draft) =>
      bySource.get(sourceKey(slug, record)) ?? byId.get(idKey(record)) ?? null,
    bySlug: (slugs: Iterable<string>) => {
      const records = new Map<string, PostResponse[]>(Array.from(slugs, (slug) => [slug, []]));
      for (const { slug, record } of entries) {
        const list = records.get(slug);
        if (list === undefined) records.set(slug, [record]);
        else list.push(record);
      }
      return records;
    },
  };
}

/** Of several notifications about one thing (the post's address in four spellings) the newest one counts. */
function newestOfEach(drafts: readonly Draft[]): Draft[] {
  const byAge = [...drafts].sort(
    (a, b) =>
      Date.parse(a.record["wm-received"]) - Date.parse(b.record["wm-received"]) ||
      compareIds(a.record["wm-id"], b.record["wm-id"]),
  );
  return [...new Map(byAge.map((draft) => [sourceKey(draft.slug, draft.record), draft])).values()];
}

function recordOf(draft: Draft, moderation: Moderation): PostResponse {
  return withStatus(draft.record, decisionFor(draft, decide(draft.record, moderation)));
}

/** @returns the record as it shall be, or null when it stays as it is: deleted, or newer than the draft. */
function updated(stored: PostResponse, draft: Draft, moderation: Moderation): PostResponse | null {
  const isNewer = compareIds(draft.record["wm-id"], stored["wm-id"]);
  if (stored.status === "deleted") {
    return stored["deleted-by"] === "source" && isNewer > 0 ? recordOf(draft, moderation) : null;
  }
  if (isNewer < 0) return null;
  const changed: PostResponse = {
    ...draft.record,
    author: { ...draft.record.author, photo: draft.photoUrl === null ? undefined : stored.author.photo },
    "in-reply-to": draft.record["in-reply-to"] ?? stored["in-reply-to"],
    anchor: stored.anchor,
    status: stored.status,
    suspicion: stored.suspicion,
  };
  const isNewlyHidden = draft.hidden !== null && stored.status === "approved";
  if (isSame(stored, changed) && !isNewlyHidden) return stored;
  return withStatus(changed, decisionFor(draft, decideAgain(stored, changed, moderation)));
}

/** Reactions are counts of nobody's words; what its own service hides is not shown here. */
function decisionFor(draft: Draft, decision: Decision): Decision {
  if (isReactionCount(draft.record)) return { status: "approved" };
  if (draft.hidden === null || decision.status === "spam") return decision;
  const isDecided =
    decision.status === "pending" && decision.suspicion?.includes(draft.hidden.reason) === true;
  if (isDecided) return decision;
  return { status: draft.hidden.status, suspicion: [...(decision.suspicion ?? []), draft.hidden.reason] };
}

function withStatus(record: PostResponse, { status, suspicion }: Decision): PostResponse {
  return { ...record, status, suspicion };
}

function isSame(a: PostResponse, b: PostResponse): boolean {
  return serialiseResponses([a]) === serialiseResponses([b]);
}

function sourceKey(slug: string, record: PostResponse): string {
  const source = record["wm-source"].replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "");
  return `${record["wm-protocol"]} ${slug} ${source}`;
}

function compareIds(a: string | number, b: string | number): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? 0 : difference;
}
