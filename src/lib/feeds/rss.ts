/**
 * RSS 2.0 through @astrojs/rss. The package knows neither stable ids nor several authors, reads its `customData` as
 * numbers where it can ("007" would lose its zeros), and escapes a text anew for each document that it's in. So it's
 * given numbered slots, which are then filled with XML of our own.
 */
import { getRssString } from "@astrojs/rss";
import type { FilledItem } from "./atom.ts";
import type { FeedHead } from "./feed-head.ts";
import { instant } from "./instant.ts";
import { cleanText, element, textElement, xmlHead } from "./xml.ts";

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
const GUID = /<guid isPermaLink="true">[^<]*<\/guid>/g;
const SLOT = /<slot>(\d+)<\/slot>/g;

/** One RSS document. */
export async function rssDocument(head: FeedHead, items: readonly FilledItem[]): Promise<string> {
  const xml = await getRssString({
    title: cleanText(head.title),
    description: cleanText(head.description),
    site: head.homeUrl,
    xmlns: { ...NAMESPACES },
    customData: "<slot>0</slot>",
    items: items.map(({ facts }, index) => ({
      title: cleanText(facts.title),
      link: facts.url,
      description: cleanText(facts.summary),
      pubDate: new Date(facts.published),
      categories: facts.tags.map(cleanText),
      ...(facts.conversation === null ? {} : { commentsUrl: facts.conversation.url }),
      customData: `<slot>${index + 1}</slot>`,
    })),
  });
  const slots = [channelElements(head), ...items.map(itemElements)];
  return `${xml
    .replace(XML_DECLARATION, () => xmlHead(head.styleSheet))
    .replaceAll(GUID, "")
    .replaceAll(SLOT, (_, slot: string) => slots[Number(slot)] ?? "")}\n`;
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

function itemElements({ facts, contentXml }: FilledItem): string {
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
    element("content:encoded", {}, contentXml),
  ].join("");
}
