/** RSS 2.0 with @astrojs/rss. Elements without an option in the package are custom data (docs.astro.build, "RSS"). */
import { getRssString, type RSSFeedItem } from "@astrojs/rss";
import { parseFragment } from "parse5";
import { isoInZone, rfc822InZone } from "../content/dates.ts";
import { cleanXml, escapeHtml, escapeXml } from "../escape.ts";
import type { Feed, FeedHead, FeedItem } from "./feed.ts";
import { element, type XmlAttributes } from "./xml.ts";

const NAMESPACES = {
  atom: "http://www.w3.org/2005/Atom",
  content: "http://purl.org/rss/1.0/modules/content/",
  dc: "http://purl.org/dc/elements/1.1/",
  fh: "http://purl.org/syndication/history/1.0",
  slash: "http://purl.org/rss/1.0/modules/slash/",
  thr: "http://purl.org/syndication/thread/1.0",
  wfw: "http://wellformedweb.org/CommentAPI/",
};

/** Returns the text of an RSS file. */
export async function rssXml(feed: Feed): Promise<string> {
  const { head, items } = await feed.load();
  const xml = await getRssString({
    title: titleText(head.title),
    description: escapeHtml(cleanXml(head.description)),
    site: head.homeUrl,
    xmlns: { ...NAMESPACES },
    stylesheet: head.styleSheet,
    customData: channelData(head),
    items: items.map((item) => rssItem(item, head.timeZone)),
  });
  return `${xml}\n`;
}

/**
 * `guid` and `pubDate` in the custom data replace the package's defaults: the address as `guid`, and a `pubDate` in
 * UTC, where the day may differ from the author's.
 */
function rssItem(item: FeedItem, timeZone: FeedHead["timeZone"]): RSSFeedItem {
  const { title, conversation, enclosures } = item;
  const [enclosure] = enclosures;
  return {
    ...(title === null ? {} : { title: titleText(title) }),
    link: item.url,
    description: escapeHtml(cleanXml(item.summary ?? "")),
    categories: item.tags.map(cleanXml),
    content: cleanXml(item.content),
    ...(conversation === null ? {} : { commentsUrl: conversation.url }),
    ...(enclosure === undefined
      ? {}
      : { enclosure: { url: enclosure.url, length: enclosure.bytes, type: enclosure.type } }),
    customData: itemData(item, timeZone),
  };
}

function channelData(head: FeedHead): string {
  const { licence } = head;
  return [
    data("language", head.lang),
    data("lastBuildDate", rfc822InZone(head.updated, head.timeZone)),
    data("generator", "Backfence"),
    licence === null ? "" : data("copyright", `${licence.name} (${licence.url})`),
    atomLink("self", head.selfUrl, "application/rss+xml"),
    head.isArchive ? atomLink("current", head.currentUrl, "application/rss+xml") : "",
    atomLink("prev-archive", head.previousArchiveUrl),
    atomLink("next-archive", head.nextArchiveUrl),
    atomLink("hub", head.hub),
    atomLink("license", licence?.url ?? null),
    head.isArchive ? element("fh:archive", {}) : "",
  ].join("");
}

function itemData(
  { id, authors, lang, published, updated, inReplyTo, conversation }: FeedItem,
  timeZone: FeedHead["timeZone"],
): string {
  return [
    data("guid", id, { isPermaLink: "false" }),
    data("pubDate", rfc822InZone(published, timeZone)),
    ...authors.map(({ name }) => data("dc:creator", name)),
    lang === null ? "" : data("dc:language", lang),
    data("atom:updated", isoInZone(updated, timeZone)),
    ...inReplyTo.map((reference) => element("thr:in-reply-to", { ...reference })),
    ...(conversation === null
      ? []
      : [data("wfw:commentRss", conversation.feedUrl), data("slash:comments", String(conversation.count))]),
  ].join("");
}

function atomLink(rel: string, href: string | null, type: string | null = null): string {
  return href === null ? "" : element("atom:link", { rel, type, href });
}

/**
 * Returns an element of custom data. The package parses custom data and converts text such as `007` and `1e5` to
 * numbers; splitting the text into CDATA sections of one character prevents this.
 */
function data(name: string, text: string, attributes: XmlAttributes = {}): string {
  const isNumberLike = /^\s*[+-]?[\d.][\w.+-]*\s*$/.test(text);
  const xml = isNumberLike
    ? Array.from(cleanXml(text), (character) => `<![CDATA[${character}]]>`).join("")
    : escapeXml(text);
  return element(name, attributes, xml);
}

/**
 * Converts plain text to an RSS title. Some feed readers show titles as text, others as HTML; a title that would change
 * when parsed as HTML, such as “the <b> tag”, is escaped.
 */
function titleText(title: string): string {
  const clean = cleanXml(title);
  return /[<&]/.test(clean) && textOfHtml(clean) !== clean ? escapeHtml(clean) : clean;
}

function textOfHtml(html: string): string | null {
  const { childNodes } = parseFragment(html);
  const [only] = childNodes;
  return childNodes.length === 1 && only !== undefined && "value" in only ? only.value : null;
}
