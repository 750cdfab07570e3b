/** Items with their texts, written in every format. */
import type { Post } from "../posts/model.ts";
import { atomEntry } from "./atom.ts";
import { feedContent } from "./feed-content.ts";
import type { FeedItem } from "./feed-item.ts";
import { jsonItem } from "./json-feed.ts";
import { rssItems } from "./rss.ts";
import { escapeClean } from "./xml.ts";

/** An item as the formats show it: finished bytes. */
export interface FilledItem {
  readonly atom: Buffer;
  readonly rss: Buffer;
  readonly json: Buffer;
}

type BodyHtml = (post: Post) => string | Promise<string>;

/** Writes each item once for all the documents that it's in, as long as it's among the latest used. */
export function filler(bodyHtml: BodyHtml): (items: readonly FeedItem[]) => Promise<readonly FilledItem[]> {
  const filled = new Map<string, Promise<FilledItem | undefined>>();
  return async (items) => {
    const fresh = items.filter(({ digest }) => !filled.has(digest));
    const filling = fillItems(fresh, bodyHtml);
    for (const [index, { digest }] of fresh.entries())
      filled.set(
        digest,
        filling.then((done) => done[index]),
      );
    const wanted = items.map(({ digest }) => filled.get(digest));
    for (const digest of filled.keys().take(Math.max(0, filled.size - KEPT_ITEMS))) filled.delete(digest);
    return (await Promise.all(wanted)).filter((item) => item !== undefined);
  };
}

/** Some thirty megabytes: enough for the newest posts of all tags of a large blog. */
const KEPT_ITEMS = 2_000;

async function fillItems(items: readonly FeedItem[], bodyHtml: BodyHtml): Promise<FilledItem[]> {
  if (items.length === 0) return [];
  const texts = await Promise.all(
    items.map(async ({ facts, post }) => {
      const content = feedContent(facts, await bodyHtml(post));
      return { facts, content, contentXml: escapeClean(content) };
    }),
  );
  const rss = await rssItems(texts);
  return texts.map(({ facts, content, contentXml }, index) => ({
    atom: Buffer.from(atomEntry(facts, contentXml)),
    rss: Buffer.from(rss[index] ?? ""),
    json: Buffer.from(jsonItem(facts, content)),
  }));
}
