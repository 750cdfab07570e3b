/**
 * Blogger: the Atom file that it exported until 2024, and Google Takeout's `feed.atom`. They differ in how they express
 * kinds, states and parents.
 */
import type { ArchiveBuilder } from "../archive-builder.ts";
import { decodeEntities } from "../html/entities.ts";
import { addBloggerComment } from "./blogger-comment.ts";
import { bloggerAuthor, kindOf, stateOf } from "./blogger-kinds.ts";
import { audioHtml } from "./audio-html.ts";
import { anyDate } from "./source-dates.ts";
import { childOf, childrenOf, childText, innerMarkup, readXmlRecords } from "./xml-records.ts";
import type { XmlFaults, XmlNode } from "./xml-records.ts";

export interface BloggerOptions {
  /** Address of the blog, for Takeout, whose entries only have paths. */
  readonly siteUrl: string | null;
}

/** Reads either kind of Blogger export. */
export function readBlogger(
  text: Iterable<string>,
  builder: ArchiveBuilder,
  options: BloggerOptions,
): XmlFaults {
  const { site } = builder.archive;
  if (options.siteUrl !== null) site.url ??= options.siteUrl;
  return readXmlRecords(text, {
    records: new Set(["entry"]),
    onHeader: ({ name, attributes, text: value }, parent) => {
      if (parent !== "feed") return;
      if (name === "title") site.title ??= decodeEntities(value) || null;
      if (name === "link" && attributes["rel"] === "alternate") site.url ??= attributes["href"] ?? null;
    },
    onRecord: (entry) => {
      addEntry(entry, builder);
    },
  });
}

function addEntry(entry: XmlNode, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const kind = kindOf(entry);
  if (kind === "comment") return addBloggerComment(entry, builder);
  const record = ledger.read("entry");
  if (kind === "settings" || kind === "template" || kind === null) {
    readSetting(entry, builder);
    ledger.settle(
      record,
      "ignored",
      kind === "template" ? "templates belong to the theme" : "settings of the old blog",
    );
    return;
  }
  const parts = builder.readAll("section", 1);
  const alternate = childrenOf(entry, "link").find(({ attributes }) => attributes["rel"] === "alternate");
  const path = childText(entry, "blogger:filename");
  const address = alternate?.attributes["href"] ?? (path === "" ? "" : absolute(path, archive.site.url));
  const author = bloggerAuthor(entry, builder);
  const content = innerMarkup(childOf(entry, "content"));
  const sounds = enclosuresOf(entry).filter((file) => !content.includes(file));
  for (const _ of sounds) parts.push(ledger.read("metadata key"));
  const published = anyDate(childText(entry, "published"));
  archive.entries.push({
    record,
    parts: [...parts, ...extras(entry, builder)],
    id: childText(entry, "id") || builder.madeId(address, childText(entry, "title"), published ?? ""),
    kind: kind === "page" ? "page" : "post",
    state: stateOf(entry),
    title: decodeEntities(childText(entry, "title")),
    slug: /([^/]+?)(?:\.html?)?$/.exec(address)?.[1] ?? "",
    date: published,
    updated: null,
    authors: author === null ? [] : [author],
    tags: labelsOf(entry),
    body: builder.store([...sounds.map(audioHtml), content].join("\n")),
    format: /<(?:p|br|div)\b/i.test(content) ? "html" : "text",
    description: decodeEntities(childText(entry, "blogger:metaDescription")) || null,
    addresses: address === "" ? [] : [address],
    comments: "open",
    lang: null,
    series: null,
    isPinned: false,
    cover: null,
    raw: placeOf(entry),
    folder: "",
  });
}

/** Podcast files. */
function enclosuresOf(entry: XmlNode): string[] {
  return childrenOf(entry, "link").flatMap(({ attributes: { rel, href = "" } }) =>
    rel === "enclosure" && /^https?:/.test(href) ? [href] : [],
  );
}

/** Optional elements of an entry, each of which is a separate record. */
function extras(entry: XmlNode, { ledger }: ArchiveBuilder): number[] {
  const parts: number[] = [];
  for (const { name, text } of entry.children) {
    if (name === "georss:point" || name === "georss:featurename" || name === "blogger:location")
      parts.push(ledger.read("metadata key"));
    else if (name === "blogger:metaDescription" && text.trim() !== "")
      parts.push(ledger.read("metadata key"));
    else if (name === "media:thumbnail") ledger.ignore("metadata key", "a smaller copy of a picture");
    else if (name === "gd:extendedProperty") ledger.ignore("metadata key", "state of the old server");
  }
  return parts;
}

function placeOf(entry: XmlNode): Record<string, string> {
  const location = childOf(entry, "blogger:location");
  const name =
    childText(entry, "georss:featurename") || (location === null ? "" : childText(location, "blogger:name"));
  const point =
    childText(entry, "georss:point") ||
    (location === null
      ? ""
      : `${childText(location, "blogger:latitude")} ${childText(location, "blogger:longitude")}`.trim());
  return { ...(name === "" ? {} : { place: name }), ...(point === "" ? {} : { point }) };
}

function labelsOf(entry: XmlNode): string[] {
  const labels = childrenOf(entry, "category").flatMap(({ attributes }) => {
    const { scheme = "", term = "" } = attributes;
    return scheme.endsWith("#kind") || term === "" ? [] : [decodeEntities(term)];
  });
  return [...new Set(labels)];
}

/** Reads time zone, description and language from an entry with a setting. */
function readSetting(entry: XmlNode, { archive }: ArchiveBuilder): void {
  const id = childText(entry, "id");
  const value = childText(entry, "content");
  if (id.endsWith("BLOG_TIME_ZONE")) archive.site.timeZone ??= value || null;
  if (id.endsWith("BLOG_DESCRIPTION")) archive.site.description ??= decodeEntities(value) || null;
  if (id.endsWith("BLOG_LOCALE")) archive.site.lang ??= value.replace("_", "-") || null;
}

function absolute(path: string, siteUrl: string | null): string {
  return siteUrl === null ? path : new URL(path, siteUrl).href;
}
