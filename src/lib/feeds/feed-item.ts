/** One list of items, from which all formats are written. */
import type { Author, Blog, Post } from "../content/model.ts";
import type { SiteUrls } from "../site/urls.ts";
import { hashOf } from "../cache/file-cache.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import { type Conversation, latestOf } from "./conversations.ts";
import { entryId } from "./feed-ids.ts";

/** A picture at an absolute address. */
export interface FeedPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly credit: string | null;
}

export interface FeedPerson {
  readonly name: string;
  readonly url: string;
}

/** Where the conversation about a post is read and followed. */
export interface FeedConversation {
  readonly url: string;
  readonly feedUrl: string;
  readonly count: number;
  /** Instant of the newest response, null when there is none. */
  readonly updated: string | null;
}

/** All that any format shows of a post, but the text of its body. */
export interface FeedItem {
  readonly post: Post;
  readonly facts: FeedItemFacts;
  /** Hash of what `facts` are made from, the body's key included. */
  readonly digest: string;
}

export interface FeedItemFacts {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly summary: string;
  /** Instants, ISO 8601 in UTC. `updated` moves when the author declares an edit; `published` never does. */
  readonly published: string;
  readonly updated: string;
  readonly authors: readonly FeedPerson[];
  readonly tags: readonly string[];
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly contentNote: string | null;
  readonly question: string | null;
  readonly cover: FeedPicture | null;
  readonly bodyKey: string;
  readonly conversation: FeedConversation | null;
  /** Addresses elsewhere that the post replies to. */
  readonly inReplyTo: readonly string[];
}

/** What turns a post into an item, beside the post itself. */
export interface FeedItemContext {
  readonly urls: SiteUrls;
  /** Tells this blog's ids from those of other blogs; empty when site.yaml gives none. */
  readonly blogId: string;
  /** The cover as readers of a feed see it, null when there is none. */
  cover(post: Post): FeedPicture | null;
  /** Hash of a post's answers; null where it isn't known. */
  responsesHash(post: Post): string | null;
}

/** The items of the blog's published posts, in the order of `blog.posts`: newest first. */
export function feedItems(
  blog: Blog,
  conversations: ReadonlyMap<string, Conversation>,
  context: FeedItemContext,
): FeedItem[] {
  const authors = new Map(blog.authors.map((author) => [author.id, author]));
  const factsAbout = memoizeWeak((conversation: Conversation) =>
    conversationFacts(conversation, context.urls),
  );
  return blog.posts
    .filter((post) => post.visibility === "published")
    .map((post) => {
      const own = factsOf(post, authors, context);
      const conversation = conversations.get(post.slug);
      const facts = {
        ...own,
        get conversation() {
          return conversation === undefined ? null : factsAbout(conversation);
        },
      };
      const answers =
        conversation === undefined
          ? ""
          : `${context.responsesHash(post) ?? JSON.stringify(facts.conversation)} ${post.comments}`;
      return { post, facts, digest: hashOf(JSON.stringify(own), answers) };
    });
}

function factsOf(
  post: Post,
  authors: ReadonlyMap<string, Author>,
  { urls, blogId, cover }: FeedItemContext,
): Omit<FeedItemFacts, "conversation"> {
  return {
    id: entryId(blogId, post.id),
    url: urls.absolute(urls.postPath(post.slug)),
    title: post.title,
    summary: post.description || post.body.excerpt || post.title,
    published: post.date,
    updated: post.updated !== null && post.updated > post.date ? post.updated : post.date,
    authors: post.authors.map((id) => ({
      name: authors.get(id)?.name ?? id,
      url: urls.absolute(urls.authorPath(id)),
    })),
    tags: post.tags,
    lang: post.lang,
    dir: post.dir,
    contentNote: post.contentNote,
    question: post.question,
    cover: cover(post),
    bodyKey: post.body.key,
    inReplyTo: post.answering.filter(({ kind }) => kind === "in-reply-to").map(({ url }) => url),
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
