import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveEntry, EntryState } from "../../archive.ts";
import { ENTRY_DEFAULTS } from "../../archive.ts";
import { decodeEntities } from "../../html/entities.ts";
import { accountKeys } from "../account-keys.ts";
import { sqlDate } from "../source-dates.ts";
import { childOf, childText } from "../xml-records.ts";
import type { XmlNode } from "../xml-records.ts";
import { liveJournalHtml } from "./markup.ts";

/** Facts about the whole journal. */
export interface Journal {
  /** Name of the account; empty if unknown. */
  readonly user: string;
  /** `www.livejournal.com`, or the host of a related site. */
  readonly host: string;
}

const USED = new Set([
  ...[
    "itemid",
    "ditemid",
    "anum",
    "eventtime",
    "subject",
    "event",
    "security",
    "allowmask",
    "taglist",
    "url",
  ],
  ...["props", "comment", "opt_preformatted", "opt_nocomments", "can_comment", "logtime", "author"],
]);
const IGNORED: Readonly<Record<string, string>> = {
  revnum: "a counter of the old server",
  revtime: "a counter of the old server",
  reply_count: "a counter of the old server",
  event_timestamp: "the date in another form",
  hasscreened: "a counter of the old server",
  commentalter: "a counter of the old server",
  unknown8bit: "internal data of the old server",
  personifi_tags: "internal data of the old server",
  interface: "the app it was written with",
  used_rte: "the app it was written with",
  langs: "internal data of the old server",
  give_features: "internal data of the old server",
  spam_counter: "a counter of the old server",
};

/** Adds an `<entry>` of an export, or the `<event>` of ljdump. @returns its id, to which comments refer. */
export function addJournalEntry(node: XmlNode, { user, host }: Journal, builder: ArchiveBuilder): string {
  const { archive, ledger } = builder;
  const fields = fieldsOf(node);
  const { parts, stored, raw } = accountKeys(fields, { used: USED, ignored: IGNORED }, builder);
  const itemid = fields["itemid"] ?? "";
  const ditemid = pageNumber(fields);
  const source = childText(node, "event");
  const { html, losses } = liveJournalHtml(source, host);
  const subject = decodeEntities(liveJournalHtml(fields["subject"] ?? "", host).html);
  const state = stateOf(fields["security"] ?? "");
  const url = fields["url"] ?? "";
  const isKnown = /^https?:/.test(url);
  const home = user === "" ? "" : `https://${user.replaceAll("_", "-")}.${host.replace(/^www\./, "")}`;
  const address = isKnown ? url : ditemid === "" ? "" : `${home}/${ditemid}.html`;
  if (state === "public") for (const loss of losses) builder.doubt(subject || address, `it contains ${loss}`);
  const id = itemid || ditemid || builder.madeId(subject, fields["eventtime"] ?? "");
  const entry: ArchiveEntry = {
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...parts, ...builder.readAll("section", 1)],
    stored,
    id,
    kind: subject === "" ? "note" : "post",
    state,
    title: subject,
    slug: subject === "" ? ditemid : subject,
    date: sqlDate(fields["eventtime"] ?? "") ?? sqlDate(fields["logtime"] ?? "", "Z"),
    authors: user === "" ? [] : [user],
    tags: (fields["taglist"] ?? "")
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
    body: builder.store(html),
    format: fields["opt_preformatted"] === "1" ? "html" : "text",
    addresses: address === "" ? [] : [address],
    comments: fields["opt_nocomments"] === "1" || fields["can_comment"] === "0" ? "closed" : "open",
    raw,
  };
  archive.entries.push(entry);
  return id;
}

/** The number in the entry's address: 256 times its own number, plus a low byte chosen by the server. */
export function pageNumber(fields: Readonly<Record<string, string>>): string {
  const { ditemid = "", itemid = "", anum = "" } = fields;
  if (/^\d+$/.test(ditemid)) return ditemid;
  if (/^\d{1,9}$/.test(itemid) && /^\d{1,3}$/.test(anum)) return String(Number(itemid) * 256 + Number(anum));
  const own = /\/(\d+)\.html/.exec(fields["url"] ?? "")?.[1];
  return own ?? (/^\d+$/.test(itemid) ? itemid : "");
}

/** Fields of an entry, including its properties, which ljdump writes as children of `<props>`. */
export function fieldsOf(node: XmlNode): Record<string, string> {
  const own = node.children.filter(({ children, name }) => children.length === 0 && name !== "comment");
  const props = childOf(node, "props")?.children ?? [];
  return Object.fromEntries([...own, ...props].map(({ name, text }) => [name, text.trim()]));
}

/** Entries that weren't public (for friends, groups or only the author) are private. */
function stateOf(security: string): EntryState {
  return security === "" || security === "public" ? "public" : "private";
}
