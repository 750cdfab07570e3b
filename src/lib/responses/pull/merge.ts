/**
 * Merges incoming responses into stored ones. A pure function that doesn't depend on the order of its input: the same
 * mentions give the same records, and merging them again changes nothing.
 */
import { isNative, rankOf } from "../identity.ts";
import { decide, decideAgain, tombstoneOf, type Decision, type Moderation } from "../moderation.ts";
import type { PostResponse } from "../model.ts";
import { isReactionCount } from "../shown-response.ts";
import { isSameResponse } from "../store.ts";
import type { Draft, DraftPicture } from "./incoming-response.ts";
import { indexOf, sourceKey, type Entry, type MergeIndex, type StoredResponses } from "./merge-index.ts";
import { routesOf, superseded, supersedes, withLiveRoutes, withRoutes } from "./routes.ts";

export interface MergeInput {
  readonly stored: StoredResponses;
  readonly drafts: readonly Draft[];
  /** Whether a stored record was deleted at its source. */
  readonly isGone: (record: PostResponse) => boolean;
  /** Whether a stored record is private now; it's removed without a tombstone. */
  readonly isPrivate: (record: PostResponse) => boolean;
  readonly moderation: Moderation;
}

export interface Change {
  readonly what: "added" | "updated" | "deleted" | "removed";
  readonly slug: string;
  readonly record: PostResponse;
}

export interface Merged {
  /** Records by slug, for all slugs of `stored` and those with new records; may be an empty list. */
  readonly records: Map<string, PostResponse[]>;
  readonly changes: readonly Change[];
  /** URLs of authors' pictures, from all drafts whose record is approved or pending. */
  readonly photos: ReadonlyMap<PostResponse, string>;
  /** Pictures in the responses, from the drafts. */
  readonly pictures: readonly DraftPicture[];
}

/** @see MergeInput */
export function mergeResponses(input: MergeInput): Merged {
  const index = indexOf(input.stored);
  const changes = removeGone(index, input);
  const photos = new Map<PostResponse, string>();
  const pictures: DraftPicture[] = [];
  for (const draft of newestOfEach(input.drafts)) {
    const entry = index.find(draft);
    const twins = index.findTwins(draft).filter((twin) => twin !== entry);
    const main = mainOf(entry, twins);
    const record = main === null ? recordOf(draft, input.moderation) : nextRecord(main, entry, draft, input);
    if (main === null && record !== null) {
      index.add({ slug: draft.slug, record });
      changes.push({ what: "added", slug: draft.slug, record });
      pictures.push(...(draft.pictures ?? []));
      if (draft.photoUrl !== null && record.status !== "spam") photos.set(record, draft.photoUrl);
    }
    if (main === null) continue;
    const others = [entry, ...twins].filter((other) => other !== null && other !== main);
    const joined = withRoutes(
      record ?? main.record,
      others.flatMap((other) => (other === null ? [] : routesOf(other.record))),
    );
    for (const other of others) if (other !== null) index.remove(other);
    const slug = main === entry ? draft.slug : main.slug;
    if (main.slug !== slug || !isSameResponse(main.record, joined)) {
      index.replace(main, slug, joined);
      changes.push({ what: "updated", slug, record: joined });
    }
    const isShown = joined.status !== "spam" && joined.status !== "deleted";
    if (record === null || !isShown || rankOf(joined) > rankOf(draft.record)) continue;
    pictures.push(...(draft.pictures ?? []));
    if (draft.photoUrl !== null) photos.set(main.record, draft.photoUrl);
  }
  return { records: index.bySlug(input.stored.keys()), changes, photos, pictures };
}

/** Removes records that are private or gone at their source, or replaces them with tombstones. */
function removeGone(index: MergeIndex, input: MergeInput): Change[] {
  const changes: Change[] = [];
  const isGoneOrPrivate = (record: PostResponse) => input.isPrivate(record) || input.isGone(record);
  for (const entry of index.entries()) {
    const { slug, record } = entry;
    if (record.status === "deleted") continue;
    const left = withLiveRoutes(record, isGoneOrPrivate);
    if (left === record) continue;
    if (left !== null) {
      index.replace(entry, slug, left);
      changes.push({ what: "updated", slug, record: left });
      continue;
    }
    const isForgotten = input.isPrivate(record) || isReactionCount(record) || isNativeReaction(record);
    changes.push({ what: isForgotten ? "removed" : "deleted", slug, record });
    if (isForgotten) index.remove(entry);
    else index.replace(entry, slug, tombstoneOf(record, "source"));
  }
  return changes;
}

/** Native likes and reposts leave no tombstone, because they may be repeated after an undo. */
function isNativeReaction(record: PostResponse): boolean {
  return isNative(record) && (record["wm-property"] === "like-of" || record["wm-property"] === "repost-of");
}

/** Returns the record closest to the source among several records of one reply; if equal, the draft's own. */
function mainOf(entry: Entry | null, twins: readonly Entry[]): Entry | null {
  const all = [...(entry === null ? [] : [entry]), ...twins];
  return all.reduce<Entry | null>(
    (best, each) => (best === null || rankOf(each.record) > rankOf(best.record) ? each : best),
    null,
  );
}

/** @returns the new record, or null if the draft changes only the routes. */
function nextRecord(
  main: Entry,
  own: Entry | null,
  draft: Draft,
  { moderation }: MergeInput,
): PostResponse | null {
  if (main === own) {
    const record = updated(main.record, draft, moderation);
    const routes = [...(main.record.routes ?? []), ...(draft.record.routes ?? [])];
    return record === null ? null : withRoutes(record, routes);
  }
  if (supersedes(draft.record, main.record))
    // A reply that was deleted on one route but arrives by another isn't deleted.
    return main.record.status === "deleted"
      ? withRoutes(recordOf(draft, moderation), routesOf(main.record))
      : superseded(main.record, draft, moderation);
  // Tombstones get the route too: a further route may have only this one in common.
  return withRoutes(main.record, [draft.record]);
}

/**
 * Keeps only the newest of several notifications from the same source (with different spellings of the post's URL).
 * Native records come first, so that records of the same reply from other routes find them.
 */
function newestOfEach(drafts: readonly Draft[]): Draft[] {
  const byAge = [...drafts].sort(
    (a, b) =>
      rankOf(b.record) - rankOf(a.record) ||
      Date.parse(a.record["wm-received"]) - Date.parse(b.record["wm-received"]) ||
      compareIds(a.record["wm-id"], b.record["wm-id"]) ||
      (String(a.record["wm-id"]) < String(b.record["wm-id"]) ? -1 : 1),
  );
  return [...new Map(byAge.map((draft) => [sourceKey(draft.slug, draft.record), draft])).values()];
}

function recordOf(draft: Draft, moderation: Moderation): PostResponse {
  return withStatus(draft.record, decisionFor(draft, decide(draft.record, moderation)));
}

/** @returns the new record, or null if the stored one stays: a tombstone, or newer than the draft. */
function updated(stored: PostResponse, draft: Draft, moderation: Moderation): PostResponse | null {
  const isNewer = compareIds(draft.record["wm-id"], stored["wm-id"]);
  if (stored.status === "deleted") {
    const isBack = isNewer > 0 || isNative(draft.record);
    return stored["deleted-by"] === "source" && isBack ? recordOf(draft, moderation) : null;
  }
  if (isNewer < 0) return null;
  const changed: PostResponse = {
    ...draft.record,
    author: { ...draft.record.author, photo: draft.photoUrl === null ? undefined : stored.author.photo },
    "in-reply-to": draft.record["in-reply-to"] ?? stored["in-reply-to"],
    anchor: stored.anchor,
    // Networks have no date for some likes; the date of their first arrival is kept.
    "wm-received":
      draft.record.published === undefined && isNative(draft.record)
        ? stored["wm-received"]
        : draft.record["wm-received"],
    routes: stored.routes,
    status: stored.status,
    suspicion: stored.suspicion,
  };
  const isNewlyHidden = draft.hidden !== null && stored.status === "approved";
  if (isSameResponse(stored, changed) && !isNewlyHidden) return stored;
  return withStatus(changed, decisionFor(draft, decideAgain(stored, changed, moderation)));
}

/** Approves reaction counts, which have no text; doesn't publish responses that are hidden on their own service. */
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

function compareIds(a: string | number, b: string | number): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? 0 : difference;
}
