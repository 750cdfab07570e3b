/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
import { isoInZone } from "../content/dates.ts";
import type { Feed, FeedHead, FeedItem } from "./feed.ts";

/** Returns the text of a JSON Feed file. */
export async function jsonFeed(feed: Feed): Promise<string> {
  const { head, items } = await feed.load();
  const text = JSON.stringify({
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
    items: items.map((item) => jsonItem(item, head.timeZone)),
  });
  return `${text}\n`;
}

function jsonItem(item: FeedItem, timeZone: FeedHead["timeZone"]) {
  const { conversation, enclosures, inReplyTo } = item;
  return {
    id: item.id,
    url: item.url,
    title: item.title ?? undefined,
    summary: item.summary ?? undefined,
    content_html: item.content,
    image: item.imageUrl ?? undefined,
    date_published: isoInZone(item.published, timeZone),
    date_modified: isoInZone(item.updated, timeZone),
    authors: item.authors.map(({ name, url }) => ({ name, url: url ?? undefined })),
    tags: item.tags,
    language: item.lang ?? undefined,
    attachments:
      enclosures.length === 0
        ? undefined
        : enclosures.map(({ url, type, bytes }) => ({ url, mime_type: type, size_in_bytes: bytes })),
    _backfence: {
      responses:
        conversation === null
          ? undefined
          : { url: conversation.url, feed_url: conversation.feedUrl, count: conversation.count },
      in_reply_to: inReplyTo.length === 0 ? undefined : inReplyTo.map(({ ref }) => ref),
    },
  };
}
