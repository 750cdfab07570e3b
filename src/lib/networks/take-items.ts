/** Collects new records of threads and searches, and stored records to withdraw. */
import type { PostResponse } from "../responses/model.ts";
import { isOwnResponse, type BlogOwner } from "../responses/own-responses.ts";
import type { DraftSpool, SpooledDraft } from "../responses/pull/draft-spool.ts";
import type { Draft } from "../responses/pull/incoming-response.ts";
import type { Settings } from "../site/settings.ts";
import type { SiteUrls } from "../site/urls.ts";
import { consentOf } from "./consent.ts";
import { copyKey, type Copy } from "./copies.ts";
import { draftOfItem, type DraftPlace } from "./draft.ts";
import type { NetworkItem, NetworkThread } from "./network-item.ts";
import type { Finds } from "./search.ts";

export interface TakingOptions {
  readonly urls: SiteUrls;
  readonly settings: Pick<Settings, "url" | "privacy">;
  readonly owner: BlogOwner;
  readonly now: Date;
  readonly spool: DraftSpool;
}

/** Results of a pull so far; `takeThread` and `takeFinds` add to them. */
export interface Taken {
  readonly drafts: SpooledDraft[];
  /** Keys of records that were deleted on the network, see {@link goneKey}. */
  readonly gone: Set<string>;
  /** Keys of records, and ids of accounts, to erase from the stored responses. */
  readonly forgotten: Set<string>;
  readonly notes: string[];
  /** Ids of all items in threads and search results so far, to skip duplicates; null when there is no search. */
  readonly seen: Set<string> | null;
}

/** Adds the items of a thread to the results. Opted-out people are counted if the settings say so. */
export function takeThread(
  { slug, copy }: { readonly slug: string; readonly copy: Copy },
  thread: NetworkThread,
  options: TakingOptions,
  taken: Taken,
): void {
  const place = { slug, target: targetOf(slug, options), copy, now: options.now };
  const counts = new Map<string, number>(Object.entries(thread.reactions));
  for (const id of thread.gone) taken.gone.add(goneKey(copy.address, id));
  for (const item of thread.items) {
    taken.seen?.add(item.id);
    if (takeItem(item, place, options, taken) !== "count") continue;
    const emoji = COUNTED[item.kind] ?? "💬";
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  }
  const count = countsDraft(counts, { ...place, copy });
  if (count !== null) keep(count, options, taken);
  else taken.gone.add(goneKey(copy.address, countId(copy)));
  taken.notes.push(...thread.notes);
}

/** Adds search results that are in no thread. Unlike in threads, opted-out people are never counted. */
export function takeFinds(
  found: Pick<Copy, "network" | "address">,
  finds: Finds,
  options: TakingOptions,
  taken: Taken,
): void {
  for (const id of finds.gone) taken.gone.add(goneKey(found.address, id));
  for (const { slug, item } of finds.items) {
    if (taken.seen?.has(item.id) === true) continue;
    taken.seen?.add(item.id);
    const target = targetOf(slug, options);
    takeItem(item, { slug, target, copy: found, now: options.now }, options, taken);
  }
  taken.notes.push(...finds.notes);
}

function takeItem(
  item: NetworkItem,
  place: DraftPlace,
  options: TakingOptions,
  taken: Taken,
): "show" | "count" | "hide" {
  const draft = draftOfItem(item, place);
  if (draft === null) return "hide";
  const { settings, owner } = options;
  const isOwn = isOwnResponse(draft.record, owner);
  const consent = item.isPublic ? consentOf(item.account, settings.privacy, isOwn) : "hide";
  // Skip the author's own likes, boosts and mentions of the post.
  if (consent === "show" && !(isOwn && item.kind !== "in-reply-to")) keep(draft, options, taken);
  else taken.forgotten.add(goneKey(place.copy.address, item.id));
  if (consent !== "show" && item.isPublic) taken.forgotten.add(item.account.uid);
  return consent;
}

function keep(draft: Draft, { spool }: TakingOptions, taken: Taken): void {
  const kept = spool.keep(draft);
  if (kept !== null) taken.drafts.push(kept);
}

const COUNTED: Readonly<Record<string, string>> = { "like-of": "⭐", "repost-of": "🔁" };

/** A single record without an author that counts opted-out people and anonymous reactions. */
function countsDraft(
  counts: ReadonlyMap<string, number>,
  { slug, target, copy, now }: { slug: string; target: string; copy: Copy; now: Date },
): Draft | null {
  if (counts.size === 0) return null;
  const url =
    copy.network === "bluesky" ? `https://bsky.app/profile/${copy.actor}/post/${copy.rkey}` : copy.address;
  const record: PostResponse = {
    type: "entry",
    "wm-id": countId(copy),
    status: "pending",
    author: { type: "card", name: copy.network === "bluesky" ? "Bluesky" : "Mastodon" },
    url,
    reactions: Object.fromEntries(counts),
    copy: copy.address,
    "wm-source": `${url}#counts`,
    "wm-target": target,
    "wm-protocol": copy.network,
    "wm-property": "like-of",
    "wm-received": now.toISOString(),
  };
  return { slug, record, photoUrl: null, pictures: [], hidden: null };
}

function countId({ address }: Copy): string {
  return `counts-${address}`;
}

/** Whether a record only counts people. */
export function isCount({ "wm-id": id }: Pick<PostResponse, "wm-id">): boolean {
  return String(id).startsWith("counts-");
}

/** Key of a record: where it was read, and its id. */
export function goneKey(copy: string, id: string | number): string {
  return `${copyKey(copy)} ${id}`;
}

/** Absolute URL of a post. */
function targetOf(slug: string, { urls }: TakingOptions): string {
  return urls.absolute(urls.postPath(slug));
}
