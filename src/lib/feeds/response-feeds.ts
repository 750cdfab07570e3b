/** Atom feeds of responses: one for each post with a conversation, one for the whole blog (RFC 4685). */
import { hashOf } from "../cache/file-cache.ts";
import type { Post } from "../content/model.ts";
import type { Settings } from "../site/settings.ts";
import type { SiteUrls } from "../site/urls.ts";
import { type Conversation, type SpokenResponse, latestOf } from "./conversations.ts";
import { entryId, feedId, responseId } from "./feed-ids.ts";
import type { Feed, FeedHead, FeedItem } from "./feed.ts";
import { siteHead } from "./head.ts";
import { firstWords } from "./first-words.ts";
import { NEVER, instantOfMs } from "./instant.ts";
import { webUri } from "./uri.ts";

export interface ResponseFeedContext {
  readonly urls: SiteUrls;
  /** Hash of a post's responses; null if unknown. */
  responsesHash(post: Post): string | null;
  /** The text of a response as sanitized HTML. */
  responseHtml(response: SpokenResponse): string;
  /** Site path of a response on a post's pages, with its anchor. */
  responsePath(post: Post, response: SpokenResponse): string;
}

/** Returns the feed of all conversations, then one feed per conversation. No response is read before `load`. */
export function responseFeeds(
  conversations: readonly Conversation[],
  settings: Settings,
  context: ResponseFeedContext,
): Feed[] {
  const { urls } = context;
  const digests = conversations.map((one) => digestOf(one, settings, context));
  const common = JSON.stringify(siteHead(settings, urls, { id: "", path: "" })) + settings.feedItems;
  const feedOf = (
    about: readonly Conversation[],
    path: string,
    key: string,
    own: Partial<FeedHead>,
  ): Feed => ({
    format: "atom",
    path,
    key: hashOf("responses", common, path, key),
    load: async () => {
      const latest = latestOf(about.flatMap(({ responses }) => responses));
      const head = siteHead(settings, urls, { id: feedId(settings.id ?? "", "responses"), path });
      const updated = latest ?? about[0]?.post.date ?? NEVER;
      return { head: { ...head, ...own, updated, licence: null }, items: itemsOf(about, settings, context) };
    },
  });
  return [
    feedOf(conversations, urls.responsesFeedPath(), digests.join(), {}),
    ...conversations.map((conversation, index) => {
      const { id, slug, title, description, lang } = conversation.post;
      const name = title || firstWords(description || conversation.post.body.excerpt);
      return feedOf([conversation], urls.responsesFeedPath(slug), digests[index] ?? "", {
        id: feedId(settings.id ?? "", `responses ${id}`),
        title: `${name} · ${settings.title}`,
        description: description || settings.title,
        lang,
        homeUrl: `${urls.absolute(urls.postPath(slug))}#responses`,
      });
    }),
  ];
}

/**
 * Hash of the inputs of a conversation feed: the post, the facts that decide on which page each response is, and the
 * responses. If the hash of the responses is known, they aren't read.
 */
function digestOf(
  conversation: Conversation,
  { feedItems: count }: Settings,
  { responsesHash }: ResponseFeedContext,
): string {
  const { id, slug, title, description, lang, date, body, comments } = conversation.post;
  const responses =
    responsesHash(conversation.post) ?? JSON.stringify(conversation.responses.slice(0, count));
  const places = [body.words, body.headings.map((heading) => heading.id), body.excerpt];
  return hashOf(JSON.stringify([id, slug, title, description, lang, date, comments, places]), responses);
}

/** Returns the newest responses across all given conversations. */
function itemsOf(
  conversations: readonly Conversation[],
  settings: Settings,
  context: ResponseFeedContext,
): FeedItem[] {
  const count = settings.feedItems;
  return conversations
    .flatMap(({ post, responses }) => responses.slice(0, count).map((response) => ({ post, response })))
    .sort((a, b) => b.response.publishedMs - a.response.publishedMs || compare(a.post.slug, b.post.slug))
    .slice(0, count)
    .map(({ post, response }) => itemOf(post, response, settings.id ?? "", context));
}

function itemOf(
  post: Post,
  response: SpokenResponse,
  blogId: string,
  { urls, responseHtml, responsePath }: ResponseFeedContext,
): FeedItem {
  const { record, publishedMs, updatedMs, parent } = response;
  const idOf = (one: typeof record): string => responseId(blogId, post.id, one["wm-protocol"], one["wm-id"]);
  const postUrl = urls.absolute(urls.postPath(post.slug));
  return {
    id: idOf(record),
    url: urls.absolute(responsePath(post, response)),
    title: titleOf(response),
    summary: null,
    published: instantOfMs(publishedMs),
    updated: instantOfMs(updatedMs),
    authors: [{ name: record.author.name || record.site || record.url, url: webUri(record.author.url) }],
    tags: [],
    lang: null,
    inReplyTo: [
      parent === null
        ? { ref: entryId(blogId, post.id), href: postUrl, type: "text/html" }
        : { ref: idOf(parent), href: null, type: null },
    ],
    via: webUri(record.url),
    conversation: null,
    imageUrl: null,
    enclosures: [],
    content: responseHtml(response),
  };
}

/** Few responses have a title; the fallback is the author and the first words. */
function titleOf({ record }: SpokenResponse): string {
  if (record.name !== undefined && record.name.trim() !== "") return record.name;
  const words = firstWords(record.content?.text ?? record.summary ?? "");
  return [record.author.name, words].filter((part) => part !== "").join(": ") || record.url;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
