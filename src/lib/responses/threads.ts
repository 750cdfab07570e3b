/**
 * Stored records of a post → the conversation that its page shows. Goes in: the records of one
 * `content/responses/<slug>.json`. Comes out: threads, trackbacks, mentions and the rows of people, plain JSON.
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

/** Threads are indented to two levels; deeper replies follow at the second and name the response they reply to. */
const MAX_DEPTH = 2;

export interface ConversationCounts {
  /** Everything below. */
  readonly total: number;
  /** Comments and replies, whatever way they came. */
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
  /** Comments and replies that answer the post itself, with their replies inside. */
  readonly threads: readonly ShownResponse[];
  readonly trackbacks: readonly ShownResponse[];
  readonly mentions: readonly ShownResponse[];
  readonly likes: readonly ShownResponse[];
  readonly reposts: readonly ShownResponse[];
  readonly bookmarks: readonly ShownResponse[];
  readonly rsvps: readonly ShownResponse[];
  /** GitHub's reactions to the post as a whole, counted. */
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
}

export interface ThreadOptions extends ShownOptions {
  /** Ids that the page has already (its headings): no anchor will be one of them. */
  readonly takenIds?: ReadonlySet<string>;
}

/** The conversation of a post: approved public records only, in an order that doesn't depend on the input's. */
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
 * Anchors of records, unique among them and with `taken`: the older platform's where it is known, else `c` and the
 * `wm-id`. Of two that would be alike the older one keeps it.
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

/** A reply shown at the same level as its parent gets the name of its parent. */
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
 * The comment that each one answers, named by its id, its address, or the post's address with its anchor; circles are
 * cut at the oldest, which then answers the post.
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
  // What a response gives as its own address comes last: another one may have been left at it.
  for (const comment of comments) note(comment, [bare(comment.url)]);
  const parents = new Map<PostResponse, PostResponse>();
  for (const comment of comments) {
    const name = comment["in-reply-to"];
    // An id is meant within its own protocol first: two services may both have given the number 1901.
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

/** An address without its scheme and the slash at the end of its path. */
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
