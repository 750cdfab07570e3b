/** Atom (RFC 4287) with threading (RFC 4685), archives (RFC 5005) and licences (RFC 4946). */
import type { FeedHead } from "./feed-head.ts";
import type { FeedItemFacts } from "./feed-item.ts";
import type { FilledItem } from "./filled-item.ts";
import { instant } from "./instant.ts";
import { CONTENT, element, startTag, textElement, xmlHead } from "./xml.ts";

/** One Atom document. */
export function atomDocument(head: FeedHead, items: readonly FilledItem[]): Buffer[] {
  const parts = items.flatMap(({ atom }) => [NEW_LINE, ...atom]);
  return [Buffer.from(atomStart(head)), ...parts, ATOM_END];
}

/** An Atom document around finished entries. */
export function atomFeed(head: FeedHead, entries: readonly string[]): string {
  return [atomStart(head), ...lines(entries), ATOM_END].join("");
}

const NEW_LINE = Buffer.from("\n");
const ATOM_END = Buffer.from("\n</feed>\n");

/** All that stands before the first entry. */
function atomStart(head: FeedHead): string {
  const namespaces = {
    xmlns: "http://www.w3.org/2005/Atom",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
    "xmlns:fh": "http://purl.org/syndication/history/1.0",
    "xml:lang": head.lang,
  };
  return `${xmlHead(head.styleSheet)}${startTag("feed", namespaces)}${lines(feedElements(head)).join("")}`;
}

function feedElements(head: FeedHead): string[] {
  return [
    textElement("id", head.id),
    textElement("title", head.title),
    textElement("subtitle", head.description),
    textElement("updated", instant(head.updated)),
    person("author", head.blog.title, head.blog.url),
    link("alternate", head.homeUrl, { type: "text/html", hreflang: head.lang }),
    link("self", head.selfUrl, { type: "application/atom+xml" }),
    head.isArchive ? link("current", head.currentUrl, { type: "application/atom+xml" }) : "",
    optionalLink("prev-archive", head.previousArchiveUrl),
    optionalLink("next-archive", head.nextArchiveUrl),
    optionalLink("hub", head.hub),
    ...(head.licence === null
      ? []
      : [
          textElement("rights", `${head.licence.name} (${head.licence.url})`),
          link("license", head.licence.url),
        ]),
    textElement("generator", "Backfence"),
    head.isArchive ? element("fh:archive", {}) : "",
  ];
}

/** An item's entry, the same in every document that it's in, with {@link CONTENT} for its content. */
export function atomEntry(facts: FeedItemFacts): string {
  const { conversation } = facts;
  const parts = [
    textElement("id", facts.id),
    textElement("title", facts.title),
    link("alternate", facts.url, { type: "text/html", hreflang: facts.lang }),
    textElement("published", instant(facts.published)),
    textElement("updated", instant(facts.updated)),
    ...facts.authors.map(({ name, url }) => person("author", name, url)),
    ...facts.tags.map((tag) => element("category", { term: tag })),
    ...facts.inReplyTo.map((url) => element("thr:in-reply-to", { ref: url, href: url })),
    ...(conversation === null
      ? []
      : [
          link("replies", conversation.feedUrl, {
            type: "application/atom+xml",
            "thr:count": conversation.count,
            "thr:updated": conversation.updated === null ? null : instant(conversation.updated),
          }),
          textElement("thr:total", String(conversation.count)),
        ]),
    textElement("summary", facts.summary),
    element("content", { type: "html" }, CONTENT),
  ];
  return element("entry", { "xml:lang": facts.lang }, ...lines(parts), "\n");
}

/** A person construct; an address only where there is one. */
export function person(name: "author" | "contributor", who: string, url: string | null): string {
  return element(name, {}, textElement("name", who), url === null ? "" : textElement("uri", url));
}

/** A link element. */
export function link(
  rel: string,
  href: string,
  attributes: Readonly<Record<string, string | number | null>> = {},
): string {
  return element("link", { rel, ...attributes, href });
}

/** Each on a line of its own; empty ones left out. */
export function lines(parts: readonly string[]): string[] {
  return parts.filter((part) => part !== "").map((part) => `\n${part}`);
}

function optionalLink(rel: string, href: string | null): string {
  return href === null ? "" : link(rel, href);
}
