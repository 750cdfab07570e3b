import type { CommentsState, Post } from "../posts/model.ts";
import type { PostResponse, ResponseProtocol } from "../responses/model.ts";
import { hasConversationFeed } from "../feeds/conversations.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { anchorOf, faceView, hostOf, initialsOf, responseTime, type FaceView } from "./person-marks.ts";
import {
  conversationParts,
  REACTIONS,
  shelfOf,
  type ConversationPart,
  type ReactionKind,
} from "./conversation-parts.ts";
import { countAnswers, type Thread } from "./threads.ts";

/** One answer as a page shows it. */
export interface ResponseView {
  /** Anchor on the page; old anchors are kept. */
  readonly anchor: string;
  readonly name: string;
  /** The person's profile. */
  readonly profile: string | null;
  readonly avatar: string | null;
  readonly initials: string;
  /** Whether one of the blog's authors speaks. */
  readonly isAuthor: boolean;
  readonly date: string;
  /** Stored, allow-listed markup; sanitised again when it is shown. */
  readonly html: string | null;
  readonly text: string;
  /** Where the answer stands; null when it only stands here. */
  readonly source: string | null;
  readonly host: string | null;
  readonly protocol: ResponseProtocol;
  /** Title of what a trackback or mention came from. */
  readonly title: string | null;
  readonly site: string | null;
  /** Whom it answers, and where when that stands on the same page. */
  readonly answers: { readonly name: string; readonly anchor: string | null } | null;
  readonly isLong: boolean;
  readonly replies: readonly ResponseView[];
}

export interface GiscusView {
  readonly host: string;
  readonly repo: string;
  readonly repoId: string;
  readonly category: string;
  readonly categoryId: string;
  /** The post's stable id. */
  readonly term: string;
  /** Search for the discussion on GitHub, for readers without the widget. */
  readonly searchUrl: string;
}

/** A row of people, the newest first; `total` counts those who aren't shown, too. */
export interface FacesView {
  readonly total: number;
  readonly faces: readonly FaceView[];
}

/** What one page shows of a conversation; counts are those of the whole. */
export interface ConversationPartView {
  /** Oldest conversation first. */
  readonly threads: readonly ResponseView[];
  readonly trackbacks: readonly ResponseView[];
  readonly trackbackCount: number;
  readonly mentions: readonly ResponseView[];
  readonly mentionCount: number;
  readonly reactions: Readonly<Record<ReactionKind, FacesView>>;
}

export interface ConversationView {
  readonly state: Exclude<CommentsState, "off">;
  /** Responses of all kinds, on this page and the pages that continue it. */
  readonly total: number;
  /** Those that say something. */
  readonly answers: number;
  readonly shown: ConversationPartView;
  /** The page with what came before that which is shown here. */
  readonly older: { readonly href: string; readonly count: number } | null;
  readonly feedHref: string | null;
  readonly giscus: GiscusView | null;
  readonly webmention: { readonly endpoint: string; readonly target: string } | null;
  readonly trackback: string | null;
  readonly mail: string | null;
}

const LONG_TEXT = 1200;

/** The conversation under a post; null when there is none at all (`comments: off`). */
export function conversationView(input: ViewInput, index: BlogIndex, post: Post): ConversationView | null {
  if (post.comments === "off") return null;
  const { blog, context } = input;
  const { urls } = context;
  const responses = index.responsesOf(post);
  const [first, ...further] = conversationParts(responses, post.body.words);
  const older = further.reduce((sum, part) => sum + countOf(part), 0);
  const isOpen = post.comments === "open";
  const url = urls.absolute(urls.postPath(post.slug));
  return {
    state: post.comments,
    total: responses.length,
    answers: index.answersTo(post),
    shown: partView(input, index, first, responses),
    older: older === 0 ? null : { href: urls.path(urls.responsesPath(post.slug, 2)), count: older },
    feedHref: hasConversationFeed(post, blog.responses[post.slug] ?? [])
      ? urls.path(urls.responsesFeedPath(post.slug))
      : null,
    giscus: isOpen ? giscusView(input, post) : null,
    webmention:
      isOpen && blog.settings.webmention !== null
        ? { endpoint: blog.settings.webmention.endpoint, target: url }
        : null,
    trackback: isOpen ? trackbackUrl(input, post) : null,
    mail: isOpen ? mailTo(blog.settings.replyEmail, post.title, url) : null,
  };
}

/**
 * What a page shows of a conversation.
 * @param all the whole conversation, to say how many there are of each kind.
 */
export function partView(
  input: ViewInput,
  index: BlogIndex,
  part: ConversationPart | undefined,
  all: readonly PostResponse[],
): ConversationPartView {
  const here = new Set((part?.threads ?? []).flatMap(anchorsIn));
  const line = (response: PostResponse) =>
    responseView(input, index, { response, parent: null, replies: [] }, here);
  const counts = Map.groupBy(all, shelfOf);
  const facesOf = (kind: ReactionKind): FacesView => ({
    total: counts.get(kind)?.length ?? 0,
    faces: (part?.reactions[kind] ?? []).map((response) => faceView(input.context, response)),
  });
  return {
    threads: (part?.threads ?? []).map((thread) => responseView(input, index, thread, here)),
    trackbacks: (part?.trackbacks ?? []).map(line),
    trackbackCount: counts.get("trackbacks")?.length ?? 0,
    mentions: (part?.mentions ?? []).map(line),
    mentionCount: counts.get("mentions")?.length ?? 0,
    reactions: {
      likes: facesOf("likes"),
      reposts: facesOf("reposts"),
      bookmarks: facesOf("bookmarks"),
      rsvps: facesOf("rsvps"),
    },
  };
}

/** Anchors of the answers in a thread. */
function anchorsIn(thread: Thread): string[] {
  return [anchorOf(thread.response), ...thread.replies.flatMap(anchorsIn)];
}

/** Responses of all kinds on a page. */
function countOf(part: ConversationPart): number {
  const faces = REACTIONS.reduce((sum, kind) => sum + part.reactions[kind].length, 0);
  return countAnswers(part.threads) + part.trackbacks.length + part.mentions.length + faces;
}

/** The trackback address of a post when site.yaml gives one. */
export function trackbackUrl({ blog }: ViewInput, post: Post): string | null {
  return blog.settings.webmention?.trackback?.replace("{slug}", encodeURIComponent(post.slug)) ?? null;
}

/**
 * One thread with all its replies.
 * @param here anchors on the same page; an answer leads to the one that it answers only there.
 */
export function responseView(
  input: ViewInput,
  index: BlogIndex,
  thread: Thread,
  here: ReadonlySet<string> = new Set(),
): ResponseView {
  const { response, parent } = thread;
  const isOwnPlace = response["wm-protocol"] === "comment";
  return {
    anchor: anchorOf(response),
    name: response.author.name,
    profile: response.author.url ?? null,
    avatar: input.context.avatar(response),
    initials: initialsOf(response.author.name),
    isAuthor: isAuthorOf(input, index, response),
    date: responseTime(response),
    html: response.content?.html ?? null,
    text: response.content?.text ?? response.summary ?? "",
    source: isOwnPlace ? null : response.url,
    host: isOwnPlace ? hostOf(response.author.url) : hostOf(response.url),
    protocol: response["wm-protocol"],
    title: response.name ?? null,
    site: response.site ?? null,
    answers: parent === null ? null : answered(parent, here),
    isLong: (response.content?.text.length ?? 0) > LONG_TEXT,
    replies: thread.replies.map((reply) => responseView(input, index, reply, here)),
  };
}

function answered(parent: PostResponse, here: ReadonlySet<string>): ResponseView["answers"] {
  const anchor = anchorOf(parent);
  return { name: parent.author.name, anchor: here.has(anchor) ? anchor : null };
}

/** An author speaks when the profile is an author's page or one of the author's own links. */
function isAuthorOf({ context: { urls } }: ViewInput, index: BlogIndex, { author }: PostResponse): boolean {
  if (author.url === undefined) return false;
  return [...index.byId.values()].some(
    ({ id, links }) =>
      urls.absolute(urls.authorPath(id)) === author.url || links.some((link) => link.url === author.url),
  );
}

function giscusView({ blog }: ViewInput, post: Post): GiscusView | null {
  const { giscus } = blog.settings;
  if (giscus === null) return null;
  const query = new URLSearchParams({ discussions_q: `"${post.id}" in:title category:"${giscus.category}"` });
  return { ...giscus, term: post.id, searchUrl: `https://github.com/${giscus.repo}/discussions?${query}` };
}

function mailTo(address: string | null, title: string, url: string): string | null {
  if (address === null) return null;
  return `mailto:${address}?subject=${encodeURIComponent(`Re: ${title}`)}&body=${encodeURIComponent(`\n\n${url}`)}`;
}
