/** Atom (RFC 4287) with threading (RFC 4685), archives (RFC 5005) and licenses (RFC 4946). */
import { escapeXml } from "../escape.ts";
import type { Feed, FeedHead, FeedItem } from "./feed.ts";
import { isoInZone } from "../content/dates.ts";
import { firstWords } from "./first-words.ts";
import { element, textElement, type XmlAttributes } from "./xml.ts";

const NAMESPACES = {
  xmlns: "http://www.w3.org/2005/Atom",
  "xmlns:thr": "http://purl.org/syndication/thread/1.0",
  "xmlns:fh": "http://purl.org/syndication/history/1.0",
};
const ATOM_TYPE = "application/atom+xml";

/** Returns the text of an Atom file. */
export async function atomXml(feed: Feed): Promise<string> {
  const { head, items } = await feed.load();
  const style = `<?xml-stylesheet type="text/css" href="${escapeXml(head.styleSheet)}"?>`;
  const parts = [...headElements(head), ...items.map((item) => entry(item, head.timeZone))].filter(
    (part) => part !== "",
  );
  const root = element("feed", { ...NAMESPACES, "xml:lang": head.lang }, "\n", parts.join("\n"), "\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${style}\n${root}\n`;
}

function headElements(head: FeedHead): string[] {
  const { licence } = head;
  return [
    textElement("id", head.id),
    textElement("title", head.title),
    textElement("subtitle", head.description),
    textElement("updated", isoInZone(head.updated, head.timeZone)),
    person({ name: head.blog.title, url: head.blog.url }),
    link("alternate", head.homeUrl, { type: "text/html", hreflang: head.lang }),
    link("self", head.selfUrl, { type: ATOM_TYPE }),
    link("current", head.isArchive ? head.currentUrl : null, { type: ATOM_TYPE }),
    link("prev-archive", head.previousArchiveUrl),
    link("next-archive", head.nextArchiveUrl),
    link("hub", head.hub),
    licence === null ? "" : textElement("rights", `${licence.name} (${licence.url})`),
    link("license", licence?.url ?? null),
    textElement("generator", "Backfence"),
    head.isArchive ? element("fh:archive", {}) : "",
  ];
}

/** Uses a note's first words as its title, because Atom requires one (RFC 4287, section 4.2.14). */
function entry(item: FeedItem, timeZone: FeedHead["timeZone"]): string {
  const { conversation, lang } = item;
  const title = item.title ?? firstWords(item.summary ?? "");
  const parts = [
    textElement("id", item.id),
    textElement("title", title),
    link("alternate", item.url, { type: "text/html", hreflang: lang }),
    link("via", item.via),
    ...item.enclosures.map(({ url, type, bytes }) => link("enclosure", url, { type, length: bytes })),
    textElement("published", isoInZone(item.published, timeZone)),
    textElement("updated", isoInZone(item.updated, timeZone)),
    ...item.authors.map(person),
    ...item.tags.map((tag) => element("category", { term: tag })),
    ...item.inReplyTo.map((reference) => element("thr:in-reply-to", { ...reference })),
    ...(conversation === null
      ? []
      : [
          link("replies", conversation.feedUrl, {
            type: ATOM_TYPE,
            "thr:count": conversation.count,
            "thr:updated": conversation.updated === null ? null : isoInZone(conversation.updated, timeZone),
          }),
          textElement("thr:total", String(conversation.count)),
        ]),
    item.summary === null ? "" : textElement("summary", item.summary),
    textElement("content", item.content, { type: "html" }),
  ].filter((part) => part !== "");
  return element("entry", { "xml:lang": lang }, "\n", parts.join("\n"), "\n");
}

function person({ name, url }: { readonly name: string; readonly url: string | null }): string {
  return element("author", {}, textElement("name", name), url === null ? "" : textElement("uri", url));
}

function link(rel: string, href: string | null, attributes: XmlAttributes = {}): string {
  return href === null ? "" : element("link", { rel, ...attributes, href });
}
