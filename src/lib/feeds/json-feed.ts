/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
import type { FeedHead } from "./feed-head.ts";
import type { FeedItemFacts } from "./feed-item.ts";
import type { FilledItem } from "./filled-item.ts";
import { instant } from "./instant.ts";

/** One JSON Feed document. */
export function jsonFeedDocument(head: FeedHead, items: readonly FilledItem[]): Buffer[] {
  const empty = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: head.title,
    description: head.description,
    home_page_url: head.homeUrl,
    feed_url: head.selfUrl,
    next_url: head.previousArchiveUrl ?? undefined,
    language: head.lang,
    authors: [{ name: head.blog.title, url: head.blog.url }],
    hubs: head.hub === null ? undefined : [{ type: "WebSub", url: head.hub }],
    _backfence: { generator: "Backfence", licence: head.licence ?? undefined },
    items: [],
  });
  const parts = items.flatMap(({ json }, index) => (index === 0 ? [json] : [COMMA, json]));
  return [Buffer.from(empty.slice(0, -END.length)), ...parts, Buffer.from(`${END}\n`)];
}

const COMMA = Buffer.from(",");

/** How a document ends: its items come last. */
const END = "]}";

/** An item as JSON, the same in every document that it's in. @param content its content as HTML. */
export function jsonItem(facts: FeedItemFacts, content: string): string {
  const { conversation, cover, inReplyTo } = facts;
  return JSON.stringify({
    id: facts.id,
    url: facts.url,
    title: facts.title,
    summary: facts.summary,
    content_html: content,
    image: cover?.url,
    date_published: instant(facts.published),
    date_modified: instant(facts.updated),
    authors: facts.authors,
    tags: facts.tags,
    language: facts.lang,
    _backfence: {
      responses:
        conversation === null
          ? undefined
          : { url: conversation.url, feed_url: conversation.feedUrl, count: conversation.count },
      in_reply_to: inReplyTo.length === 0 ? undefined : inReplyTo,
    },
  });
}
