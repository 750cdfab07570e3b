import { hashOf } from "../cache/file-cache.ts";
import type { Blog, Post } from "../content/model.ts";
import type { SiteUrls } from "../site/urls.ts";
import { feedContent, type FeedPicture } from "./content.ts";
import { type Conversation, latestOf } from "./conversations.ts";
import { entryId } from "./feed-ids.ts";
import type { FeedConversation, FeedEnclosure, FeedItem } from "./feed.ts";
import { webUri } from "./uri.ts";

/** Inputs for turning a post into an item, besides the post itself. */
export interface PostItemContext {
  readonly urls: SiteUrls;
  /** The body for feeds: plain HTML with absolute URLs, without scripts and styles. */
  bodyHtml(post: Post): string | Promise<string>;
  /** The cover with an absolute URL, null when the post has none. */
  cover(post: Post): FeedPicture | null;
  /** Audio files of the post, with absolute URLs. Default: none. */
  enclosures?(post: Post): readonly FeedEnclosure[];
  /** Hash of a post's responses; null if unknown. */
  responsesHash(post: Post): string | null;
}

/** A post listed in feeds. */
export interface PostEntry {
  readonly post: Post;
  /** Time of the post or of its last declared edit, ISO 8601 in UTC. */
  readonly updated: string;
  /** Hash of the item's content, with the body's key in place of the body. */
  readonly digest: string;
  load(): Promise<FeedItem>;
}

/** Returns the published posts in the order of `blog.posts`: newest first. */
export function postEntries(
  blog: Blog,
  conversations: ReadonlyMap<string, Conversation>,
  context: PostItemContext,
): PostEntry[] {
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  return blog.posts
    .filter((post) => post.visibility === "published")
    .map((post) => {
      const cover = context.cover(post);
      const own = ownFacts(post, names, cover, blog.settings.id ?? "", context);
      const conversation = conversations.get(post.slug);
      const spoken = () =>
        conversation === undefined ? null : conversationFacts(conversation, context.urls);
      const responses = conversation && (context.responsesHash(post) ?? JSON.stringify(spoken()));
      const shown = [own, cover, post.contentNote, post.question, post.dir, post.comments, post.body.key];
      return {
        post,
        updated: own.updated,
        digest: hashOf(JSON.stringify(shown), responses ?? ""),
        load: async () => ({
          ...own,
          conversation: spoken(),
          content: feedContent(post, cover, await context.bodyHtml(post)),
        }),
      };
    });
}

function ownFacts(
  post: Post,
  authors: ReadonlyMap<string, string>,
  cover: FeedPicture | null,
  blogId: string,
  { urls, enclosures }: PostItemContext,
): Omit<FeedItem, "conversation" | "content"> {
  const title = post.isTitled ? post.title : null;
  return {
    id: entryId(blogId, post.id),
    url: urls.absolute(urls.postPath(post.slug)),
    title,
    summary: post.description || post.body.excerpt || title,
    published: post.date,
    updated: post.updated !== null && post.updated > post.date ? post.updated : post.date,
    authors: post.authors.map((id) => ({
      name: authors.get(id) ?? id,
      url: urls.absolute(urls.authorPath(id)),
    })),
    tags: post.tags,
    lang: post.lang,
    inReplyTo: post.answering
      .filter(({ kind }) => kind === "in-reply-to")
      .flatMap(({ url }) => webUri(url) ?? [])
      .map((url) => ({ ref: url, href: url, type: null })),
    via: null,
    imageUrl: webUri(cover?.url),
    enclosures: enclosures?.(post) ?? [],
  };
}

function conversationFacts({ post, responses }: Conversation, urls: SiteUrls): FeedConversation {
  return {
    url: `${urls.absolute(urls.postPath(post.slug))}#responses`,
    feedUrl: urls.absolute(urls.responsesFeedPath(post.slug)),
    count: responses.length,
    updated: latestOf(responses),
  };
}
