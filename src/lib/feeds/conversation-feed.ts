/** Atom feeds of what was answered: one for each post with a conversation, one for the whole blog (RFC 4685). */
import { memoizeWeak } from "../memoize-weak.ts";
import type { Post } from "../content/model.ts";
import type { Settings } from "../site/settings.ts";
import type { SiteUrls } from "../site/urls.ts";
import { atomFeed, lines, link, person } from "./atom.ts";
import { type Conversation, type SpokenResponse, latestOf } from "./conversations.ts";
import { entryId, feedId, responseId } from "./feed-ids.ts";
import type { FeedHead } from "./feed-head.ts";
import { NEVER, instantOfMs } from "./instant.ts";
import { element, escapeXml, textElement, type XmlAttributes } from "./xml.ts";

export interface ConversationContext {
  readonly settings: Settings;
  readonly urls: SiteUrls;
  readonly blogId: string;
  /** The text of a response as HTML that is safe to show. */
  responseHtml(response: SpokenResponse): string;
  /** Where a response to a post is found on the site: site path with its anchor. */
  responsePath(post: Post, response: SpokenResponse): string;
}

/** The feed of one post's conversation. */
export function conversationFeed(conversation: Conversation, context: ConversationContext): string {
  const { post, responses } = conversation;
  const { settings, urls } = context;
  const selfUrl = urls.absolute(urls.responsesFeedPath(post.slug));
  const head = headOf(context, {
    id: feedId(context.blogId, `responses ${post.id}`),
    title: `${post.title} · ${settings.title}`,
    description: post.description || settings.title,
    lang: post.lang,
    homeUrl: `${urls.absolute(urls.postPath(post.slug))}#responses`,
    selfUrl,
    updated: latestOf(responses) ?? post.date,
  });
  return atomFeed(head, entriesOf([conversation], settings.feedItems, context));
}

/** The feed of all conversations of the blog. */
export function allConversationsFeed(
  conversations: readonly Conversation[],
  context: ConversationContext,
): string {
  const { settings, urls } = context;
  const head = headOf(context, {
    id: feedId(context.blogId, "responses"),
    title: settings.title,
    description: settings.description || settings.title,
    lang: settings.lang,
    homeUrl: urls.absolute("/"),
    selfUrl: urls.absolute(urls.responsesFeedPath()),
    updated:
      latestOf(conversations.flatMap(({ responses }) => responses)) ?? conversations[0]?.post.date ?? NEVER,
  });
  return atomFeed(head, entriesOf(conversations, settings.feedItems, context));
}

function headOf(
  { settings, urls }: ConversationContext,
  own: Pick<FeedHead, "id" | "title" | "description" | "lang" | "homeUrl" | "selfUrl" | "updated">,
): FeedHead {
  return {
    ...own,
    currentUrl: own.selfUrl,
    isArchive: false,
    previousArchiveUrl: null,
    nextArchiveUrl: null,
    hub: settings.hub,
    licence: null,
    blog: { title: settings.title, url: urls.absolute("/") },
    styleSheet: urls.path("/feed.css"),
  };
}

/** Entries of the newest responses, whichever post they answer. */
function entriesOf(
  conversations: readonly Conversation[],
  count: number,
  context: ConversationContext,
): string[] {
  const parentOf = memoizeWeak((post: Post) => ({
    ref: entryId(context.blogId, post.id),
    href: context.urls.absolute(context.urls.postPath(post.slug)),
    type: "text/html",
  }));
  return conversations
    .flatMap(({ post, responses }) => responses.slice(0, count).map((response) => ({ post, response })))
    .sort((a, b) => b.response.publishedMs - a.response.publishedMs || compare(a.post.slug, b.post.slug))
    .slice(0, count)
    .map(({ post, response }) => entry(post, response, parentOf(post), context));
}

/** @param answered the post, as an entry names what it answers. */
function entry(
  post: Post,
  response: SpokenResponse,
  answered: XmlAttributes,
  context: ConversationContext,
): string {
  const { record, publishedMs, updatedMs, answers } = response;
  const { urls, blogId } = context;
  const idOf = (protocol: string, wmId: string | number): string =>
    responseId(blogId, post.id, protocol, wmId);
  const parent = answers === null ? answered : { ref: idOf(answers["wm-protocol"], answers["wm-id"]) };
  return element(
    "entry",
    {},
    ...lines([
      textElement("id", idOf(record["wm-protocol"], record["wm-id"])),
      textElement("title", titleOf(response)),
      link("alternate", urls.absolute(context.responsePath(post, response)), { type: "text/html" }),
      link("via", record.url),
      textElement("published", instantOfMs(publishedMs)),
      textElement("updated", instantOfMs(updatedMs)),
      person("author", record.author.name || record.site || record.url, record.author.url ?? null),
      element("thr:in-reply-to", parent),
      element("content", { type: "html" }, escapeXml(context.responseHtml(response))),
    ]),
    "\n",
  );
}

/** A response seldom has a title of its own; then its author and first words stand for it. */
function titleOf({ record }: SpokenResponse): string {
  if (record.name !== undefined && record.name.trim() !== "") return record.name;
  const text = (record.content?.text ?? record.summary ?? "").replaceAll(/\s+/g, " ").trim();
  const words = text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH).trimEnd()}…` : text;
  return [record.author.name, words].filter((part) => part !== "").join(": ") || record.url;
}

const TITLE_LENGTH = 60;

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
