import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ResponseKind } from "../../responses/model.ts";
import type { ArchiveResponse, ResponseState } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import { sqlDate } from "./source-dates.ts";
import { childrenOf, childText } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";

/** A WordPress comment whose post isn't known yet, since the post's fields may follow it. */
export type WordpressComment = Omit<ArchiveResponse, "record" | "parts" | "entry"> & {
  /** Number of fields with an e-mail or IP address. */
  readonly privateKeys: number;
  /** Number of plug-in fields. */
  readonly pluginKeys: number;
};

/** Reads a `<wp:comment>`: a comment, pingback, trackback or webmention. Adds its addresses to the secrets. */
export function readWordpressComment(node: XmlNode, builder: ArchiveBuilder): WordpressComment {
  const type = childText(node, "wp:comment_type");
  const isPing = type === "pingback" || type === "trackback";
  const mention = mentionOf(node, type);
  const email = childText(node, "wp:comment_author_email");
  const ip = childText(node, "wp:comment_author_IP");
  builder.secrets.addEmail(email);
  builder.secrets.addIp(ip);
  const id = childText(node, "wp:comment_id");
  const parent = childText(node, "wp:comment_parent");
  const author = decodeEntities(childText(node, "wp:comment_author"));
  const userId = childText(node, "wp:comment_user_id");
  return {
    privateKeys: [email, ip].filter((value) => value !== "").length,
    pluginKeys: childrenOf(node, "wp:commentmeta").length,
    id: id === "" ? null : id,
    parent: parent === "" || parent === "0" ? null : parent,
    kind: isPing ? type : mention === undefined ? "comment" : "webmention",
    mention,
    state: stateOf(childText(node, "wp:comment_approved")),
    author: {
      name: author,
      url: childText(node, "wp:comment_author_url") || null,
      email: email || null,
      userId: userId === "" || userId === "0" ? null : userId,
    },
    date: sqlDate(childText(node, "wp:comment_date_gmt"), "Z") ?? sqlDate(childText(node, "wp:comment_date")),
    text: builder.store(childText(node, "wp:comment_content")),
    format: "text",
    title: isPing ? author || null : null,
    site: null,
    anchor: id === "" ? null : `comment-${id}`,
  };
}

/** Adds a comment to its post. */
export function addWordpressComment(
  { privateKeys, pluginKeys, ...comment }: WordpressComment,
  entry: string,
  { archive, ledger }: ArchiveBuilder,
): void {
  const record = ledger.read(comment.kind === "comment" ? "comment" : "ping");
  for (let key = 0; key < privateKeys; key++) ledger.settle(ledger.read("metadata key"), "private");
  for (let key = 0; key < pluginKeys; key++) ledger.ignore("metadata key", "state of a plug-in for comments");
  archive.responses.push({ ...comment, record, parts: [], entry });
}

/** Properties by the mention types of the plug-ins Webmention and Semantic Linkbacks. */
const PROPERTIES: Readonly<Record<string, ResponseKind>> = {
  "": "in-reply-to",
  comment: "in-reply-to",
  reply: "in-reply-to",
  like: "like-of",
  favorite: "like-of",
  repost: "repost-of",
  bookmark: "bookmark-of",
};

/** The page that sent a webmention; undefined for other comments. */
function mentionOf(node: XmlNode, type: string): ArchiveResponse["mention"] {
  const fields = new Map(
    childrenOf(node, "wp:commentmeta").map((meta) => [
      childText(meta, "wp:meta_key"),
      childText(meta, "wp:meta_value"),
    ]),
  );
  const source = fields.get("webmention_source_url") ?? fields.get("semantic_linkbacks_source") ?? "";
  if (!/^https?:\/\//.test(source)) return undefined;
  return { source, property: PROPERTIES[fields.get("semantic_linkbacks_type") ?? type] ?? "mention-of" };
}

function stateOf(approved: string): ResponseState {
  if (approved === "1" || approved === "" || approved === "approve") return "approved";
  if (approved === "trash" || approved === "post-trashed") return "trashed";
  return approved === "spam" ? "spam" : "pending";
}
