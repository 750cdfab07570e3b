import type { ArchiveBuilder } from "../archive-builder.ts";
import type { EntryState } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import { anyDate, sqlDate } from "./source-dates.ts";
import { addWordpressComment } from "./wordpress-comment.ts";
import type { WordpressComment } from "./wordpress-comment.ts";
import { sortMetadata } from "./wordpress-metadata.ts";
import { childrenOf, childText } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";
import { percentDecoded } from "../../percent-decoded.ts";

/** Kinds of posts that are no text of the blog, and why they aren't written. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  nav_menu_item: "menus belong to the theme",
  custom_css: "styles belong to the theme",
  customize_changeset: "settings of the theme",
  wp_navigation: "menus belong to the theme",
  wp_global_styles: "styles belong to the theme",
  wp_template: "templates belong to the theme",
  wp_template_part: "templates belong to the theme",
  wp_font_family: "fonts belong to the theme",
  wp_font_face: "fonts belong to the theme",
  oembed_cache: "a cache",
  revision: "an older version",
  amp_validated_url: "a cache",
};
/** Messages from contact forms are private. */
const MAIL_TYPES = new Set([
  "feedback",
  "flamingo_inbound",
  "flamingo_contact",
  "wpforms",
  "nf_sub",
  "shop_order",
]);

/** Adds one `<item>`: a post, page or attachment, with its comments. */
export function addWordpressItem(
  item: XmlNode,
  comments: readonly WordpressComment[],
  builder: ArchiveBuilder,
): void {
  const { ledger } = builder;
  const type = childText(item, "wp:post_type") || "post";
  if (type === "attachment") {
    const id = addAttachment(item, builder);
    for (const comment of comments) addWordpressComment(comment, id, builder);
    return;
  }
  const other = OTHER_TYPES[type];
  if (other === undefined && !MAIL_TYPES.has(type)) {
    const id = addEntry(item, type, builder);
    for (const comment of comments) addWordpressComment(comment, id, builder);
    return;
  }
  const record = ledger.read("entry");
  const parts = [
    ...builder.readAll("section", 2),
    ...builder.readAll("metadata key", childrenOf(item, "wp:postmeta").length),
    ...builder.readAll("comment", comments.length),
  ];
  if (other === undefined) {
    noteMail(item, builder);
    ledger.settleAll([record, ...parts], "private");
  } else for (const part of [record, ...parts]) ledger.settle(part, "ignored", `${type}: ${other}`);
}

/** @returns the id by which comments name it. */
function addEntry(item: XmlNode, type: string, builder: ArchiveBuilder): string {
  const { archive, ledger } = builder;
  const record = ledger.read("entry");
  const id =
    childText(item, "wp:post_id") ||
    builder.madeId(childText(item, "guid"), childText(item, "link"), childText(item, "title"));
  const creator = childText(item, "dc:creator");
  const meta = sortMetadata(item, builder);
  const parts = [...meta.parts, ...builder.readAll("section", 2)];
  const link = childText(item, "link");
  const slug = childText(item, "wp:post_name");
  const categories = childrenOf(item, "category");
  const coAuthors = categories.filter(({ attributes }) => attributes["domain"] === "author");
  const title = decodeEntities(childText(item, "title"));
  const date =
    sqlDate(childText(item, "wp:post_date_gmt"), "Z") ??
    sqlDate(childText(item, "wp:post_date")) ??
    anyDate(childText(item, "pubDate"));
  const guid = childText(item, "guid");
  archive.entries.push({
    record,
    parts,
    id,
    kind: type === "page" ? "page" : "post",
    state: stateOf(item),
    title,
    slug: percentDecoded(slug || meta.slug),
    date,
    updated: sqlDate(childText(item, "wp:post_modified_gmt"), "Z"),
    authors: unique(
      coAuthors.length > 0 ? coAuthors.map((node) => node.attributes["nicename"] ?? node.text) : [creator],
    ).filter((key) => key !== ""),
    tags: tagsOf(categories),
    body: builder.store(childText(item, "content:encoded")),
    format: /<!-- wp:/.test(childText(item, "content:encoded")) ? "html" : "text",
    description: meta.description ?? (decodeEntities(childText(item, "excerpt:encoded")) || null),
    addresses: [link, ...oldAddresses(link, slug, meta.oldSlugs), guid].filter((address) =>
      /^https?:/.test(address),
    ),
    comments: childText(item, "wp:comment_status") === "open" || type === "page" ? "open" : "closed",
    lang: null,
    series: null,
    isPinned: childText(item, "wp:is_sticky") === "1",
    cover: meta.thumbnail === null ? null : { src: `attachment:${meta.thumbnail}`, alt: "" },
    raw: { ...(type === "post" || type === "page" ? {} : { post_type: type }), ...meta.raw },
    folder: "",
  });
  return id;
}

/** @returns the id by which comments name it, which belongs to no entry. */
function addAttachment(item: XmlNode, builder: ArchiveBuilder): string {
  const { archive, ledger } = builder;
  const record = ledger.read("attachment");
  const meta = sortMetadata(item, builder, "attachment");
  archive.attachments.push({
    record,
    parts: meta.parts,
    id: childText(item, "wp:post_id"),
    url: childText(item, "wp:attachment_url") || childText(item, "guid"),
    alt: meta.alt ?? decodeEntities(childText(item, "title")),
    caption: decodeEntities(childText(item, "excerpt:encoded")),
  });
  return `attachment ${childText(item, "wp:post_id")}`;
}

function stateOf(item: XmlNode): EntryState {
  if (childText(item, "wp:post_password") !== "") return "protected";
  switch (childText(item, "wp:status")) {
    case "publish":
    case "":
      return "public";
    case "draft":
    case "auto-draft":
    case "inherit":
      return "draft";
    case "pending":
      return "pending";
    case "future":
      return "scheduled";
    case "trash":
      return "trashed";
    default:
      return "private";
  }
}

function tagsOf(categories: readonly XmlNode[]): string[] {
  const names = categories.flatMap(({ attributes, text }) => {
    const { domain = "category" } = attributes;
    const isTag = domain === "category" || domain === "post_tag" || domain === "tag";
    const name = decodeEntities(text.trim());
    return isTag && !/^uncategori[sz]ed$/i.test(name) ? [name] : [];
  });
  return unique(names.filter((name) => name !== ""));
}

function oldAddresses(link: string, slug: string, oldSlugs: readonly string[]): string[] {
  if (slug === "" || !link.includes(slug)) return [];
  return oldSlugs.map((old) => link.replace(slug, old));
}

/** The addresses of people who wrote through a form, which may be in comments as well. */
function noteMail(item: XmlNode, { secrets }: ArchiveBuilder): void {
  for (const [email] of childText(item, "content:encoded").matchAll(/[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g))
    secrets.addEmail(email);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()))];
}
