/**
 * Brings in the threads under a post's copies on Mastodon and Bluesky. Each thread stands for itself: one that can't be
 * read leaves what is stored of it as it is, and the others come in.
 */
import { forEachByHost } from "../protocols/group-by-host.ts";
import type { PostResponse } from "../responses/model.ts";
import { isOwnResponse, type BlogOwner } from "../responses/own-responses.ts";
import { PullFault } from "../responses/pull/api-client.ts";
import type { Draft } from "../responses/pull/incoming-response.ts";
import type { SourceResult } from "../responses/pull/source-result.ts";
import type { Settings } from "../site/settings.ts";
import { siteUrls } from "../site/urls.ts";
import { readBlueskyThread } from "./bluesky.ts";
import { consentOf } from "./consent.ts";
import { copyAt, type Copy } from "./copies.ts";
import { draftOfItem } from "./draft.ts";
import { readMastodonThread } from "./mastodon.ts";
import type { NetworkThread } from "./network-item.ts";
import type { NetworkSession } from "./session.ts";
import { inTurn, type Turns } from "./turns.ts";

export interface NetworksSource {
  readonly session: NetworkSession;
  readonly settings: Pick<Settings, "url" | "networks" | "privacy">;
  readonly owner: BlogOwner;
  readonly posts: readonly { readonly slug: string; readonly syndication: readonly string[] }[];
  readonly stored: readonly PostResponse[];
  /** Tokens by host. */
  readonly tokens: ReadonlyMap<string, string>;
  /** When each copy was last read. */
  readonly turns: Turns;
  readonly now: Date;
  readonly onProgress: (line: string) => void;
}

interface CopyOfPost {
  readonly slug: string;
  readonly copy: Copy;
}

/** Copies that would be read; none when the settings switch the networks off. */
export function copiesOf({
  posts,
  settings: { networks },
}: Pick<NetworksSource, "posts" | "settings">): CopyOfPost[] {
  return posts.flatMap(({ slug, syndication }) =>
    syndication.flatMap((address) => {
      const copy = copyAt(address);
      if (copy === null || !networks[copy.network]) return [];
      return [{ slug, copy }];
    }),
  );
}

/** Never throws a `PullFault`: faults are in the result. */
export async function pullNetworks(source: NetworksSource): Promise<SourceResult> {
  const copies = inTurn(copiesOf(source), source.turns, source.now);
  const drafts: Draft[] = [];
  const gone = new Set<string>();
  const forgotten = new Set<string>();
  const notes: string[] = [];
  const faults: PullFault[] = [];
  const closed = new Set<string>();
  let done = 0;
  const hostOf = ({ copy }: CopyOfPost) =>
    copy.network === "mastodon" ? copy.origin : source.settings.networks.appView;
  await forEachByHost(copies, hostOf, async (entry) => {
    const host = hostOf(entry);
    if (closed.has(host)) return;
    try {
      const thread = await threadOf(entry, source);
      if (thread === null) notes.push(`${entry.copy.address}: the post isn't public; nothing was changed`);
      else take(entry, thread, source, { drafts, gone, forgotten, notes });
      source.turns.read(entry.copy.address, source.now);
    } catch (error) {
      if (!(error instanceof PullFault)) throw error;
      faults.push(error);
      // A server that is down, slow or asks to wait is left alone; one answer that can't be used says nothing of others.
      if (error.kind !== "badAnswer" && error.kind !== "tooLarge") closed.add(host);
    }
    source.onProgress(`Mastodon and Bluesky: ${++done} of ${copies.length} threads`);
  });
  return {
    drafts,
    isGone: (record) => record.copy !== undefined && gone.has(goneKey(record.copy, record["wm-id"])),
    isPrivate: (record) =>
      record.copy !== undefined &&
      (forgotten.has(goneKey(record.copy, record["wm-id"])) ||
        (record.author.uid !== undefined && forgotten.has(record.author.uid))),
    notes,
    state: null,
    faults: faults.toSorted((a, b) => (a.message < b.message ? -1 : 1)),
  };
}

function threadOf({ slug, copy }: CopyOfPost, source: NetworksSource): Promise<NetworkThread | null> {
  const { session, settings, tokens } = source;
  const known = source.stored.flatMap((record) =>
    record.copy === copy.address &&
    record.status !== "deleted" &&
    !isCount(record) &&
    isOn(slug, record, source)
      ? [{ id: String(record["wm-id"]), localId: record["copy-id"] ?? null }]
      : [],
  );
  if (copy.network === "bluesky")
    return readBlueskyThread({ session, appView: settings.networks.appView, copy, known });
  return readMastodonThread({ session, copy, token: tokens.get(new URL(copy.origin).host) ?? null, known });
}

/** A record belongs to a post by its target; two posts may name one copy by mistake. */
function isOn(slug: string, record: PostResponse, { settings }: NetworksSource): boolean {
  return record["wm-target"] === targetOf(slug, settings);
}

function targetOf(slug: string, settings: NetworksSource["settings"]): string {
  const urls = siteUrls(settings);
  return urls.absolute(urls.postPath(slug));
}

interface Taken {
  readonly drafts: Draft[];
  readonly gone: Set<string>;
  readonly forgotten: Set<string>;
  readonly notes: string[];
}

/** New records of a thread, and stored records to withdraw. */
function take({ slug, copy }: CopyOfPost, thread: NetworkThread, source: NetworksSource, taken: Taken): void {
  const { settings, owner, now } = source;
  const counts = new Map<string, number>(Object.entries(thread.reactions));
  const place = { slug, target: targetOf(slug, settings), copy, now };
  for (const id of thread.gone) taken.gone.add(goneKey(copy.address, id));
  for (const item of thread.items) {
    const draft = draftOfItem(item, place);
    if (draft === null) continue;
    const isOwn = isOwnResponse(draft.record, owner);
    const consent = item.isPublic ? consentOf(item.account, settings.privacy, isOwn) : "hide";
    // The author's own like or boost of the own copy says nothing.
    if (consent === "show" && !(isOwn && item.kind !== "in-reply-to")) taken.drafts.push(draft);
    else taken.forgotten.add(goneKey(copy.address, item.id));
    if (consent !== "show" && item.isPublic) taken.forgotten.add(item.account.uid);
    if (consent === "count" && item.isPublic) {
      const emoji = COUNTED[item.kind] ?? "💬";
      counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    }
  }
  const count = countsDraft(counts, place);
  if (count !== null) taken.drafts.push(count);
  else taken.gone.add(goneKey(copy.address, countId(copy)));
  taken.notes.push(...thread.notes);
}

const COUNTED: Readonly<Record<string, string>> = { "like-of": "⭐", "repost-of": "🔁" };

/** Opted-out people and anonymous reactions: a single record with a count and no author. */
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

function isCount({ "wm-id": id }: PostResponse): boolean {
  return String(id).startsWith("counts-");
}

function goneKey(copy: string, id: string | number): string {
  return `${copy} ${id}`;
}
