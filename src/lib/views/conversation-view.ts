import type { CommentsState, Post } from "../content/model.ts";
import { curlyQuotes } from "../curly-quotes.ts";
import { hasConversationFeed } from "../feeds/conversations.ts";
import { hostOf, truncateAtWord } from "../responses/clean-text.ts";
import type { ResponseProtocol } from "../responses/model.ts";
import type { ShownPerson, ShownResponse } from "../responses/shown-response.ts";
import type { ConversationPage } from "../responses/split-conversation.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { PictureSource, ViewContext, ViewInput } from "./context.ts";
import { conversationMap, placesHref, type ConversationMapView } from "./conversation-pagination.ts";
import { NO_WAYS, replyHref, waysView, type WaysView } from "./reply-options.ts";
import { distinctHues, hueOf, type HueChooser } from "./face-hue.ts";
import { placePath, type PostConversation } from "./conversation-pages.ts";

/** One response as a page shows it. */
export interface ResponseView {
  /** Anchor on the page; old anchors are kept. */
  readonly id: string;
  /** Permalink: with its page where the response is published here only, else the anchor alone. */
  readonly href: string;
  readonly author: FaceView;
  /** Whether one of the blog's authors wrote it. */
  readonly isOwn: boolean;
  readonly date: string;
  /** Sanitised; empty when there is nothing to read. */
  readonly html: string;
  readonly excerpt: string | null;
  /** Address of the original; null when it was published here only. */
  readonly source: string | null;
  /** Host that it came from; null when that is this site. */
  readonly host: string | null;
  readonly protocol: ResponseProtocol;
  /** Title of what a trackback or mention came from. */
  readonly title: string | null;
  readonly site: string | null;
  readonly rsvp: string | null;
  readonly reactions: ShownResponse["reactions"];
  /** The response it replies to, where that isn't directly above. */
  readonly answers: { readonly name: string; readonly href: string } | null;
  readonly isLong: boolean;
  /** Address of a form for replying to it without an account. */
  readonly replyHref: string | null;
  readonly replies: readonly ResponseView[];
}

/** A person's name and picture. */
export interface FaceView {
  readonly name: string;
  /** The person's profile. */
  readonly url: string | null;
  /** Address of the stored picture with the base path; without one the initials are drawn. */
  readonly avatar: string | null;
  /** Portrait of an author of the blog. */
  readonly portrait: PictureSource | null;
  readonly initials: string;
  /** Number of the tint behind the initials. */
  readonly hue: number;
}

/** Responses without words. */
export const REACTIONS = ["likes", "reposts", "bookmarks", "rsvps"] as const;

export type ReactionKind = (typeof REACTIONS)[number];

/** People who reacted, the first of them first; on the post's own page `total` counts those on other pages, too. */
export interface FacesView {
  readonly total: number;
  readonly faces: readonly ResponseView[];
}

/** The conversation on one page. */
export interface ConversationPartView {
  readonly threads: readonly ResponseView[];
  readonly trackbacks: readonly ResponseView[];
  readonly mentions: readonly ResponseView[];
  readonly reactions: Readonly<Record<ReactionKind, FacesView>>;
}

export interface ConversationView extends WaysView {
  readonly state: Exclude<CommentsState, "off">;
  /** Responses of all kinds, on this page and the pages that continue it. */
  readonly total: number;
  /** Comments, trackbacks and mentions, on this page and the pages that continue it. */
  readonly responses: number;
  readonly shown: ConversationPartView;
  /** GitHub's reactions to the post, counted. */
  readonly emoji: PostConversation["reactions"];
  /** The page that continues the conversation, and the number of comments, trackbacks and mentions after those here. */
  readonly more: { readonly href: string; readonly count: number } | null;
  readonly map: ConversationMapView | null;
  /** Address of the file with the anchors of each page, for links to a response on another page. */
  readonly placesHref: string | null;
  /** Null where comments are closed. */
  readonly feedHref: string | null;
  /** Whether the page offers any way to respond. */
  readonly hasWays: boolean;
}

/** The conversation under a post; null when there is nothing to show: comments off, or no response and no way to respond. */
export function conversationView(
  input: ViewInput,
  index: BlogIndex,
  post: Post,
  conversation: PostConversation,
): ConversationView | null {
  if (post.comments === "off") return null;
  const { urls } = input.context;
  const { counts, pages, reactions } = conversation;
  const isOpen = post.comments === "open";
  const ways = isOpen ? waysView(input, index, post) : NO_WAYS;
  const hasWays = Object.values(ways).some((way) => way !== null);
  if (counts.total === 0 && reactions.length === 0 && !hasWays) return null;
  const responses = spokenIn(counts);
  const shown = partView(input, post, conversation, pages[0]);
  const further = responses - spokenOn(pages[0]);
  return {
    state: post.comments,
    total: counts.total,
    responses,
    shown,
    emoji: reactions,
    more:
      pages[1] === undefined
        ? null
        : { href: urls.path(urls.responsesPath(post.slug, pages[1].number)), count: further },
    map: conversationMap(input, post, conversation, 1),
    placesHref: placesHref(input, post, conversation),
    feedHref:
      isOpen && hasConversationFeed(post, index.responsesOf(post))
        ? urls.path(urls.responsesFeedPath(post.slug))
        : null,
    ...ways,
    hasWays,
  };
}

/** The conversation on a page. */
export function partView(
  input: ViewInput,
  post: Post,
  { counts }: PostConversation,
  page: ConversationPage | undefined,
): ConversationPartView {
  const number = page?.number ?? 1;
  const place = { input, post, page: number, hueFor: distinctHues() };
  const view = (response: ShownResponse) => responseView(place, response);
  const facesOf = (kind: ReactionKind): FacesView => {
    const faces = (page?.[kind] ?? []).map(view);
    return { total: number === 1 ? counts[kind] : faces.length, faces };
  };
  return {
    threads: inOrder(page?.threads ?? [], view),
    trackbacks: (page?.trackbacks ?? []).map(view),
    mentions: (page?.mentions ?? []).map(view),
    reactions: {
      likes: facesOf("likes"),
      reposts: facesOf("reposts"),
      bookmarks: facesOf("bookmarks"),
      rsvps: facesOf("rsvps"),
    },
  };
}

/** A person as lists of people and responses show them. */
export function faceView(
  context: ViewContext,
  { name, url, photo, initials }: ShownPerson,
  hueFor: HueChooser = hueOf,
): FaceView {
  return {
    name,
    url,
    avatar: photo === null ? null : context.avatar(photo),
    portrait: null,
    initials,
    hue: hueFor(url ?? name, initials),
  };
}

/** The page on which responses are shown. */
interface ShownOn {
  readonly input: ViewInput;
  readonly post: Post;
  readonly page: number;
  readonly hueFor: HueChooser;
}

function responseView(place: ShownOn, response: ShownResponse): ResponseView {
  const { input, post, page, hueFor } = place;
  const { answers, protocol } = response;
  const isOnlyHere = protocol === "comment";
  const isMention = response.kind === "mention-of" && protocol !== "trackback";
  const title = response.title ?? (isMention ? firstWords(response.excerpt) : null);
  const face = faceView(input.context, response.author, hueFor);
  const host = isOnlyHere || response.host === hostOf(input.blog.settings.url) ? null : response.host;
  return {
    id: response.id,
    href: isOnlyHere
      ? input.context.urls.path(placePath(input, post, { page, id: response.id }))
      : `#${response.id}`,
    author: response.isOwn ? { ...face, portrait: portraitOf(input, face) } : face,
    isOwn: response.isOwn,
    date: response.date,
    html: curlyQuotes(response.html, post.lang),
    excerpt: response.excerpt && curlyQuotes(response.excerpt, post.lang),
    source: isOnlyHere ? null : response.url,
    host,
    protocol,
    title: title && curlyQuotes(title, post.lang),
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
    replyHref: replyHref(input, post, response.url),
    replies: inOrder(response.replies, (reply) => responseView(place, reply)),
  };
}

/** What stands for the title of a page without one, such as a post on a network. */
function firstWords(excerpt: string | null): string | null {
  return excerpt && truncateAtWord(excerpt, 90);
}

/** Views of a list; a response names the one it replies to only where that isn't directly above. */
function inOrder(
  responses: readonly ShownResponse[],
  view: (response: ShownResponse) => ResponseView,
): ResponseView[] {
  return responses.map((response, at) => {
    const above = responses[at - 1];
    const isBelow = above !== undefined && above.replies.length === 0 && above.id === response.answers?.id;
    return isBelow ? { ...view(response), answers: null } : view(response);
  });
}

/** The portrait of the blog's author who wrote a response. Only for responses that are known to be by an author. */
function portraitOf({ blog, context }: ViewInput, { name, url }: FaceView): PictureSource | null {
  const { urls } = context;
  const author =
    blog.authors.find(({ id }) => urls.authorUrl(id) === url) ??
    blog.authors.find((one) => one.name === name);
  const photo = author?.photo ?? null;
  return photo === null ? null : context.picture(photo.file, "photo");
}

function spokenIn(counts: PostConversation["counts"]): number {
  return counts.comments + counts.trackbacks + counts.mentions;
}

/** Responses on a page that say something. */
function spokenOn(page: ConversationPage | undefined): number {
  return page === undefined ? 0 : withReplies([...page.threads, ...page.trackbacks, ...page.mentions]);
}

function withReplies(responses: readonly ShownResponse[]): number {
  return responses.reduce((sum, { replies }) => sum + 1 + withReplies(replies), 0);
}
