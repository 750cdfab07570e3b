import type { Blog, Post } from "../posts/model.ts";
import type { PostResponse } from "../responses/model.ts";

/** A response that says something, with its dates as instants. */
export interface SpokenResponse {
  readonly record: PostResponse;
  /** Instants, ISO 8601 in UTC; `updated` is never before `published`. */
  readonly published: string;
  readonly updated: string;
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
      if (post.visibility !== "published" || post.comments === "off") return [];
      const responses = spokenResponses(blog.responses[post.slug] ?? []);
      if (post.comments === "closed" && responses.length === 0) return [];
      return [[post.slug, { post, responses }] as const];
    }),
  );
}

/**
 * What a conversation feed tells, newest first: approved, public, and with words in it. Likes, and reposts and
 * bookmarks without a word of their own, are on the page alone.
 */
export function spokenResponses(records: readonly PostResponse[]): SpokenResponse[] {
  const spoken = records.filter(isSpoken);
  if (spoken.length === 0) return [];
  const byName = new Map(spoken.flatMap((record) => namesOf(record).map((name) => [name, record] as const)));
  return spoken
    .map((record) => {
      const parent = record["in-reply-to"];
      const answers = parent === undefined ? undefined : byName.get(parent);
      return { record, ...instantsOf(record), answers: answers === record ? null : (answers ?? null) };
    })
    .sort((a, b) => compare(b.published, a.published) || compare(idOf(a.record), idOf(b.record)));
}

function isSpoken(record: PostResponse): boolean {
  if (record.status !== "approved" || record["wm-private"] === true) return false;
  const kind = record["wm-property"];
  if (kind === "in-reply-to" || kind === "mention-of" || kind === "rsvp") return true;
  return (kind === "repost-of" || kind === "bookmark-of") && (record.content?.text.trim() ?? "") !== "";
}

/** A second notification renews `wm-received`, and so the entry. */
function instantsOf(record: PostResponse): { readonly published: string; readonly updated: string } {
  const received = new Date(record["wm-received"]).toISOString();
  const published = record.published === undefined ? received : new Date(record.published).toISOString();
  return { published, updated: received > published ? received : published };
}

/** By what another record may name this one in its `in-reply-to`. */
function namesOf(record: PostResponse): string[] {
  return [String(record["wm-id"]), record.url];
}

function idOf(record: PostResponse): string {
  return `${record["wm-protocol"]} ${record["wm-id"]}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
