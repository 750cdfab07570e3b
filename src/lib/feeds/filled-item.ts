/** Items with their texts, written in every format. */
import type { Post } from "../content/model.ts";
import { atomEntry } from "./atom.ts";
import { feedContent } from "./feed-content.ts";
import type { FeedItem } from "./feed-item.ts";
import { jsonItem } from "./json-feed.ts";
import { rssItems } from "./rss.ts";
import { CONTENT, escapeClean } from "./xml.ts";

/** An item as the formats show it: finished bytes, in pieces where two formats share one. */
export interface FilledItem {
  readonly atom: readonly Buffer[];
  readonly rss: readonly Buffer[];
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

/** Some forty megabytes: enough for the newest posts of all tags of a large blog. */
const KEPT_ITEMS = 2_500;

async function fillItems(items: readonly FeedItem[], bodyHtml: BodyHtml): Promise<FilledItem[]> {
  if (items.length === 0) return [];
  const contents = await Promise.all(
    items.map(async ({ facts, post }) => feedContent(facts, await bodyHtml(post))),
  );
  const rss = await rssItems(items.map(({ facts }) => facts));
  return items.map(({ facts }, index) => {
    const content = contents[index] ?? "";
    const contentXml = Buffer.from(escapeClean(content));
    return {
      atom: around(contentXml, atomEntry(facts)),
      rss: around(contentXml, rss[index] ?? ""),
      json: Buffer.from(jsonItem(facts, content)),
    };
  });
}

/** The bytes of an element that has its content where {@link CONTENT} stands. */
function around(contentXml: Buffer, xml: string): Buffer[] {
  const at = xml.indexOf(CONTENT);
  return [Buffer.from(xml.slice(0, at)), contentXml, Buffer.from(xml.slice(at + CONTENT.length))];
}
