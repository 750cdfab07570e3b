import { hashOf } from "../cache/file-cache.ts";
import type { Blog, Post } from "../content/model.ts";
import type { PostResponse } from "../responses/model.ts";
import { blogOwner } from "../responses/own-responses.ts";
import type { ShownResponse } from "../responses/shown-response.ts";
import {
  isWithin,
  PAGE_LIMITS,
  splitConversation,
  type ConversationPage,
  type ResponsePlace,
} from "../responses/split-conversation.ts";
import { anchorsOf, conversationOf, type Conversation, type ThreadOptions } from "../responses/threads.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";

/** A post's conversation as its pages show it. */
export interface PostConversation {
  readonly counts: Conversation["counts"];
  readonly reactions: Conversation["reactions"];
  /** The post's own page first. */
  readonly pages: readonly ConversationPage[];
}

/** Below these numbers of responses it costs less to sort and sanitise them again than to read what was kept. */
const FEW = { withHtml: 4, inAll: 60 } as const;

/** Ids of a post's page besides its headings. */
const PAGE_IDS = ["main", "display", "responses", "respond", "replySource", "replyHint"];

/** A post's conversation, sorted into threads and pages and sanitised; kept between builds as long as nothing changed. */
export function postConversation(input: ViewInput, index: BlogIndex, post: Post): PostConversation {
  const isAskedForOnce = isOnOnePage(index, post);
  return isAskedForOnce ? keptConversation(input, index, post) : longConversation(input, index, post);
}

type Maker<Made> = (input: ViewInput, index: BlogIndex, post: Post) => Made;

/**
 * Remembers what was made of a post and its answers for as long as both are there: a build plans twice, before and after
 * it knows the text of posts with imports of their own, and most posts are the same in both plans.
 */
function perPost<Made>(make: Maker<Made>): Maker<Made> {
  interface Known {
    readonly records: readonly PostResponse[];
    readonly siteUrl: string;
    readonly authors: Blog["authors"];
    readonly made: Made;
  }
  const known = new WeakMap<Post, Known>();
  return (input, index, post) => {
    const records = index.responsesOf(post);
    const siteUrl = input.blog.settings.url;
    const last = known.get(post);
    const { authors } = input.blog;
    if (last?.records === records && last.siteUrl === siteUrl && last.authors === authors) return last.made;
    const made = make(input, index, post);
    known.set(post, { records, siteUrl, authors, made });
    return made;
  };
}

const longConversation = perPost(keptConversation);

/** Whether all of a conversation surely fits on the post's own page; costs less than to sort it. */
export function isOnOnePage(index: BlogIndex, post: Post): boolean {
  const records = index.responsesOf(post);
  const known = short.get(records);
  if (known !== undefined) return known;
  const isShort = isWithin(records);
  short.set(records, isShort);
  return isShort;
}

const short = new WeakMap<readonly PostResponse[], boolean>();

function keptConversation(input: ViewInput, index: BlogIndex, post: Post): PostConversation {
  const records = index.responsesOf(post);
  const withHtml = records.filter(({ content }) => content?.html !== undefined).length;
  const isCheap = withHtml < FEW.withHtml && records.length < FEW.inAll;
  const make = (): PostConversation => conversationNow(input, post, records);
  return isCheap ? make() : keptOf("whole", input, index, post, make);
}

/**
 * Anchors of each of a conversation's pages, the post's own first: little to read where the whole is much. Empty where
 * there is one page only.
 */
export function idsByPage(input: ViewInput, index: BlogIndex, post: Post): string[][] {
  return isOnOnePage(index, post) ? [] : longIds(input, index, post);
}

const longIds = perPost((input, index, post) =>
  keptOf("ids", input, index, post, () => {
    const { pages } = postConversation(input, index, post);
    return pages.length < 2 ? [] : pages.map(idsOn);
  }),
);

/** Cached results for a conversation, valid while its responses and page limits are the same. */
function keptOf<Made extends object>(
  what: string,
  input: ViewInput,
  index: BlogIndex,
  post: Post,
  make: () => Made,
): Made {
  const { kept, responsesHash } = input.context;
  if (kept === null) return make();
  const { siteUrl, sites, accounts, takenIds } = optionsFor(input, post);
  const answers = responsesHash(post) ?? JSON.stringify(index.responsesOf(post));
  const room = [post.comments, siteUrl, sites, accounts, [...takenIds], PAGE_LIMITS];
  const key = hashOf(what, answers, JSON.stringify(room));
  const found = kept.readText(key);
  if (found !== null) return JSON.parse(found);
  const made = make();
  kept.write(key, JSON.stringify(made));
  return made;
}

/** Site path of a response in its conversation, with its anchor. */
export function placePath({ context: { urls } }: ViewInput, post: Post, place: ResponsePlace): string {
  const page = place.page === 1 ? urls.postPath(post.slug) : urls.responsesPath(post.slug, place.page);
  return `${page}#${place.id}`;
}

/** Looks up where responses are, a post's all at once when the first of them is asked for. */
export function conversationPlaces(
  input: ViewInput,
  index: BlogIndex,
): (post: Post, response: { readonly record: PostResponse }) => string {
  return (post, { record }) =>
    placePath(input, post, placesIn(input, index, post).get(record) ?? { page: 1, id: "responses" });
}

const placesIn = perPost((input, index, post): Map<PostResponse, ResponsePlace> => {
  const pageOf = new Map<string, number>();
  for (const [at, ids] of idsByPage(input, index, post).entries()) {
    for (const id of ids) pageOf.set(id, at + 1);
  }
  const anchors = anchorsOf(index.responsesOf(post), optionsFor(input, post).takenIds);
  const places = new Map<PostResponse, ResponsePlace>();
  for (const [record, id] of anchors) places.set(record, { page: pageOf.get(id) ?? 1, id });
  return places;
});

/** All anchors of a page. */
function idsOn(page: ConversationPage): string[] {
  const idsIn = (response: ShownResponse): string[] => [response.id, ...response.replies.flatMap(idsIn)];
  const { threads, trackbacks, mentions, likes, reposts, bookmarks, rsvps } = page;
  return [threads, trackbacks, mentions, likes, reposts, bookmarks, rsvps].flat().flatMap(idsIn);
}

function conversationNow(input: ViewInput, post: Post, records: readonly PostResponse[]): PostConversation {
  const conversation = conversationOf(records, optionsFor(input, post));
  const { counts, reactions } = conversation;
  const pages = splitConversation(conversation);
  return { counts, reactions, pages };
}

function optionsFor(
  { blog, context }: ViewInput,
  post: Post,
): ThreadOptions & { takenIds: ReadonlySet<string> } {
  const taken = [...PAGE_IDS, ...post.body.headings.map((heading) => heading.id)];
  return { ...blogOwner(blog), pictureAddress: (name) => context.avatar(name), takenIds: new Set(taken) };
}
