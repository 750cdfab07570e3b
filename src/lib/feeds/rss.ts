/**
 * RSS 2.0 through @astrojs/rss. The package knows neither stable ids nor several authors, reads its `customData` as
 * numbers where it can ("007" would lose its zeros), and writes an item anew for each document that it's in. So it
 * writes items and channels apart, and XML of our own is put into them. (Custom data would be parsed anew for each
 * item, which takes a quarter of the package's time: an item's own XML goes after its date.)
 */
import { getRssString } from "@astrojs/rss";
import type { FeedHead } from "./feed-head.ts";
import type { FeedItemFacts } from "./feed-item.ts";
import type { FilledItem } from "./filled-item.ts";
import { instant } from "./instant.ts";
import { CONTENT, cleanText, element, textElement, xmlHead } from "./xml.ts";

const NAMESPACES = {
  atom: "http://www.w3.org/2005/Atom",
  content: "http://purl.org/rss/1.0/modules/content/",
  dc: "http://purl.org/dc/elements/1.1/",
  fh: "http://purl.org/syndication/history/1.0",
  slash: "http://purl.org/rss/1.0/modules/slash/",
  thr: "http://purl.org/syndication/thread/1.0",
  wfw: "http://wellformedweb.org/CommentAPI/",
};

const XML_DECLARATION = /^<\?xml[^>]*\?>/;
const GUID = /<guid isPermaLink="true">[^<]*<\/guid>/;
const DATE = "</pubDate>";
const ITEM = /<item>.*?<\/item>/gs;
const SLOT = "<slot>0</slot>";

/** One RSS document. */
export async function rssDocument(head: FeedHead, items: readonly FilledItem[]): Promise<Buffer[]> {
  const xml = await getRssString({
    title: cleanText(head.title),
    description: cleanText(head.description),
    site: head.homeUrl,
    xmlns: { ...NAMESPACES },
    customData: SLOT,
    items: [],
  });
  const channel = xml
    .replace(XML_DECLARATION, () => xmlHead(head.styleSheet))
    .replace(SLOT, () => channelElements(head));
  const end = channel.lastIndexOf("</channel>");
  return [
    Buffer.from(channel.slice(0, end)),
    ...items.flatMap(({ rss }) => rss),
    Buffer.from(`${channel.slice(end)}\n`),
  ];
}

/** Items as elements, the same in every document that they are in, with {@link CONTENT} for their content. */
export async function rssItems(items: readonly FeedItemFacts[]): Promise<string[]> {
  const xml = await getRssString({
    title: "Items",
    description: "Items",
    site: "https://items.example/",
    items: items.map((facts) => ({
      title: cleanText(facts.title),
      link: facts.url,
      description: cleanText(facts.summary),
      pubDate: new Date(facts.published),
      categories: facts.tags.map(cleanText),
      ...(facts.conversation === null ? {} : { commentsUrl: facts.conversation.url }),
    })),
  });
  const written = xml.match(ITEM) ?? [];
  if (written.length !== items.length) throw new Error(`${items.length} items became ${written.length}`);
  return items.map((facts, index) =>
    (written[index] ?? "").replace(GUID, "").replace(DATE, (date) => date + itemElements(facts)),
  );
}

function channelElements(head: FeedHead): string {
  const atomLink = (rel: string, href: string | null, type: string | null = null): string =>
    href === null ? "" : element("atom:link", { rel, type, href });
  return [
    textElement("language", head.lang),
    textElement("lastBuildDate", new Date(head.updated).toUTCString()),
    textElement("generator", "Backfence"),
    head.licence === null ? "" : textElement("copyright", `${head.licence.name} (${head.licence.url})`),
    atomLink("self", head.selfUrl, "application/rss+xml"),
    head.isArchive ? atomLink("current", head.currentUrl, "application/rss+xml") : "",
    atomLink("prev-archive", head.previousArchiveUrl),
    atomLink("next-archive", head.nextArchiveUrl),
    atomLink("hub", head.hub),
    atomLink("license", head.licence?.url ?? null),
    head.isArchive ? element("fh:archive", {}) : "",
  ].join("");
}

function itemElements(facts: FeedItemFacts): string {
  const { conversation } = facts;
  return [
    textElement("guid", facts.id, { isPermaLink: "false" }),
    ...facts.authors.map(({ name }) => textElement("dc:creator", name)),
    textElement("dc:language", facts.lang),
    textElement("atom:updated", instant(facts.updated)),
    ...facts.inReplyTo.map((url) => element("thr:in-reply-to", { ref: url, href: url })),
    ...(conversation === null
      ? []
      : [
          textElement("wfw:commentRss", conversation.feedUrl),
          textElement("slash:comments", String(conversation.count)),
        ]),
    element("content:encoded", {}, CONTENT),
  ].join("");
}
