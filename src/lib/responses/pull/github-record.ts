/** Converts a GitHub discussion to drafts: one for each comment and reply, and one with the reaction counts. */
import { cleanLines, cleanName, safeUrl } from "../clean-text.ts";
import type { PostResponse } from "../model.ts";
import { sanitizeHtml } from "../sanitize.ts";
import { instantOf, type Draft } from "./incoming-response.ts";
import type { Discussion, DiscussionComment } from "./github-api.ts";

/** The post to which a discussion belongs. */
export interface DiscussedPost {
  readonly slug: string;
  /** URL of the post, the target of its records. */
  readonly url: string;
}

const MAX_TEXT = 20_000;

const EMOJI: Readonly<Record<string, string>> = {
  THUMBS_UP: "👍",
  THUMBS_DOWN: "👎",
  LAUGH: "😄",
  HOORAY: "🎉",
  CONFUSED: "😕",
  HEART: "❤️",
  ROCKET: "🚀",
  EYES: "👀",
};

/** Returns the drafts of a discussion. Comments that were deleted on GitHub have none. */
export function draftsOfDiscussion(discussion: Discussion, post: DiscussedPost): Draft[] {
  const drafts = discussion.threads.flatMap(({ comment, replies }) => [
    draftOfComment(comment, null, post),
    ...replies.map((reply) => draftOfComment(reply, comment.id, post)),
  ]);
  return [...drafts, reactionsDraft(discussion, post)].filter((draft) => draft !== null);
}

function draftOfComment(
  comment: DiscussionComment,
  parent: string | null,
  post: DiscussedPost,
): Draft | null {
  const url = safeUrl(comment.url);
  // Fallback for HTML that can't be parsed safely.
  const content = sanitizeHtml(comment.bodyHTML) ?? {
    html: undefined,
    text: cleanLines(comment.bodyText, MAX_TEXT),
  };
  const created = instantOf(comment.createdAt);
  if (comment.deletedAt !== null || url === null || created === undefined) return null;
  const edited = instantOf(comment.lastEditedAt);
  const record: PostResponse = {
    type: "entry",
    "wm-id": comment.id,
    status: "pending",
    author: {
      type: "card",
      name: cleanName(comment.author?.login ?? "") || "ghost",
      url: safeUrl(comment.author?.url) ?? undefined,
      uid: safeUrl(comment.author?.url) ?? undefined,
    },
    url,
    published: created,
    updated: edited,
    content: { html: content.html, text: content.text },
    reactions: countsOf(comment.reactionGroups),
    "in-reply-to": parent ?? undefined,
    "wm-source": url,
    "wm-target": post.url,
    "wm-protocol": "giscus",
    "wm-property": "in-reply-to",
    "wm-received": created,
  };
  return { slug: post.slug, record, photoUrl: safeUrl(comment.author?.avatarUrl), hidden: hiddenOf(comment) };
}

/** Reactions to the post itself: a single record with counts instead of an author and text. */
function reactionsDraft(discussion: Discussion, post: DiscussedPost): Draft | null {
  const reactions = countsOf(discussion.reactionGroups);
  const url = safeUrl(discussion.url);
  const created = instantOf(discussion.createdAt);
  if (reactions === undefined || url === null || created === undefined) return null;
  const record: PostResponse = {
    type: "entry",
    "wm-id": `reactions-${discussion.id}`,
    status: "pending",
    author: { type: "card", name: "GitHub" },
    url,
    published: created,
    reactions,
    "wm-source": url,
    "wm-target": post.url,
    "wm-protocol": "giscus",
    "wm-property": "like-of",
    "wm-received": created,
  };
  return { slug: post.slug, record, photoUrl: null, hidden: null };
}

function countsOf(groups: Discussion["reactionGroups"]): PostResponse["reactions"] {
  const counts = (groups ?? []).flatMap(({ content, reactors }): [string, number][] =>
    reactors.totalCount > 0 ? [[EMOJI[content] ?? content, reactors.totalCount]] : [],
  );
  return counts.length === 0 ? undefined : Object.fromEntries(counts);
}

function hiddenOf({ isMinimized, minimizedReason }: DiscussionComment): Draft["hidden"] {
  if (!isMinimized) return null;
  const reason = (minimizedReason ?? "").toLowerCase();
  const status = reason === "spam" || reason === "abuse" ? "spam" : "pending";
  return { status, reason: `hidden on GitHub${reason === "" ? "" : ` as ${reason}`}` };
}
