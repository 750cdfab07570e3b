import type { Blog, Post } from "../content/model.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import type { PostResponse } from "../responses/model.ts";

/** A response that contains text. */
export interface SpokenResponse {
  readonly record: PostResponse;
  /** Milliseconds since 1970; `updatedMs` is never before `publishedMs`. */
  readonly publishedMs: number;
  readonly updatedMs: number;
  /** The response that this one replies to; null for a reply to the post. */
  readonly parent: PostResponse | null;
}

/** A post and its responses, newest first; sorted on first access, because an unchanged feed doesn't need them. */
export interface Conversation {
  readonly post: Post;
  readonly responses: readonly SpokenResponse[];
}

/** Conversations that have a feed, by post slug, in the order of the posts. */
export function conversationsOf(blog: Blog): Map<string, Conversation> {
  const sorted = memoizeWeak(spokenResponses);
  return new Map(
    blog.posts.flatMap((post) => {
      const records = blog.responses[post.slug] ?? [];
      if (!hasConversationFeed(post, records)) return [];
      const conversation = {
        post,
        get responses() {
          return sorted(records);
        },
      };
      return [[post.slug, conversation] as const];
    }),
  );
}

/** Whether a post has a conversation feed: its comments are open, or closed with at least one written response. */
export function hasConversationFeed(post: Post, records: readonly PostResponse[]): boolean {
  if (post.visibility !== "published" || post.comments === "off") return false;
  return post.comments === "open" || records.some(isSpoken);
}

/** The responses of a conversation feed, newest first. */
function spokenResponses(all: readonly PostResponse[]): SpokenResponse[] {
  const spoken = all.filter(isSpoken);
  const names = spoken.flatMap((record) => [
    [String(record["wm-id"]), record] as const,
    [record.url, record] as const,
  ]);
  const byName = new Map(names);
  return spoken
    .map((record) => {
      const parent = byName.get(record["in-reply-to"] ?? "") ?? null;
      return { record, ...timesOf(record), parent: parent === record ? null : parent };
    })
    .sort((a, b) => b.publishedMs - a.publishedMs || (idOf(a.record) < idOf(b.record) ? -1 : 1));
}

/** Time of the latest response or update of a response, ISO 8601 in UTC; null without responses. */
export function latestOf(responses: readonly SpokenResponse[]): string | null {
  const latestMs = responses.reduce((latest, { updatedMs }) => Math.max(latest, updatedMs), -Infinity);
  return latestMs === -Infinity ? null : new Date(latestMs).toISOString();
}

/** Approved, public and with text. Likes, and reposts without a comment, appear only on the post's page. */
function isSpoken(record: PostResponse): boolean {
  if (record.status !== "approved" || record["wm-private"] === true) return false;
  const kind = record["wm-property"];
  if (kind === "in-reply-to" || kind === "mention-of" || kind === "rsvp") return true;
  return (kind === "repost-of" || kind === "bookmark-of") && (record.content?.text.trim() ?? "") !== "";
}

/** A repeated notification updates `wm-received` and so moves the entry's `updated` time. */
function timesOf(record: PostResponse): { readonly publishedMs: number; readonly updatedMs: number } {
  const receivedMs = Date.parse(record["wm-received"]);
  const publishedMs = record.published === undefined ? receivedMs : Date.parse(record.published);
  return { publishedMs, updatedMs: Math.max(receivedMs, publishedMs) };
}

function idOf(record: PostResponse): string {
  return `${record["wm-protocol"]} ${record["wm-id"]}`;
}
