/**
 * LiveJournal and Dreamwidth: entries and comments from the site's own export (https://www.livejournal.com/export.bml,
 * `export_comments.bml`), from ljdump (`L-12`, `C-12`) and from ljArchive.
 */
import path from "node:path";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import { readText } from "../../decode.ts";
import type { SourceFiles } from "../../source-files.ts";
import { accountMedia, holdPrivate } from "../other-files.ts";
import { reportFaults } from "../xml-faults.ts";
import { childrenOf, childText, readXmlRecords } from "../xml-records.ts";
import type { XmlNode } from "../xml-records.ts";
import { addJournalComment, readComment } from "./comments.ts";
import type { JournalComment } from "./comments.ts";
import { addJournalEntry, fieldsOf, pageNumber } from "./entries.ts";
import type { Journal } from "./entries.ts";

const RECORDS = new Set(["entry", "event", "comment", "usermap"]);

interface Collected {
  /** Low bytes of the numbers in entry addresses, by entry id. */
  readonly anums: Map<string, number>;
  /** Comments with the entry number from the comment, its file or its parent element. */
  readonly comments: { readonly comment: JournalComment; readonly entry: string }[];
  /** Account names by number. */
  readonly users: Map<string, string>;
  /** States of comments, which only one of LiveJournal's two comment files contains. */
  readonly states: Map<string, string>;
}

export function readLiveJournal(
  source: SourceFiles,
  files: readonly string[],
  builder: ArchiveBuilder,
): void {
  const others = source.files.filter((file) => !files.includes(file));
  // Backups also contain passwords, sessions and addresses.
  for (const file of accountMedia(others, builder)) holdPrivate(source, file, builder);
  const journal = journalOf(source, files);
  const collected: Collected = { anums: new Map(), comments: [], users: new Map(), states: new Map() };
  for (const file of files) {
    const own = /(?:^|\/)C-(\d+)$/.exec(file)?.[1] ?? "";
    const faults = readXmlRecords(readText(path.join(source.root, file)), {
      records: RECORDS,
      onRecord: (node) => {
        addRecord(node, own, journal, collected, builder);
      },
    });
    reportFaults(faults, file, builder);
  }
  addComments(collected, journal, builder);
  addOwner(journal, builder);
}

function addRecord(
  node: XmlNode,
  fileEntry: string,
  journal: Journal,
  { anums, comments, users, states }: Collected,
  builder: ArchiveBuilder,
): void {
  if (node.name === "usermap") {
    users.set(node.attributes["id"] ?? "", node.attributes["user"] ?? "");
    return;
  }
  if (node.name === "comment") {
    const comment = readComment(node);
    const hasText = node.children.length > 0;
    if (comment.state !== "") states.set(comment.id, comment.state);
    // One of LiveJournal's files contains only the states.
    if (hasText || comment.entry !== "") comments.push({ comment, entry: comment.entry || fileEntry });
    return;
  }
  const fields = fieldsOf(node);
  const id = addJournalEntry(node, journal, builder);
  const number = Number(pageNumber(fields));
  if (number > 255 && (fields["anum"] ?? fields["ditemid"] ?? fields["url"] ?? "") !== "")
    anums.set(id, number % 256);
  for (const inner of childrenOf(node, "comment")) {
    const author = inner.children.find(({ name }) => name === "author");
    if (author !== undefined) builder.secrets.addEmail(childText(author, "email"));
    comments.push({ comment: readComment(inner), entry: id });
  }
}

function addComments(
  { anums, comments, users, states }: Collected,
  journal: Journal,
  builder: ArchiveBuilder,
): void {
  const entries = new Set(builder.archive.entries.map(({ id }) => id));
  // In the site's export, entries have the number of their address, but comments refer to the shorter one.
  const byShortNumber = new Map([...entries].map((id) => [String(Math.floor(Number(id) / 256)), id]));
  const isDirect = comments.filter(({ entry }) => entries.has(entry)).length * 2 >= comments.length;
  const seen = new Set<string>();
  for (const { comment, entry: named } of comments) {
    if (comment.id !== "" && seen.has(comment.id)) {
      builder.ledger.ignore("comment", "a duplicate in another file of the export");
      continue;
    }
    seen.add(comment.id);
    const entry = isDirect ? named : (byShortNumber.get(named) ?? named);
    const user = comment.user || (users.get(comment.posterId) ?? "");
    const state = comment.state || (states.get(comment.id) ?? "");
    addJournalComment(
      { ...comment, user, state },
      entry,
      anums.get(entry) ?? (isDirect ? null : Number(entry) % 256),
      journal,
      builder,
    );
  }
}

/** Finds the account and its site by the addresses of entries or the folder of ljdump. */
function journalOf(source: SourceFiles, files: readonly string[]): Journal {
  let user = "";
  let host = "www.livejournal.com";
  for (const file of files) {
    const dumped = /(?:^|\/)([\w-]+)\/L-\d+$/.exec(file)?.[1];
    if (dumped !== undefined) user ||= dumped;
    for (const text of readText(path.join(source.root, file))) {
      if (/dreamwidth\.org/.test(text.slice(0, 20_000))) host = "www.dreamwidth.org";
      const named =
        /<url>https?:\/\/(?:users\.|community\.)?([\w-]+)\.(livejournal\.com|dreamwidth\.org)\/(?:([\w-]+)\/)?\d+\.html/.exec(
          text,
        );
      if (named !== null) {
        user = (/^(?:users|community)$/.test(named[1] ?? "") ? named[3] : named[1]) ?? user;
        host = `www.${named[2] ?? "livejournal.com"}`;
        return { user: user.replaceAll("-", "_"), host };
      }
      break;
    }
  }
  return { user, host };
}

/** Adds the owner as an author, so that their own comments are recognized by the account. */
function addOwner({ user, host }: Journal, { archive, ledger }: ArchiveBuilder): void {
  if (user === "") return;
  archive.site.title ??= user;
  archive.site.url ??= `https://${user.replaceAll("_", "-")}.${host.replace(/^www\./, "")}/`;
  archive.authors.push({
    record: ledger.read("author"),
    key: user,
    name: user,
    email: null,
    url: null,
    userId: user,
  });
}
