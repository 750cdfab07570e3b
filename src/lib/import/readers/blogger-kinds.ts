import type { ArchiveBuilder } from "../archive-builder.ts";
import type { EntryState } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import { childOf, childrenOf, childText } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";

export type BloggerKind = "post" | "page" | "comment" | "settings" | "template";

/** Kind of an entry: by `blogger:type` in Takeout, by a category in older exports. */
export function kindOf(entry: XmlNode): BloggerKind | null {
  const type = childText(entry, "blogger:type").toLowerCase();
  if (type === "post" || type === "page" || type === "comment") return type;
  const term = childrenOf(entry, "category")
    .map(({ attributes }) => attributes)
    .find(({ scheme = "" }) => scheme.endsWith("#kind"))?.["term"];
  const name = term?.split("#").at(-1);
  return name === "post" ||
    name === "page" ||
    name === "comment" ||
    name === "settings" ||
    name === "template"
    ? name
    : null;
}

export function stateOf(entry: XmlNode): EntryState {
  if (childText(entry, "blogger:trashed") !== "") return "trashed";
  switch (childText(entry, "blogger:status")) {
    case "":
    case "LIVE":
      return isDraft(entry) ? "draft" : "public";
    case "DRAFT":
      return "draft";
    case "SCHEDULED":
      return "scheduled";
    case "SOFT_TRASHED":
    case "TRASHED":
      return "trashed";
    default:
      return "pending";
  }
}

function isDraft(entry: XmlNode): boolean {
  const control = childOf(entry, "app:control");
  return control !== null && childText(control, "app:draft") === "yes";
}

/** Key of an entry's author, who is added if unknown; null if the entry has none. */
export function bloggerAuthor(entry: XmlNode, { archive, ledger, secrets }: ArchiveBuilder): string | null {
  const author = childOf(entry, "author");
  if (author === null) return null;
  const { name, url, email, key } = personOf(author);
  secrets.addEmail(email);
  if (name === "") return null;
  const known = archive.authors.find((other) => other.key === key);
  if (known === undefined) {
    const userId = /profile\/(\d+)/.exec(url ?? "")?.[1] ?? null;
    archive.authors.push({ record: ledger.read("author"), key, name, email, url, userId });
  }
  return key;
}

export interface BloggerPerson {
  readonly key: string;
  readonly name: string;
  readonly url: string | null;
  /** Null for the default address that Blogger assigns to all accounts. */
  readonly email: string | null;
}

export function personOf(author: XmlNode): BloggerPerson {
  const name = decodeEntities(childText(author, "name"));
  const url = childText(author, "uri") || null;
  const email = childText(author, "email");
  return {
    key: url ?? name,
    name,
    url,
    email: email === "" || email === "noreply@blogger.com" ? null : email,
  };
}
