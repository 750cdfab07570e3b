/** Disqus's XML export: https://help.disqus.com/en/articles/1717164-comments-export */
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread } from "../../archive.ts";
import { escapeHtml } from "../../../escape.ts";
import { percentDecoded } from "../../../percent-decoded.ts";
import { decodeEntities } from "../../html/entities.ts";
import { anyDate } from "../source-dates.ts";
import { childOf, childText, readXmlRecords } from "../xml-records.ts";
import type { XmlFaults, XmlNode } from "../xml-records.ts";
import { addComment, addThread } from "./add-comment.ts";

const RECORDS = new Set(["category", "thread", "post"]);

export function readDisqus(text: Iterable<string>, builder: ArchiveBuilder): XmlFaults {
  const threads = new Map<string, ArchiveThread>();
  const deleted = new Set<string>();
  return readXmlRecords(text, {
    records: RECORDS,
    onRecord: (node) => {
      if (node.name === "thread") {
        readThread(node, builder, threads);
        if (isTrue(node, "isDeleted")) deleted.add(idOf(node));
      } else if (node.name === "post") readPost(node, builder, deleted);
      else builder.ledger.ignore("term", "a category of Disqus");
    },
  });
}

function readThread(node: XmlNode, builder: ArchiveBuilder, threads: Map<string, ArchiveThread>): void {
  if (childText(childOf(node, "author") ?? node, "email") !== "")
    builder.ledger.settle(builder.ledger.read("metadata key"), "private");
  builder.secrets.addEmail(childText(childOf(node, "author") ?? node, "email"));
  const identifier = childText(node, "id");
  // WordPress's plug-in writes "12 https://blog.example/?p=12".
  const within = /https?:\/\/\S+/.exec(identifier)?.[0];
  addThread(builder, threads, {
    id: idOf(node),
    addresses: [childText(node, "link"), within ?? "", identifier].filter((address) => address !== ""),
    title: decodeEntities(childText(node, "title")),
  });
}

function readPost(node: XmlNode, builder: ArchiveBuilder, deletedThreads: ReadonlySet<string>): void {
  const id = idOf(node);
  const author = childOf(node, "author");
  const field = (name: string): string => (author === null ? "" : childText(author, name));
  const isAnonymous = field("isAnonymous") !== "false" || field("username") === "";
  const parent = childOf(node, "parent");
  const thread = idOf(childOf(node, "thread") ?? node);
  // Comments on a removed page are pending, since they weren't moderated.
  const shown = deletedThreads.has(thread) ? "pending" : "approved";
  addComment(builder, {
    thread,
    id: id === "" ? null : `disqus-${id}`,
    parent: parent === null ? null : `disqus-${idOf(parent)}`,
    anchor: id === "" ? null : `comment-${id}`,
    state: isTrue(node, "isDeleted") ? "trashed" : isTrue(node, "isSpam") ? "spam" : shown,
    name: decodeEntities(field("name")) || field("username"),
    url: field("link"),
    email: field("email"),
    ip: childText(node, "ipAddress"),
    userId: isAnonymous ? null : field("username"),
    date: anyDate(childText(node, "createdAt")),
    text: withDirectLinks(childText(node, "message")),
    format: "text",
  });
}

/** Replaces Disqus's tracking links: `http://disq.us/url?url=https%3A%2F%2Fx.example%2F%3Asignature&cuid=1`. */
function withDirectLinks(html: string): string {
  return html.replace(
    /https?:\/\/disq\.us\/url\?url=([^&"'\s<>]+)(?:&(?:amp;)?[^"'\s<>]*)?/g,
    (whole, address: string) => {
      const direct = percentDecoded(address).replace(/:[\w-]{20,}$/, "");
      return URL.canParse(direct) ? escapeHtml(direct) : whole;
    },
  );
}

/** The `id` attribute, whose prefix may vary. */
function idOf({ attributes }: XmlNode): string {
  const own = Object.entries(attributes).find(([name]) => /^(?:\w+:)?id$/.test(name));
  return own?.[1].trim() ?? "";
}

function isTrue(node: XmlNode, name: string): boolean {
  return childText(node, name).toLowerCase() === "true";
}
