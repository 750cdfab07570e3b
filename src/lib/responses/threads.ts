/**
 * Converts the stored records of a post to the conversation on its page. Input: the records of one
 * `content/responses/<slug>.json`. Output: threads, trackbacks, mentions and reactions, as plain JSON.
 */
import type { PostResponse } from "./model.ts";
import { compareResponses, idKey, sortedResponses } from "./order.ts";
import {
  isPublic,
  isReactionCount,
  shownResponse,
  type ShownOptions,
  type ShownResponse,
} from "./shown-response.ts";

/** Threads have two levels; deeper replies are on the second level and name the response that they reply to. */
const MAX_DEPTH = 2;

export interface ConversationCounts {
  /** Sum of the other counts. */
  readonly total: number;
  /** Comments and replies of all protocols. */
  readonly comments: number;
  readonly trackbacks: number;
  /** Mentions and pingbacks. */
  readonly mentions: number;
  readonly likes: number;
  readonly reposts: number;
  readonly bookmarks: number;
  readonly rsvps: number;
}

/** Each list is oldest first. */
export interface Conversation {
  readonly counts: ConversationCounts;
  /** Comments and replies to the post itself, with their nested replies. */
  readonly threads: readonly ShownResponse[];
  readonly trackbacks: readonly ShownResponse[];
  readonly mentions: readonly ShownResponse[];
  readonly likes: readonly ShownResponse[];
  readonly reposts: readonly ShownResponse[];
  readonly bookmarks: readonly ShownResponse[];
  readonly rsvps: readonly ShownResponse[];
  /** Counts of GitHub's reactions to the post itself. */
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
}

export interface ThreadOptions extends ShownOptions {
  /** Ids already used on the page (its headings); anchors avoid them. */
  readonly takenIds?: ReadonlySet<string>;
}

/** Returns the conversation of a post: only approved public records, in an order independent of the input's. */
export function conversationOf(records: readonly PostResponse[], options: ThreadOptions): Conversation {
  const shown = sortedResponses(records.filter(isPublic));
  const anchors = anchorsInOrder(shown, options.takenIds);
  const groups = groupsOf(shown);
  const show = (record: PostResponse): ShownResponse => ({
    ...shownResponse(record, anchors.get(record) ?? "", options),
    answers: null,
    replies: [],
  });
  const counts = {
    comments: groups.comments.length,
    trackbacks: groups.trackbacks.length,
    mentions: groups.mentions.length,
    likes: groups.likes.length,
    reposts: groups.reposts.length,
    bookmarks: groups.bookmarks.length,
    rsvps: groups.rsvps.length,
  };
  return {
    counts: { total: Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts },
    threads: threadsOf(groups.comments, anchors, show),
    trackbacks: groups.trackbacks.map(show),
    mentions: groups.mentions.map(show),
    likes: groups.likes.map(show),
    reposts: groups.reposts.map(show),
    bookmarks: groups.bookmarks.map(show),
    rsvps: groups.rsvps.map(show),
    reactions: reactionsOf(groups.reactions),
  };
}

/**
 * Returns the anchors of records, unique among the records and `taken`: the anchor on a previous platform if known,
 * else `c` and the `wm-id`. If two records would have the same anchor, the older one keeps it.
 */
export function anchorsOf(
  records: readonly PostResponse[],
  taken?: ReadonlySet<string>,
): Map<PostResponse, string> {
  return anchorsInOrder(sortedResponses(records), taken);
}

/** @param records oldest first. */
function anchorsInOrder(
  records: readonly PostResponse[],
  taken: ReadonlySet<string> = new Set(),
): Map<PostResponse, string> {
  const used = new Set(taken);
  const anchors = new Map<PostResponse, string>();
  for (const record of records) {
    const wanted = record.anchor ?? `c${String(record["wm-id"]).replace(/[^\w-]+/g, "-")}`;
    let anchor = wanted;
    for (let number = 2; used.has(anchor); number++) anchor = `${wanted}-${number}`;
    used.add(anchor);
    anchors.set(record, anchor);
  }
  return anchors;
}

type Group =
  "comments" | "trackbacks" | "mentions" | "likes" | "reposts" | "bookmarks" | "rsvps" | "reactions";

function groupOf(record: PostResponse): Group {
  const property = record["wm-property"];
  if (isReactionCount(record)) return "reactions";
  if (property === "like-of") return "likes";
  if (property === "repost-of") return "reposts";
  if (property === "bookmark-of") return "bookmarks";
  if (property === "rsvp") return "rsvps";
  if (record["wm-protocol"] === "trackback") return "trackbacks";
  return property === "in-reply-to" ? "comments" : "mentions";
}

function groupsOf(records: readonly PostResponse[]): Record<Group, PostResponse[]> {
  const groups: Record<Group, PostResponse[]> = {
    comments: [],
    trackbacks: [],
    mentions: [],
    likes: [],
    reposts: [],
    bookmarks: [],
    rsvps: [],
    reactions: [],
  };
  for (const record of records) groups[groupOf(record)].push(record);
  return groups;
}

function threadsOf(
  comments: readonly PostResponse[],
  anchors: ReadonlyMap<PostResponse, string>,
  show: (record: PostResponse) => ShownResponse,
): ShownResponse[] {
  const parents = parentsOf(comments, anchors);
  const children = new Map<PostResponse | null, PostResponse[]>();
  for (const comment of comments) {
    const parent = parents.get(comment) ?? null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [comment]);
    else siblings.push(comment);
  }
  const build = (record: PostResponse, depth: number): ShownResponse => {
    const own = show(record);
    const direct = children.get(record) ?? [];
    const replies =
      depth < MAX_DEPTH
        ? direct.map((reply) => build(reply, depth + 1))
        : descendants(record, children)
            .sort(compareResponses)
            .map((reply) => besideParent(show(reply), parents.get(reply), record, show));
    return { ...own, replies };
  };
  return (children.get(null) ?? []).map((root) => build(root, 1));
}

/** Adds the parent's name to a reply that is displayed at the same level as its parent. */
function besideParent(
  reply: ShownResponse,
  parent: PostResponse | undefined,
  container: PostResponse,
  show: (record: PostResponse) => ShownResponse,
): ShownResponse {
  if (parent === undefined || parent === container) return reply;
  const answered = show(parent);
  return { ...reply, answers: { id: answered.id, name: answered.author.name, page: 1 } };
}

function descendants(
  record: PostResponse,
  children: ReadonlyMap<PostResponse | null, readonly PostResponse[]>,
): PostResponse[] {
  const found: PostResponse[] = [];
  const open = [...(children.get(record) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    open.push(...(children.get(next) ?? []));
  }
  return found;
}

/**
 * Finds the parent of each comment, which `in-reply-to` names by id, by URL, or by the post's URL with an anchor.
 * Cycles are broken at the oldest comment, which becomes a reply to the post.
 */
function parentsOf(
  comments: readonly PostResponse[],
  anchors: ReadonlyMap<PostResponse, string>,
): Map<PostResponse, PostResponse> {
  const byName = new Map<string, PostResponse>();
  const note = (comment: PostResponse, names: readonly string[]) => {
    for (const name of names) if (!byName.has(name)) byName.set(name, comment);
  };
  for (const comment of comments) {
    const permalink = `${bare(comment["wm-target"].replace(/#.*/, ""))}#${anchors.get(comment) ?? ""}`;
    const routes = (comment.routes ?? []).flatMap((route) => [
      String(route["wm-id"]),
      bare(route["wm-source"]),
    ]);
    const id = String(comment["wm-id"]);
    note(comment, [idKey(comment), id, bare(comment["wm-source"]), permalink, ...routes]);
  }
  // URLs that responses claim as their own come last, because another response may be at the same URL.
  for (const comment of comments) note(comment, [bare(comment.url)]);
  const parents = new Map<PostResponse, PostResponse>();
  for (const comment of comments) {
    const name = comment["in-reply-to"];
    // Ids in the same protocol come first: two services may have the same id.
    const sameService = idKey({ "wm-protocol": comment["wm-protocol"], "wm-id": name ?? "" });
    const parent =
      name === undefined
        ? undefined
        : (byName.get(sameService) ?? byName.get(name) ?? byName.get(bare(name)));
    if (parent !== undefined && parent !== comment) parents.set(comment, parent);
  }
  for (const comment of comments) cutCircle(comment, parents);
  return parents;
}

function cutCircle(start: PostResponse, parents: Map<PostResponse, PostResponse>): void {
  const seen = new Set<PostResponse>();
  for (let at: PostResponse | undefined = start; at !== undefined; at = parents.get(at)) {
    if (seen.has(at)) {
      if (at === start) parents.delete(start);
      return;
    }
    seen.add(at);
  }
}

/** Removes the scheme and the path's trailing slash from a URL. */
function bare(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/(?=#|$)/, "");
}

function reactionsOf(records: readonly PostResponse[]): Conversation["reactions"] {
  const sums = new Map<string, number>();
  for (const record of records) {
    for (const [emoji, count] of Object.entries(record.reactions ?? {})) {
      sums.set(emoji, (sums.get(emoji) ?? 0) + count);
    }
  }
  return [...sums].map(([emoji, count]) => ({ emoji, count })).sort((a, b) => b.count - a.count);
}
