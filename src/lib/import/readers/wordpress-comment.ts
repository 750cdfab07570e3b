import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ResponseState } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import { sqlDate } from "./source-dates.ts";
import { childrenOf, childText } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";

/** Adds a `<wp:comment>`: a comment, pingback or trackback. */
export function addWordpressComment(node: XmlNode, entry: string, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const type = childText(node, "wp:comment_type");
  const isPing = type === "pingback" || type === "trackback";
  const record = ledger.read(isPing ? "ping" : "comment");
  for (const key of ["wp:comment_author_email", "wp:comment_author_IP"]) {
    if (childText(node, key) !== "") ledger.settle(ledger.read("metadata key"), "private");
  }
  for (const _ of childrenOf(node, "wp:commentmeta"))
    ledger.ignore("metadata key", "state of a plug-in for comments");
  const id = childText(node, "wp:comment_id");
  const parent = childText(node, "wp:comment_parent");
  const author = decodeEntities(childText(node, "wp:comment_author"));
  const userId = childText(node, "wp:comment_user_id");
  archive.responses.push({
    record,
    parts: [],
    id: id === "" ? null : id,
    entry,
    parent: parent === "" || parent === "0" ? null : parent,
    kind: isPing ? type : "comment",
    state: stateOf(childText(node, "wp:comment_approved")),
    author: {
      name: author,
      url: childText(node, "wp:comment_author_url") || null,
      email: childText(node, "wp:comment_author_email") || null,
      userId: userId === "" || userId === "0" ? null : userId,
    },
    date: sqlDate(childText(node, "wp:comment_date_gmt"), "Z") ?? sqlDate(childText(node, "wp:comment_date")),
    text: builder.store(childText(node, "wp:comment_content")),
    format: "text",
    title: isPing ? author || null : null,
    site: null,
    anchor: id === "" ? null : `comment-${id}`,
  });
}

function stateOf(approved: string): ResponseState {
  if (approved === "1" || approved === "" || approved === "approve") return "approved";
  if (approved === "trash" || approved === "post-trashed") return "trashed";
  return approved === "spam" ? "spam" : "pending";
}
