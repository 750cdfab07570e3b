import { memoizeWeak } from "../memoize-weak.ts";
import type { Blog, Post } from "../content/model.ts";
import type { PostResponse } from "../responses/model.ts";

/** A response that says something. */
export interface SpokenResponse {
  readonly record: PostResponse;
  /** Milliseconds since 1970; `updatedMs` is never before `publishedMs`. */
  readonly publishedMs: number;
  readonly updatedMs: number;
  /** The response that this one answers, null when it answers the post. */
  readonly answers: PostResponse | null;
}

/** A post and what was answered to it, newest first. */
export interface Conversation {
  readonly post: Post;
  readonly responses: readonly SpokenResponse[];
}

/**
 * The conversations that a reader can follow, by the slug of their post, in the order of the posts. A post has none
 * where comments are off, and where they are closed without anything having been said.
 */
export function conversationsOf(blog: Blog): Map<string, Conversation> {
  return new Map(
    blog.posts.flatMap((post) => {
      const records = blog.responses[post.slug] ?? [];
      if (!hasConversationFeed(post, records)) return [];
      return [[post.slug, lazyConversation(post, records)] as const];
    }),
  );
}

/** A conversation that is sorted when it's looked at: most files about it are known to be the same without that. */
function lazyConversation(post: Post, records: readonly PostResponse[]): Conversation {
  const sorted = memoizeWeak(spokenResponses);
  return {
    post,
    get responses() {
      return sorted(records);
    },
  };
}

/** Whether a post's conversation can be followed, now or later. */
export function hasConversationFeed(post: Post, records: readonly PostResponse[]): boolean {
  if (post.visibility !== "published" || post.comments === "off") return false;
  return post.comments === "open" || spokenResponses(records).length > 0;
}

/**
 * What a conversation feed tells, newest first: approved, public, and with words in it. Likes, and reposts and
 * bookmarks without a word of their own, are on the page alone.
 */
export function spokenResponses(records: readonly PostResponse[]): SpokenResponse[] {
  const spoken = records.filter(isSpoken);
  const isThreaded = spoken.some((record) => record["in-reply-to"] !== undefined);
  const byName = isThreaded ? recordsByName(spoken) : new Map<string, PostResponse>();
  return spoken
    .map((record) => {
      const answers = byName.get(record["in-reply-to"] ?? "") ?? null;
      return { record, ...timesOf(record), answers: answers === record ? null : answers };
    })
    .sort((a, b) => b.publishedMs - a.publishedMs || compare(idOf(a.record), idOf(b.record)));
}

/** Instant (ISO 8601 in UTC) at which anything was last said, null when nothing was. */
export function latestOf(responses: readonly SpokenResponse[]): string | null {
  const latestMs = responses.reduce((latest, { updatedMs }) => Math.max(latest, updatedMs), -Infinity);
  return latestMs === -Infinity ? null : new Date(latestMs).toISOString();
}

function isSpoken(record: PostResponse): boolean {
  if (record.status !== "approved" || record["wm-private"] === true) return false;
  const kind = record["wm-property"];
  if (kind === "in-reply-to" || kind === "mention-of" || kind === "rsvp") return true;
  return (kind === "repost-of" || kind === "bookmark-of") && (record.content?.text.trim() ?? "") !== "";
}

/** A second notification renews `wm-received`, and so the entry. */
function timesOf(record: PostResponse): { readonly publishedMs: number; readonly updatedMs: number } {
  const receivedMs = Date.parse(record["wm-received"]);
  const publishedMs = record.published === undefined ? receivedMs : Date.parse(record.published);
  return { publishedMs, updatedMs: Math.max(receivedMs, publishedMs) };
}

/** By what another record may name one in its `in-reply-to`. */
function recordsByName(records: readonly PostResponse[]): Map<string, PostResponse> {
  return new Map(
    records.flatMap((record) => [
      [String(record["wm-id"]), record],
      [record.url, record],
    ]),
  );
}

function idOf(record: PostResponse): string {
  return `${record["wm-protocol"]} ${record["wm-id"]}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
