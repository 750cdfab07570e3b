import { hashOf } from "../cache/file-cache.ts";
import type { Post } from "../posts/model.ts";
import type { PostResponse } from "../responses/model.ts";
import {
  placesOf,
  splitConversation,
  type ConversationPage,
  type ResponsePlace,
} from "../responses/split-conversation.ts";
import { conversationOf, type Conversation } from "../responses/threads.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";

/** A post's conversation as its pages show it. */
export interface PostConversation {
  readonly counts: Conversation["counts"];
  readonly reactions: Conversation["reactions"];
  /** The post's own page first. */
  readonly pages: readonly ConversationPage[];
}

/** Part of the key of what is kept: rises when the same records would be shown in another way. */
const VERSION = "1";

/** Below this many responses it costs less to sort and sanitise them again than to read what was kept. */
const FEW = 4;

/** Estimated compressed bytes of a page that continues a conversation. */
const FURTHER_PAGE = 40_000;

/** Ids of a post's page besides its headings. */
const PAGE_IDS = ["main", "display", "responses", "respond", "replySource", "replyHint"];

/** A post's conversation, sorted into threads and pages and sanitised; kept between builds as long as nothing changed. */
export function postConversation(input: ViewInput, index: BlogIndex, post: Post): PostConversation {
  const records = index.responsesOf(post);
  const { kept } = input.context;
  if (kept === null || records.length < FEW) return conversationNow(input, post, records);
  const { siteUrl, takenIds } = optionsFor(input, post);
  const key = hashOf(
    VERSION,
    JSON.stringify([records, siteUrl, [...takenIds], firstPage(post), FURTHER_PAGE]),
  );
  const found = kept.readText(key);
  if (found !== null) return JSON.parse(found);
  const made = conversationNow(input, post, records);
  kept.write(key, JSON.stringify(made));
  return made;
}

/** Where each response of a post stands: its page and its anchor. */
export function responsePlaces(
  input: ViewInput,
  post: Post,
  records: readonly PostResponse[],
): Map<PostResponse, ResponsePlace> {
  return placesOf(records, optionsFor(input, post), firstPage(post), FURTHER_PAGE);
}

/** Site path of a response in its conversation, with its anchor. */
export function placePath({ context: { urls } }: ViewInput, post: Post, place: ResponsePlace): string {
  const page = place.page === 1 ? urls.postPath(post.slug) : urls.responsesPath(post.slug, place.page);
  return `${page}#${place.id}`;
}

/** Looks up where responses stand, a post's all at once when the first of them is asked for. */
export function conversationPlaces(
  input: ViewInput,
): (post: Post, response: { readonly record: PostResponse }) => string {
  const known = new Map<string, Map<PostResponse, ResponsePlace>>();
  return (post, { record }) => {
    const places = known.get(post.slug) ?? responsePlaces(input, post, input.blog.responses[post.slug] ?? []);
    known.set(post.slug, places);
    return placePath(input, post, places.get(record) ?? { page: 1, id: "responses" });
  };
}

function conversationNow(input: ViewInput, post: Post, records: readonly PostResponse[]): PostConversation {
  const conversation = conversationOf(records, optionsFor(input, post));
  return {
    counts: conversation.counts,
    reactions: conversation.reactions,
    pages: splitConversation(conversation, firstPage(post), FURTHER_PAGE),
  };
}

function optionsFor({ blog }: ViewInput, post: Post): { siteUrl: string; takenIds: ReadonlySet<string> } {
  const taken = [...PAGE_IDS, ...post.body.headings.map((heading) => heading.id)];
  return { siteUrl: blog.settings.url, takenIds: new Set(taken) };
}

/**
 * Estimated bytes for the answers on the post's own page, which may weigh 20 KB with its styles and scripts: a long
 * text leaves less of that.
 */
function firstPage(post: Post): number {
  return Math.min(12_000, Math.max(2500, 13_000 - 6.5 * post.body.words));
}
