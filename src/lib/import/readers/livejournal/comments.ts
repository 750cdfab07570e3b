import { escapeHtml } from "../../../escape.ts";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ResponseState } from "../../archive.ts";
import { decodeEntities } from "../../html/entities.ts";
import { addComment } from "../comments/add-comment.ts";
import { anyDate } from "../source-dates.ts";
import { childOf, childText } from "../xml-records.ts";
import type { XmlNode } from "../xml-records.ts";
import type { Journal } from "./entries.ts";
import { accountAddress, liveJournalHtml } from "./markup.ts";

/** A comment in any of the three formats, before its account name and entry are resolved. */
export interface JournalComment {
  readonly id: string;
  /** Number of its entry; empty if the entry follows from the file or the parent element. */
  readonly entry: string;
  readonly parent: string;
  /** Number of the account, only in LiveJournal's own export. */
  readonly posterId: string;
  readonly user: string;
  readonly state: string;
  readonly date: string;
  readonly subject: string;
  readonly body: string;
}

/** ljdump uses elements, LiveJournal's own export attributes, ljArchive `itemid` and `event`. */
export function readComment(node: XmlNode): JournalComment {
  const value = (...names: readonly string[]): string => {
    for (const name of names) {
      const found = node.attributes[name] ?? childText(node, name);
      if (found !== "") return found;
    }
    return "";
  };
  const author = childOf(node, "author");
  return {
    id: value("id", "itemid"),
    entry: value("jitemid"),
    parent: value("parentid", "parent_itemid"),
    posterId: value("posterid"),
    user: value("user") || (author === null ? "" : childText(author, "name")),
    state: value("state"),
    date: value("date", "eventtime"),
    subject: value("subject"),
    body: value("body", "event"),
  };
}

/** @param entry id of its entry. @param anum the low byte of the entry's number in its address; null if unknown. */
export function addJournalComment(
  comment: JournalComment,
  entry: string,
  anum: number | null,
  { user: owner, host }: Journal,
  builder: ArchiveBuilder,
): void {
  const { id, parent, user, subject } = comment;
  const isKnown = /^[\w-]{1,40}$/.test(user);
  const { html } = liveJournalHtml(comment.body, host);
  const title = decodeEntities(subject);
  const number = /^\d{1,12}$/.test(id) ? Number(id) : null;
  addComment(builder, {
    thread: entry,
    id: id === "" ? null : `lj-${id}`,
    parent: parent === "" || parent === "0" ? null : `lj-${parent}`,
    anchor: number === null ? null : `t${anum === null ? number : number * 256 + anum}`,
    state: stateOf(comment),
    name: user === "" ? "" : user,
    url: isKnown ? accountAddress(user, host) : null,
    account: isKnown ? accountAddress(user, host) : null,
    userId: user === "" ? null : user === owner ? owner : user,
    date: anyDate(comment.date),
    text: title === "" ? html : `<b>${escapeHtml(title)}</b>\n\n${html}`,
    format: "text",
  });
}

/** Screened comments are pending: only their writers and the author could read them. */
function stateOf({ state, body, subject }: JournalComment): ResponseState {
  switch (state.toUpperCase()) {
    case "S":
      return "pending";
    case "D":
      return "trashed";
    case "B":
      return "spam";
    default:
      return body === "" && subject === "" ? "trashed" : "approved";
  }
}
