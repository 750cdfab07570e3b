import type { ArchiveBuilder } from "../archive-builder.ts";
import type { StoredText } from "../../text-spool.ts";
import type { EntryState } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import type { RecordId } from "../ledger.ts";
import { audioHtml } from "./audio-html.ts";
import { anyDate, sqlDate } from "./source-dates.ts";
import { addWordpressComment } from "./wordpress-comment.ts";
import type { WordpressComment } from "./wordpress-comment.ts";
import { reusesBlocks, withBareEmbeds, withFootnotes } from "./wordpress-blocks.ts";
import { sortMetadata } from "./wordpress-metadata.ts";
import { childrenOf, childText } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";
import { percentDecoded } from "../../percent-decoded.ts";

/** Post types that aren't texts of the blog, and why they aren't written. */
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
  product_variation: "a variation of a product",
  wp_block: "a reusable block that isn't published",
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

/** References between items, which may precede or follow each other. */
export interface WordpressLinks {
  /** Reusable blocks by their ids. */
  readonly blocks: Map<string, ReusableBlock>;
  /** Ids of entries that contain reusable blocks. */
  readonly reusing: Set<string>;
  /** Post types with public pages. */
  readonly shownTypes: Set<string>;
  /** Whether the addresses of pages are paths; otherwise they're numbers in a query. */
  hasNames: boolean;
}

export interface ReusableBlock {
  readonly records: readonly RecordId[];
  readonly text: StoredText;
}

/** Adds one `<item>`: a post, page, attachment, guest author or reusable block, with its comments. */
export function addWordpressItem(
  item: XmlNode,
  comments: readonly WordpressComment[],
  links: WordpressLinks,
  builder: ArchiveBuilder,
): void {
  const { ledger } = builder;
  const type = childText(item, "wp:post_type") || "post";
  if (type === "guest-author") {
    addGuestAuthor(item, builder);
    return;
  }
  if (type === "wp_block" && stateOf(item) === "public") {
    addReusableBlock(item, links, builder);
    return;
  }
  if (type === "attachment") {
    const id = addAttachment(item, builder);
    for (const comment of comments) addWordpressComment(comment, id, builder);
    return;
  }
  const other = OTHER_TYPES[type];
  if (other === undefined && !MAIL_TYPES.has(type)) {
    const id = addEntry(item, type, links, builder);
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

/** @returns the entry's id, to which its comments refer. */
function addEntry(item: XmlNode, type: string, links: WordpressLinks, builder: ArchiveBuilder): string {
  const { archive, ledger } = builder;
  const record = ledger.read("entry");
  const id =
    childText(item, "wp:post_id") ||
    builder.madeId(childText(item, "guid"), childText(item, "link"), childText(item, "title"));
  const creator = childText(item, "dc:creator");
  const meta = sortMetadata(item, builder);
  const link = childText(item, "link");
  notePage(link, type, links);
  const slug = childText(item, "wp:post_name");
  const categories = childrenOf(item, "category");
  const coAuthors = categories.filter(({ attributes }) => attributes["domain"] === "author");
  const title = decodeEntities(childText(item, "title"));
  const date =
    sqlDate(childText(item, "wp:post_date_gmt"), "Z") ??
    sqlDate(childText(item, "wp:post_date")) ??
    anyDate(childText(item, "pubDate"));
  const guid = childText(item, "guid");
  const content = childText(item, "content:encoded");
  if (reusesBlocks(content)) links.reusing.add(id);
  const noted = meta.footnotes === "" ? null : withFootnotes(content, meta.footnotes);
  const body = withPlaceOfMore(withBareEmbeds(noted ?? content), id);
  const sounds = meta.enclosures.filter((address) => !content.includes(address)).map(audioHtml);
  const terms = otherTerms(categories);
  const parts = [
    ...meta.parts,
    ...builder.readAll("section", 2),
    ...builder.readAll("metadata key", Object.keys(terms).length),
  ];
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
    body: builder.store([...sounds, body].join("\n\n")),
    format: /<!-- wp:/.test(content) ? "html" : "text",
    description: meta.description ?? (decodeEntities(childText(item, "excerpt:encoded")) || null),
    addresses: [link, ...oldAddresses(link, slug, meta.oldSlugs), guid].filter((address) =>
      /^https?:/.test(address),
    ),
    comments: childText(item, "wp:comment_status") === "open" || type === "page" ? "open" : "closed",
    lang: termsOf(categories, "language", "nicename")[0] ?? null,
    series: termsOf(categories, "series")[0] ?? null,
    isPinned: childText(item, "wp:is_sticky") === "1",
    cover: meta.thumbnail === null ? null : { src: `attachment:${meta.thumbnail}`, alt: "" },
    raw: {
      ...(type === "post" || type === "page" ? {} : { post_type: type }),
      ...terms,
      ...(meta.footnotes === "" || noted !== null ? {} : { footnotes: meta.footnotes }),
      ...meta.raw,
    },
    folder: "",
  });
  return id;
}

/** @returns an id for its comments, which belongs to no entry. */
function addAttachment(item: XmlNode, builder: ArchiveBuilder): string {
  const { archive, ledger } = builder;
  const record = ledger.read("attachment");
  const meta = sortMetadata(item, builder, "attachment");
  if (childText(item, "content:encoded") !== "") ledger.ignore("section", "a text on the page of a picture");
  archive.attachments.push({
    record,
    parts: meta.parts,
    id: childText(item, "wp:post_id"),
    url: childText(item, "wp:attachment_url") || childText(item, "guid"),
    alt: meta.alt ?? decodeEntities(childText(item, "title")),
    caption: decodeEntities(childText(item, "excerpt:encoded")),
    page: childText(item, "link"),
    entry: childText(item, "wp:post_parent"),
    order: Number(childText(item, "wp:menu_order")) || 0,
  });
  return `attachment ${childText(item, "wp:post_id")}`;
}

/** Adds an author without an account, from the plug-in Co-Authors Plus. */
function addGuestAuthor(item: XmlNode, { archive, ledger, secrets }: ArchiveBuilder): void {
  const fields = childrenOf(item, "wp:postmeta").map((node) => ({
    key: childText(node, "wp:meta_key"),
    value: childText(node, "wp:meta_value"),
  }));
  const field = (name: string): string => fields.find(({ key }) => key === `cap-${name}`)?.value ?? "";
  for (const { key } of fields) {
    if (key === "cap-user_email") ledger.settle(ledger.read("metadata key"), "private");
    else ledger.ignore("metadata key", "a field of a guest author");
  }
  const email = field("user_email") || null;
  secrets.addEmail(email);
  const key = childText(item, "wp:post_name");
  const name = decodeEntities(field("display_name") || childText(item, "title"));
  const url = field("website") || null;
  archive.authors.push({ record: ledger.read("author"), key, name, email, url, userId: null });
}

function addReusableBlock(item: XmlNode, { blocks }: WordpressLinks, builder: ArchiveBuilder): void {
  const content = childText(item, "content:encoded");
  const fields = childrenOf(item, "wp:postmeta").length;
  blocks.set(childText(item, "wp:post_id"), {
    records: [
      builder.ledger.read("entry"),
      ...builder.readAll("section", 1),
      ...builder.readAll("metadata key", fields),
    ],
    text: builder.store(content),
  });
}

/** Types without pages, like drafts, have addresses such as `?post_type=shop_coupon&p=5` and `?shop_coupon=save10`. */
function notePage(link: string, type: string, links: WordpressLinks): void {
  const url = URL.parse(link);
  if (url === null) return;
  if (url.search === "" && url.pathname !== "/") links.hasNames = true;
  if (!url.searchParams.has("post_type") && !url.searchParams.has(type)) links.shownTypes.add(type);
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

/** Taxonomies that are read, and those that only concern the theme. */
const KNOWN_DOMAINS = new Set(
  "category post_tag tag author language series post_format nav_menu product_type".split(" "),
);

/** Names of terms by other taxonomies. */
function otherTerms(categories: readonly XmlNode[]): Record<string, string> {
  const domains = new Set(categories.map(({ attributes }) => attributes["domain"] ?? "category"));
  return Object.fromEntries(
    [...domains]
      .filter((domain) => !KNOWN_DOMAINS.has(domain))
      .map((domain) => [domain, termsOf(categories, domain).join(", ")]),
  );
}

function termsOf(categories: readonly XmlNode[], domain: string, attribute?: string): string[] {
  return categories
    .filter(({ attributes }) => attributes["domain"] === domain)
    .map(({ attributes, text }) =>
      attribute === undefined ? decodeEntities(text.trim()) : (attributes[attribute] ?? ""),
    )
    .filter((term) => term !== "");
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

/** Adds the addresses in contact form messages to the secrets, since they may also occur in comments. */
function noteMail(item: XmlNode, { secrets }: ArchiveBuilder): void {
  for (const [email] of childText(item, "content:encoded").matchAll(/[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g))
    secrets.addEmail(email);
}

/** Adds a link target after the `more` comment, since links to the rest of a text end in `#more-12`. */
function withPlaceOfMore(content: string, id: string): string {
  return /^\d+$/.test(id)
    ? content.replace(/<!--more\b.*?-->/, (more) => `${more}<a id="more-${id}"></a>`)
    : content;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()))];
}
