/**
 * Reads a thread on any server with Mastodon's API (docs.joinmastodon.org/methods/statuses).
 * Without a token, a server silently truncates a thread to 60 descendants and a depth of 20. A status with a higher
 * `replies_count` than the number of replies received gets a request of its own.
 */
import { PullFault } from "../responses/pull/api-client.ts";
import type { MastodonCopy } from "./copies.ts";
import { askMastodon, hostOf, readMastodon, type MastodonServer } from "./mastodon-api.ts";
import { itemOfReaction, itemOfStatus } from "./mastodon-item.ts";
import {
  accountListSchema,
  contextSchema,
  statusListSchema,
  statusSchema,
  type MastodonStatus,
} from "./mastodon-schema.ts";
import { nextPage } from "./next-page.ts";
import type { MissingThread, NetworkItem, NetworkThread } from "./network-item.ts";

export interface MastodonRequest extends MastodonServer {
  readonly copy: MastodonCopy;
  /** Stored items of this copy. Replies and quotes missing from the thread are requested one by one. */
  readonly known: readonly { readonly id: string; readonly localId: string | null }[];
}

/** Maximum number of requests for replies that the first response left out. */
const MOST_BRANCHES = 100;
const MOST_PAGES = 500;

/** Reads all replies, quotes, likes and boosts of a copy. @throws PullFault rather than return half a list. */
export async function readMastodonThread(request: MastodonRequest): Promise<NetworkThread | MissingThread> {
  const { copy } = request;
  const status = await statusAt(request, copy.id);
  if (status === null) return { missing: "is deleted, or isn't public, or the address is wrong" };
  const { replies, isCut } = await repliesTo(request, status);
  const uris = new Map(replies.map((reply) => [reply.id, reply.uri]));
  const items: (NetworkItem | null)[] = replies.map((reply) =>
    itemOfStatus(reply, "in-reply-to", copy, (id) => uris.get(id) ?? null),
  );
  for (const quote of await quotesOf(request, status)) {
    if (!uris.has(quote.id)) items.push(itemOfStatus(quote, "mention-of", copy, () => null));
  }
  if (status.favourites_count !== 0)
    for (const account of await accountsAt(request, "favourited_by"))
      items.push(itemOfReaction(account, "like-of", copy, status));
  if (status.reblogs_count !== 0)
    for (const account of await accountsAt(request, "reblogged_by"))
      items.push(itemOfReaction(account, "repost-of", copy, status));
  const found = items.filter((item) => item !== null);
  const ids = new Set(found.map(({ id }) => id));
  return {
    items: found,
    gone: await goneOf(request, ids),
    reactions: Object.fromEntries(
      (status.pleroma?.emoji_reactions ?? [])
        .filter(
          ({ name, count }) =>
            /^\p{Extended_Pictographic}/u.test(name) && Number.isInteger(count) && count > 0,
        )
        .map(({ name, count }) => [name.slice(0, 16), count]),
    ),
    notes: isCut
      ? [`${hostOf(copy.origin)}: shows only a part of the thread at ${copy.address}; a token shows more`]
      : [],
  };
}

/** A status by its id; null when it doesn't exist or isn't public. */
async function statusAt(request: MastodonRequest, id: string): Promise<MastodonStatus | null> {
  const { status, value } = await askMastodon(
    request,
    `/api/v1/statuses/${encodeURIComponent(id)}`,
    [404, 410],
  );
  return status >= 400 ? null : readMastodon(statusSchema, value, request);
}

async function repliesTo(request: MastodonRequest, root: MastodonStatus) {
  const byId = new Map<string, MastodonStatus>();
  const asked = new Set([root.id]);
  await addContext(request, root.id, root.id, byId);
  for (let branches = 0; branches < MOST_BRANCHES; branches++) {
    const shown = childCounts(byId.values());
    const isFull = byId.size >= 60;
    // `replies_count` may include hidden replies, so only statuses at the server's limits count as truncated.
    const cut = [...byId.values()].find(
      (status) =>
        !asked.has(status.id) &&
        (status.replies_count ?? 0) > (shown.get(status.id) ?? 0) &&
        (isFull || depthOf(status, byId) >= 20),
    );
    if (cut === undefined) break;
    asked.add(cut.id);
    await addContext(request, cut.id, root.id, byId);
  }
  const direct = [...byId.values()].filter(({ in_reply_to_id: parent }) => parent === root.id).length;
  return { replies: [...byId.values()], isCut: byId.size >= 60 && direct < (root.replies_count ?? 0) };
}

async function addContext(
  request: MastodonRequest,
  id: string,
  rootId: string,
  byId: Map<string, MastodonStatus>,
): Promise<void> {
  const { status, value } = await askMastodon(
    request,
    `/api/v1/statuses/${encodeURIComponent(id)}/context`,
    [404, 410],
  );
  if (status >= 400) return;
  for (const reply of readMastodon(contextSchema, value, request).descendants)
    if (reply.id !== rootId) byId.set(reply.id, reply);
}

function childCounts(statuses: Iterable<MastodonStatus>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { in_reply_to_id: parent } of statuses)
    if (parent != null) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return counts;
}

function depthOf(status: MastodonStatus, byId: ReadonlyMap<string, MastodonStatus>): number {
  let depth = 1;
  const seen = new Set<string>();
  for (let at = byId.get(status.in_reply_to_id ?? ""); at !== undefined && !seen.has(at.id); depth++) {
    seen.add(at.id);
    at = byId.get(at.in_reply_to_id ?? "");
  }
  return depth;
}

async function quotesOf(request: MastodonRequest, { quotes_count: count }: MastodonStatus) {
  // Quotes require a token.
  if (request.token === null || count === 0 || count == null) return [];
  const quotes = await pagesOf(request, "quotes", (value) => readMastodon(statusListSchema, value, request));
  // Servers without quote approval send no state.
  return quotes.filter(({ quote }) => quote == null || quote.state === "accepted");
}

async function accountsAt(request: MastodonRequest, name: string) {
  return pagesOf(request, name, (value) => readMastodon(accountListSchema, value, request));
}

/** Reads all pages, or throws a fault: with half a list, items that still exist would be deleted. */
async function pagesOf<Item>(
  request: MastodonRequest,
  name: string,
  itemsIn: (value: unknown) => readonly Item[],
): Promise<Item[]> {
  const { origin, id } = request.copy;
  const items: Item[] = [];
  const seen = new Set<string>();
  let url: string | null =
    `${origin}/api/v1/statuses/${encodeURIComponent(id)}/${name}?limit=${name === "quotes" ? 40 : 80}`;
  while (url !== null) {
    if (seen.has(url) || seen.size === MOST_PAGES)
      throw new PullFault("badAnswer", `${hostOf(request.origin)}: the pages of ${name} form a loop`);
    seen.add(url);
    const { status, value, link } = await askMastodon(request, url, seen.size === 1 ? [404, 410] : []);
    if (status >= 400) break;
    const page = itemsIn(value);
    items.push(...page);
    url = nextPage(link, url);
  }
  return items;
}

/**
 * Ids of stored items that no longer exist. A reply missing from the thread may still exist, since the thread omits
 * replies to a deleted status, so it's requested by its id. A like or boost is gone when no page contains it.
 */
async function goneOf(request: MastodonRequest, ids: ReadonlySet<string>): Promise<Set<string>> {
  const gone = new Set<string>();
  for (const { id, localId } of request.known) {
    if (ids.has(id)) continue;
    if (/#(?:favorited|reblogged)-by-[^#]*$/.test(id)) gone.add(id);
    else if (localId !== null && (await statusAt(request, localId)) === null) gone.add(id);
  }
  return gone;
}
