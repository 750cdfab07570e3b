import { hashOf } from "../cache/file-cache.ts";
import type { Blog, Post } from "../content/model.ts";
import type { FileBytes, FileSpec } from "../site/outputs.ts";
import type { Settings } from "../site/settings.ts";
import type { FeedKind, SiteUrls } from "../site/urls.ts";
import { atomDocument } from "./atom.ts";
import { allConversationsFeed, conversationFeed } from "./conversation-feed.ts";
import { type Conversation, type SpokenResponse, conversationsOf } from "./conversations.ts";
import { feedChannels } from "./feed-channel.ts";
import { feedStyleSheet } from "./feed-css.ts";
import { type FeedDocument, feedDocuments } from "./feed-document.ts";
import { feedHead } from "./feed-head.ts";
import { type FeedItem, type FeedPicture, feedItems } from "./feed-item.ts";
import { type FilledItem, filler } from "./filled-item.ts";
import { jsonFeedDocument } from "./json-feed.ts";
import { rssDocument } from "./rss.ts";

export interface FeedContext {
  readonly urls: SiteUrls;
  /** The body as feeds show it: plain HTML with absolute addresses, without script and style. */
  bodyHtml(post: Post): string | Promise<string>;
  /** The cover at an absolute address, null when the post has none. */
  cover(post: Post): FeedPicture | null;
  /** Hash of a post's answers; null where it isn't known. */
  responsesHash(post: Post): string | null;
  /** The text of a response as HTML that is safe to show. */
  responseHtml(response: SpokenResponse): string;
  /** Where a response to a post is found on the site: site path with its anchor. */
  responsePath(post: Post, response: SpokenResponse): string;
}

interface Context extends FeedContext {
  /** Tells this blog's ids from those of other blogs; empty when site.yaml gives none. Never the domain. */
  readonly blogId: string;
}

const KINDS: readonly FeedKind[] = ["rss", "atom", "json"];

/**
 * All feeds of a blog and the style sheet that shows them in a browser. The keys are made from what the blog says and
 * the keys of the bodies; a body is read only when a feed with it is made.
 */
export function feedFiles(blog: Blog, own: FeedContext): FileSpec<FileBytes>[] {
  const context: Context = { ...own, blogId: blog.settings.id ?? "" };
  const conversations = conversationsOf(blog);
  const fill = filler(context.bodyHtml);
  const channels = feedChannels(blog, feedItems(blog, conversations, context), context);
  const documents = newestFirst(
    channels.flatMap((channel) => feedDocuments(channel, blog.settings.feedItems)),
  );
  const style = feedStyleSheet();
  return [
    ...documents.flatMap((document) =>
      KINDS.map((kind) => documentFile(document, kind, blog.settings, context.urls, fill)),
    ),
    ...conversationFiles(conversations, blog.settings, context),
    { path: "/feed.css", key: hashOf(style), make: () => Promise.resolve(style) },
  ];
}

/**
 * The newest documents of all feeds and then the archives: the newest posts are in several feeds, and filled items are
 * kept only for so long.
 */
function newestFirst(documents: readonly FeedDocument[]): FeedDocument[] {
  const { newest = [], archives = [] } = Object.groupBy(documents, ({ page }) =>
    page === 1 ? "newest" : "archives",
  );
  return [...newest, ...archives];
}

function documentFile(
  document: FeedDocument,
  kind: FeedKind,
  settings: Settings,
  urls: SiteUrls,
  fill: (items: readonly FeedItem[]) => Promise<readonly FilledItem[]>,
): FileSpec<FileBytes> {
  const head = feedHead(document, kind, settings, urls);
  const { channel, page, items } = document;
  return {
    path: urls.feedPath(kind, channel.scope, page),
    key: hashOf(kind, JSON.stringify(head), items.map(({ digest }) => digest).join()),
    make: async () => WRITERS[kind](head, await fill(items)),
  };
}

const WRITERS = { rss: rssDocument, atom: atomDocument, json: jsonFeedDocument } as const;

function conversationFiles(
  conversations: ReadonlyMap<string, Conversation>,
  settings: Settings,
  context: Context,
): FileSpec[] {
  const own = { settings, ...context };
  const all = [...conversations.values()];
  const digests = all.map((conversation) => digestOf(conversation, settings, context));
  const site = [settings.title, settings.description, settings.lang, settings.hub, settings.feedItems];
  const common = JSON.stringify([...site, context.urls.absolute("/"), context.blogId]);
  return [
    {
      path: context.urls.responsesFeedPath(),
      key: hashOf("all responses", common, digests.join()),
      make: () => Promise.resolve(allConversationsFeed(all, own)),
    },
    ...all.map((conversation, index) => ({
      path: context.urls.responsesFeedPath(conversation.post.slug),
      key: hashOf("responses", common, digests[index] ?? ""),
      make: () => Promise.resolve(conversationFeed(conversation, own)),
    })),
  ];
}

/**
 * Hash of what a conversation's feed is made from: its post, where on its pages the answers stand, and the answers.
 * Where their hash is known they needn't be looked at.
 */
function digestOf(
  conversation: Conversation,
  { feedItems: count }: Settings,
  { responsesHash }: FeedContext,
): string {
  const { id, slug, title, description, lang, date, body, comments } = conversation.post;
  const answers = responsesHash(conversation.post) ?? JSON.stringify(conversation.responses.slice(0, count));
  const places = [body.words, body.headings.map((heading) => heading.id)];
  return hashOf(JSON.stringify([id, slug, title, description, lang, date, comments, places]), answers);
}
