import type { CommentsState, Post } from "../posts/model.ts";
import type { PostResponse, ResponseProtocol } from "../responses/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { anchorOf, faceView, hostOf, initialsOf, responseTime, type FaceView } from "./person-marks.ts";
import { threadsOf, type Thread } from "./threads.ts";

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
  /** Whom it answers. */
  readonly answers: { readonly name: string; readonly anchor: string } | null;
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

export interface ReactionsView {
  readonly likes: FacesView;
  readonly reposts: FacesView;
  readonly bookmarks: FacesView;
  readonly rsvps: FacesView;
}

/** A row of people, the newest first; `total` counts those who aren't shown, too. */
export interface FacesView {
  readonly total: number;
  readonly faces: readonly FaceView[];
}

export interface ConversationView {
  readonly state: Exclude<CommentsState, "off">;
  /** All that is shown of any kind. */
  readonly total: number;
  readonly commentCount: number;
  /** Oldest conversation first. */
  readonly threads: readonly ResponseView[];
  readonly trackbacks: readonly ResponseView[];
  readonly mentions: readonly ResponseView[];
  readonly reactions: ReactionsView;
  /** The page with the conversations before those shown here. */
  readonly older: { readonly href: string; readonly count: number } | null;
  readonly feedHref: string;
  readonly giscus: GiscusView | null;
  readonly webmention: { readonly endpoint: string; readonly target: string } | null;
  readonly trackback: string | null;
  readonly mail: string | null;
}

/** Answers on the post's own page and on each of the pages that continue it. */
export const PAGE_SIZES = { first: 40, further: 100, faces: 30, lines: 40 } as const;

const LONG_TEXT = 1200;

/** The conversation under a post; null when there is none at all (`comments: off`). */
export function conversationView(input: ViewInput, index: BlogIndex, post: Post): ConversationView | null {
  if (post.comments === "off") return null;
  const { blog, context } = input;
  const { urls } = context;
  const responses = index.responsesOf(post);
  const parts = sortOut(responses);
  const pages = conversationPages(parts.comments);
  const older = pages.slice(1).reduce((sum, page) => sum + countAnswers(page), 0);
  const isOpen = post.comments === "open";
  const url = urls.absolute(urls.postPath(post.slug));
  return {
    state: post.comments,
    total: responses.length,
    commentCount: parts.comments.length,
    threads: (pages[0] ?? []).map((thread) => responseView(input, index, thread)),
    trackbacks: parts.trackbacks.map((response) => single(input, index, response)),
    mentions: parts.mentions.slice(-PAGE_SIZES.lines).map((response) => single(input, index, response)),
    reactions: {
      likes: faces(input, parts.likes),
      reposts: faces(input, parts.reposts),
      bookmarks: faces(input, parts.bookmarks),
      rsvps: faces(input, parts.rsvps),
    },
    older: older === 0 ? null : { href: urls.path(urls.responsesPath(post.slug, 2)), count: older },
    feedHref: urls.path(urls.responsesFeedPath(post.slug)),
    giscus: isOpen ? giscusView(input, post) : null,
    webmention:
      isOpen && blog.settings.webmention !== null
        ? { endpoint: blog.settings.webmention.endpoint, target: url }
        : null,
    trackback: isOpen ? trackbackUrl(input, post) : null,
    mail: isOpen ? mailTo(blog.settings.replyEmail, post.title, url) : null,
  };
}

/** The trackback address of a post when site.yaml gives one. */
export function trackbackUrl({ blog }: ViewInput, post: Post): string | null {
  return blog.settings.webmention?.trackback?.replace("{slug}", encodeURIComponent(post.slug)) ?? null;
}

/**
 * The conversations of a post in pages, newest conversations on the first; each page is oldest first. A thread is
 * never torn apart.
 */
export function conversationPages(comments: readonly PostResponse[]): Thread[][] {
  const pages: Thread[][] = [[]];
  let room: number = PAGE_SIZES.first;
  for (const thread of threadsOf(comments).toReversed()) {
    const size = countAnswers([thread]);
    if (size > room && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      room = PAGE_SIZES.further;
    }
    pages.at(-1)?.unshift(thread);
    room -= size;
  }
  return pages;
}

/** Answers in some threads, replies included. */
export function countAnswers(threads: readonly Thread[]): number {
  return threads.reduce((sum, thread) => sum + 1 + countAnswers(thread.replies), 0);
}

/** One thread with all its replies. */
export function responseView(
  input: ViewInput,
  index: BlogIndex,
  thread: Thread,
  parent: PostResponse | null = null,
): ResponseView {
  const { response } = thread;
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
    answers: parent === null ? null : { name: parent.author.name, anchor: anchorOf(parent) },
    isLong: (response.content?.text.length ?? 0) > LONG_TEXT,
    replies: thread.replies.map((reply) => responseView(input, index, reply, response)),
  };
}

interface Sorted {
  readonly comments: PostResponse[];
  readonly trackbacks: PostResponse[];
  readonly mentions: PostResponse[];
  readonly likes: PostResponse[];
  readonly reposts: PostResponse[];
  readonly bookmarks: PostResponse[];
  readonly rsvps: PostResponse[];
}

/** Sorts responses by what they do to the post. */
export function sortOut(responses: readonly PostResponse[]): Sorted {
  const sorted: Sorted = {
    comments: [],
    trackbacks: [],
    mentions: [],
    likes: [],
    reposts: [],
    bookmarks: [],
    rsvps: [],
  };
  for (const response of responses) sorted[shelfOf(response)].push(response);
  return sorted;
}

function shelfOf(response: PostResponse): keyof Sorted {
  if (response["wm-protocol"] === "trackback") return "trackbacks";
  switch (response["wm-property"]) {
    case "in-reply-to":
      return "comments";
    case "mention-of":
      return "mentions";
    case "like-of":
      return "likes";
    case "repost-of":
      return "reposts";
    case "bookmark-of":
      return "bookmarks";
    case "rsvp":
      return "rsvps";
  }
}

function single(input: ViewInput, index: BlogIndex, response: PostResponse): ResponseView {
  return responseView(input, index, { response, replies: [] });
}

function faces(input: ViewInput, responses: readonly PostResponse[]): FacesView {
  const newest = responses.toReversed().slice(0, PAGE_SIZES.faces);
  return { total: responses.length, faces: newest.map((response) => faceView(input.context, response)) };
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
