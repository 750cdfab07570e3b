import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ResponseState } from "../archive.ts";
import { personOf } from "./blogger-kinds.ts";
import { anyDate } from "./source-dates.ts";
import { childOf, childrenOf, childText, innerMarkup } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";

const NO_PERSON = { key: "", name: "", url: null, email: null };

export function addBloggerComment(entry: XmlNode, builder: ArchiveBuilder): void {
  const { archive, ledger, secrets } = builder;
  const record = ledger.read("comment");
  const author = childOf(entry, "author");
  const person = author === null ? NO_PERSON : personOf(author);
  if (author !== null && childText(author, "email") !== "")
    ledger.settle(ledger.read("metadata key"), "private");
  secrets.addEmail(person.email);
  const id = childText(entry, "id");
  const number = /(?:post|comment)-(\d+)$/.exec(id)?.[1] ?? null;
  archive.responses.push({
    record,
    parts: [],
    id,
    entry: childOf(entry, "thr:in-reply-to")?.attributes["ref"] ?? childText(entry, "blogger:parent"),
    parent: parentOf(entry),
    kind: "comment",
    state: stateOf(entry),
    author: {
      name: person.name === "Anonymous" ? "" : person.name,
      url: person.url,
      email: person.email,
      userId: /profile\/(\d+)/.exec(person.url ?? "")?.[1] ?? null,
    },
    date: anyDate(childText(entry, "published")),
    text: builder.store(innerMarkup(childOf(entry, "content"))),
    format: "text",
    title: null,
    site: null,
    anchor: number === null ? null : `c${number}`,
  });
}

/** A reply refers to its parent by a `related` link; `self` and `edit` links look similar. */
function parentOf(entry: XmlNode): string | null {
  const takeout = childText(entry, "blogger:inReplyTo");
  if (takeout !== "") return takeout;
  const related = childrenOf(entry, "link").find(({ attributes }) => attributes["rel"] === "related");
  const number = /comments\/default\/(\d+)|\/(\d+)$/.exec(related?.attributes["href"] ?? "");
  const id = number?.[1] ?? number?.[2];
  const own = childText(entry, "id");
  return id === undefined ? null : own.replace(/\d+$/, id);
}

function stateOf(entry: XmlNode): ResponseState {
  const isRemoved = childrenOf(entry, "gd:extendedProperty").some(
    ({ attributes }) => attributes["name"] === "blogger.contentRemoved" && attributes["value"] === "true",
  );
  if (isRemoved || childText(entry, "blogger:trashed") !== "") return "trashed";
  switch (childText(entry, "blogger:status")) {
    case "":
    case "LIVE":
      return "approved";
    case "SPAM_COMMENT":
    case "GHOSTED_COMMENT":
      return "spam";
    default:
      return "pending";
  }
}
