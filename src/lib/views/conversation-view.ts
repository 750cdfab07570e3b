import type { CommentsState, Post } from "../content/model.ts";
import { hasConversationFeed } from "../feeds/conversations.ts";
import type { ResponseProtocol } from "../responses/model.ts";
import type { ShownPerson, ShownResponse } from "../responses/shown-response.ts";
import type { ConversationPage } from "../responses/split-conversation.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewContext, ViewInput } from "./context.ts";
import { conversationMap, type ConversationMapView } from "./conversation-pagination.ts";
import { NO_WAYS, waysView, type WaysView } from "./reply-options.ts";
import { placePath, type PostConversation } from "./conversation-pages.ts";

/** One answer as a page shows it. */
export interface ResponseView {
  /** Anchor on the page; old anchors are kept. */
  readonly id: string;
  /** Permalink: with its page where this is the only place on which the answer stands, else the anchor alone. */
  readonly href: string;
  readonly author: FaceView;
  /** Whether one of the blog's authors speaks. */
  readonly isOwn: boolean;
  readonly date: string;
  /** Sanitised; empty when there is nothing to read. */
  readonly html: string;
  readonly excerpt: string | null;
  /** Where the answer stands; null when it only stands here. */
  readonly source: string | null;
  /** Host that it came from. */
  readonly host: string;
  readonly protocol: ResponseProtocol;
  /** Title of what a trackback or mention came from. */
  readonly title: string | null;
  readonly site: string | null;
  readonly rsvp: string | null;
  readonly reactions: ShownResponse["reactions"];
  /** Whom it answers where that doesn't stand right above it. */
  readonly answers: { readonly name: string; readonly href: string } | null;
  readonly isLong: boolean;
  readonly replies: readonly ResponseView[];
}

/** A person's name and picture. */
export interface FaceView {
  readonly name: string;
  /** The person's profile. */
  readonly url: string | null;
  /** Address of the stored picture with the base path; without one the initials are drawn. */
  readonly avatar: string | null;
  readonly initials: string;
}

/** Ways in which people answer without words. */
export const REACTIONS = ["likes", "reposts", "bookmarks", "rsvps"] as const;

export type ReactionKind = (typeof REACTIONS)[number];

/** People who reacted, the newest first; `total` counts those on other pages, too. */
export interface FacesView {
  readonly total: number;
  readonly faces: readonly ResponseView[];
}

/** What one page shows of a conversation; counts are those of the whole. */
export interface ConversationPartView {
  readonly threads: readonly ResponseView[];
  readonly trackbacks: readonly ResponseView[];
  readonly trackbackCount: number;
  readonly mentions: readonly ResponseView[];
  readonly mentionCount: number;
  readonly reactions: Readonly<Record<ReactionKind, FacesView>>;
}

export interface ConversationView extends WaysView {
  readonly state: Exclude<CommentsState, "off">;
  /** Responses of all kinds, on this page and the pages that continue it. */
  readonly total: number;
  /** Those that say something. */
  readonly answers: number;
  readonly shown: ConversationPartView;
  /** GitHub's reactions to the post, counted. */
  readonly emoji: PostConversation["reactions"];
  /** The page with what came before that which is shown here. */
  readonly older: { readonly href: string; readonly count: number } | null;
  readonly map: ConversationMapView | null;
  /** Null where there is nothing to follow: comments closed, and nobody answered. */
  readonly feedHref: string | null;
  /** Whether the page offers any way to answer. */
  readonly hasWays: boolean;
}

/** The conversation under a post; null when there is none at all (`comments: off`). */
export function conversationView(
  input: ViewInput,
  index: BlogIndex,
  post: Post,
  conversation: PostConversation,
): ConversationView | null {
  if (post.comments === "off") return null;
  const { urls } = input.context;
  const { counts } = conversation;
  const [own, ...others] = conversation.pages;
  const isOpen = post.comments === "open";
  const ways = isOpen ? waysView(input, index, post) : NO_WAYS;
  return {
    state: post.comments,
    total: counts.total,
    answers: counts.comments + counts.trackbacks + counts.mentions,
    shown: partView(input, post, conversation, own),
    emoji: conversation.reactions,
    older:
      own === undefined || own.earlier === null
        ? null
        : {
            href: urls.path(urls.responsesPath(post.slug, own.earlier)),
            count: olderCount(others),
          },
    map: conversationMap(input, post, conversation, 1),
    feedHref: hasConversationFeed(post, index.responsesOf(post))
      ? urls.path(urls.responsesFeedPath(post.slug))
      : null,
    ...ways,
    hasWays: Object.values(ways).some((way) => way !== null),
  };
}

/** What a page shows of a conversation. */
export function partView(
  input: ViewInput,
  post: Post,
  { counts }: PostConversation,
  page: ConversationPage | undefined,
): ConversationPartView {
  const view = (response: ShownResponse) => responseView(input, post, page?.number ?? 1, response);
  const facesOf = (kind: ReactionKind): FacesView => ({
    total: counts[kind],
    faces: (page?.[kind] ?? []).toReversed().map(view),
  });
  return {
    threads: (page?.threads ?? []).map(view),
    trackbacks: (page?.trackbacks ?? []).map(view),
    trackbackCount: counts.trackbacks,
    mentions: (page?.mentions ?? []).map(view),
    mentionCount: counts.mentions,
    reactions: {
      likes: facesOf("likes"),
      reposts: facesOf("reposts"),
      bookmarks: facesOf("bookmarks"),
      rsvps: facesOf("rsvps"),
    },
  };
}

/** A person as rows and answers show them. */
export function faceView(context: ViewContext, { name, url, photo, initials }: ShownPerson): FaceView {
  return { name, url, avatar: photo === null ? null : context.avatar(photo), initials };
}

function responseView(input: ViewInput, post: Post, page: number, response: ShownResponse): ResponseView {
  const { answers, protocol } = response;
  const isOnlyHere = protocol === "comment";
  return {
    id: response.id,
    href: isOnlyHere
      ? input.context.urls.path(placePath(input, post, { page, id: response.id }))
      : `#${response.id}`,
    author: faceView(input.context, response.author),
    isOwn: response.isOwn,
    date: response.date,
    html: response.html,
    excerpt: response.excerpt,
    source: isOnlyHere ? null : response.url,
    host: response.host,
    protocol,
    title: response.title,
    site: response.site,
    rsvp: response.rsvp,
    reactions: response.reactions,
    answers:
      answers === null
        ? null
        : {
            name: answers.name,
            href:
              answers.page === page
                ? `#${answers.id}`
                : input.context.urls.path(placePath(input, post, answers)),
          },
    isLong: response.isLong,
    replies: response.replies.map((reply) => {
      const view = responseView(input, post, page, reply);
      return { ...view, answers: view.answers ?? answeredAbove(reply, response) };
    }),
  };
}

/** Whom a reply answers that stands right below; nobody is told to have answered themselves. */
function answeredAbove(reply: ShownResponse, { id, author }: ShownResponse): ResponseView["answers"] {
  return reply.author.name === author.name ? null : { name: author.name, href: `#${id}` };
}

/** Answers on these pages that say something; where there are none, the people who reacted. */
function olderCount(pages: readonly ConversationPage[]): number {
  const said = pages.flatMap(({ threads, trackbacks, mentions }) => [...threads, ...trackbacks, ...mentions]);
  return withReplies(said) || pages.flatMap((page) => REACTIONS.flatMap((kind) => page[kind])).length;
}

function withReplies(responses: readonly ShownResponse[]): number {
  return responses.reduce((sum, { replies }) => sum + 1 + withReplies(replies), 0);
}
