/** WordPress eXtended RSS 1.0 to 1.2: https://github.com/WordPress/WordPress/blob/master/wp-admin/includes/export.php */
import type { ArchiveBuilder } from "../archive-builder.ts";
import { decodeEntities } from "../html/entities.ts";
import { readWordpressComment } from "./wordpress-comment.ts";
import type { WordpressComment } from "./wordpress-comment.ts";
import { addWordpressItem } from "./wordpress-item.ts";
import type { WordpressLinks } from "./wordpress-item.ts";
import { joinEntries } from "./wordpress-join.ts";
import { childText, readXmlRecords } from "./xml-records.ts";
import type { XmlFaults, XmlNode } from "./xml-records.ts";

const RECORDS = new Set(["item", "wp:author", "wp:category", "wp:tag", "wp:term"]);
/** Elements read separately: a post may have more comments than fit into memory as XML nodes. */
const PARTS = new Set(["wp:comment"]);

export function readWordpress(text: Iterable<string>, builder: ArchiveBuilder): XmlFaults {
  let comments: WordpressComment[] = [];
  const links: WordpressLinks = {
    blocks: new Map(),
    reusing: new Set(),
    shownTypes: new Set(),
    hasNames: false,
  };
  const faults = readXmlRecords(text, {
    records: RECORDS,
    parts: PARTS,
    onPart: (part) => {
      comments.push(readWordpressComment(part, builder));
    },
    onHeader: (element, parent) => {
      if (parent === "channel") readChannel(element, builder);
    },
    onRecord: (record) => {
      if (record.name === "item") addWordpressItem(record, comments, links, builder);
      else if (record.name === "wp:author") addAuthor(record, builder);
      else addTerm(record, builder);
      comments = [];
    },
  });
  joinEntries(links, builder);
  return faults;
}

function readChannel({ name, text }: XmlNode, { archive }: ArchiveBuilder): void {
  const value = text.trim();
  if (value === "") return;
  const { site } = archive;
  if (name === "title") site.title ??= decodeEntities(value);
  if (name === "description") site.description ??= decodeEntities(value);
  if (name === "language") site.lang ??= value;
  if (name === "wp:base_blog_url") site.url = value;
  if (name === "link") site.url ??= value;
}

function addAuthor(node: XmlNode, { archive, ledger, secrets }: ArchiveBuilder): void {
  const email = childText(node, "wp:author_email") || null;
  const login = childText(node, "wp:author_login");
  secrets.addEmail(email);
  const name = decodeEntities(childText(node, "wp:author_display_name")) || login;
  archive.authors.push({
    record: ledger.read("author"),
    key: login,
    name: /@/.test(name) ? name.replace(/@.*$/, "") : name,
    email,
    url: null,
    userId: childText(node, "wp:author_id") || null,
  });
}

function addTerm(node: XmlNode, { archive, ledger }: ArchiveBuilder): void {
  const name =
    childText(node, "wp:cat_name") || childText(node, "wp:tag_name") || childText(node, "wp:term_name");
  const slug =
    childText(node, "wp:category_nicename") ||
    childText(node, "wp:tag_slug") ||
    childText(node, "wp:term_slug");
  const taxonomy = childText(node, "wp:term_taxonomy");
  const isCategory = node.name === "wp:category" || taxonomy === "category";
  const isTag = node.name === "wp:tag" || taxonomy === "post_tag";
  const kind = isCategory ? "category" : isTag ? "tag" : taxonomy === "series" ? "series" : "other";
  archive.terms.push({ record: ledger.read("term"), kind, slug, name: decodeEntities(name) || slug });
}
