import type { ArchiveBuilder } from "../archive-builder.ts";
import type { EntryState, TextFormat } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import { movableTypeDate } from "./source-dates.ts";
import type { MtEntry, MtSection } from "./movable-type.ts";
import { percentDecoded } from "../../percent-decoded.ts";

const COMMENT_KEYS = new Set(["AUTHOR", "EMAIL", "IP", "URL", "DATE"]);
const PING_KEYS = new Set(["TITLE", "URL", "IP", "BLOG NAME", "DATE"]);
const READ_KEYS = new Set(
  (
    "AUTHOR,AUTHOR EMAIL,TITLE,BASENAME,STATUS,ALLOW COMMENTS,CONVERT BREAKS,PRIMARY CATEGORY,CATEGORY,DATE,TAGS," +
    "NO ENTRY,UNIQUE URL,IMAGE"
  ).split(","),
);

/** Adds a Movable Type entry with its comments and pings. */
export function addMovableTypeEntry({ head, sections }: MtEntry, builder: ArchiveBuilder): void {
  const { archive, ledger, secrets } = builder;
  const record = ledger.read("entry");
  const parts: number[] = [];
  const raw: Record<string, string> = {};
  for (const [key, value] of head) {
    const part = ledger.read("metadata key");
    if (READ_KEYS.has(key)) parts.push(part);
    else if (key === "ALLOW PINGS")
      ledger.settle(part, "ignored", "ALLOW PINGS: trackbacks are a setting of the blog");
    else {
      raw[key === "" ? "LINE" : key] = value;
      parts.push(part);
    }
  }
  const value = (key: string): string => head.find(([name]) => name === key)?.[1] ?? "";
  const all = (key: string): string[] => head.filter(([name]) => name === key).map(([, text]) => text);
  secrets.addEmail(value("AUTHOR EMAIL"));
  const title = titleOf(value("TITLE"));
  const date = movableTypeDate(value("DATE"));
  const url = value("UNIQUE URL");
  const basename = value("BASENAME");
  const bodies: string[] = [];
  const metadata: Record<string, string> = {};
  for (const section of sections) {
    if (section.name === "COMMENT" || section.name === "PING") continue;
    parts.push(ledger.read("section"));
    const text = section.lines.join("\n").trim();
    if (section.name === "BODY" || section.name === "EXTENDED BODY") bodies.push(text);
    else if (section.name === "EXCERPT" || section.name === "KEYWORDS") metadata[section.name] = text;
    else if (text !== "") raw[section.name] = text;
  }
  const written = bodies.filter((text) => text !== "");
  const format = formatOf(value("CONVERT BREAKS"), written.join("\n\n"));
  // Links to the extended body end in `#more`.
  const body = written.join(format === "markdown" ? "\n\n" : '\n\n<a id="more"></a>');
  const twin =
    value("NO ENTRY") !== "" && body === ""
      ? archive.entries.find((entry) => entry.date === date)
      : undefined;
  const id = twin?.id ?? builder.madeId(url || basename || title, value("DATE"));
  const author = value("AUTHOR");
  if (author !== "" && !archive.authors.some(({ key }) => key === author)) {
    const email = value("AUTHOR EMAIL") || null;
    archive.authors.push({
      record: ledger.read("author"),
      key: author,
      name: author,
      email,
      url: null,
      userId: null,
    });
  }
  for (const section of sections) {
    if (section.name === "COMMENT" || section.name === "PING") addResponse(section, id, builder);
  }
  if (twin !== undefined) {
    ledger.settle(record, "ignored", "NO ENTRY: its comments belong to another entry");
    for (const part of parts)
      ledger.settle(part, "ignored", "NO ENTRY: its comments belong to another entry");
    return;
  }
  const where = title || url || "an entry without a title";
  const status = value("STATUS");
  const state = stateOf(status);
  if (state === null)
    builder.doubt(where, `its status “${status}” isn't one of Movable Type's, so it's a draft`);
  if (/^textile/i.test(value("CONVERT BREAKS")))
    builder.doubt(where, "it's written in Textile, whose signs stay in the text");
  archive.entries.push({
    record,
    parts,
    id,
    kind: isPage(url) ? "page" : "post",
    state: state ?? "draft",
    title,
    slug:
      percentDecoded(basename || lastPart(url))
        .split("/")
        .at(-1) ?? "",
    date,
    updated: null,
    authors: author === "" ? [] : [author],
    tags: unique(
      [
        ...all("PRIMARY CATEGORY"),
        ...all("CATEGORY"),
        ...splitTags(all("TAGS")),
        ...splitTags([metadata["KEYWORDS"] ?? ""]),
      ].map(decodeEntities),
    ),
    body: builder.store(body),
    format,
    description: metadata["EXCERPT"] || null,
    addresses: url === "" ? [] : [url],
    comments: value("ALLOW COMMENTS") === "0" ? "off" : value("ALLOW COMMENTS") === "2" ? "closed" : "open",
    lang: null,
    series: null,
    isPinned: false,
    cover: value("IMAGE") === "" ? null : { src: value("IMAGE"), alt: "" },
    raw,
    folder: "",
  });
}

function addResponse({ name, lines }: MtSection, entry: string, builder: ArchiveBuilder): void {
  const { archive, ledger, secrets } = builder;
  const isPing = name === "PING";
  const keys = isPing ? PING_KEYS : COMMENT_KEYS;
  const record = ledger.read(isPing ? "ping" : "comment");
  const parts: number[] = [];
  const head = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at++) {
    const [, key = "", value = ""] = /^([A-Z ]+): ?(.*)$/.exec(lines[at] ?? "") ?? [];
    if (!keys.has(key) || head.has(key)) break;
    head.set(key, value.trim());
    const part = ledger.read("metadata key");
    if (key === "EMAIL" || key === "IP") ledger.settle(part, "private");
    else parts.push(part);
  }
  const email = head.get("EMAIL") || null;
  secrets.addEmail(email);
  secrets.addIp(head.get("IP"));
  archive.responses.push({
    record,
    parts,
    id: null,
    entry,
    parent: null,
    kind: isPing ? "trackback" : "comment",
    state: "approved",
    author: {
      name: decodeEntities(head.get(isPing ? "BLOG NAME" : "AUTHOR") ?? ""),
      url: head.get("URL") || null,
      email,
      userId: null,
    },
    date: movableTypeDate(head.get("DATE") ?? ""),
    text: builder.store(lines.slice(at).join("\n").trim()),
    format: "text",
    title: decodeEntities(head.get("TITLE") ?? "") || null,
    site: decodeEntities(head.get("BLOG NAME") ?? "") || null,
    anchor: null,
  });
}

/** https://github.com/movabletype/movabletype/blob/develop/lib/MT/EntryStatus.pm; null for an unknown status. */
function stateOf(status: string): EntryState | null {
  switch (status.toLowerCase()) {
    case "":
    case "publish":
    case "published":
      return "public";
    case "draft":
      return "draft";
    case "review":
      return "pending";
    case "future":
    case "scheduled":
      return "scheduled";
    case "unpublish":
    case "private":
      return "private";
    case "spam":
    case "junk":
      return "trashed";
    default:
      return null;
  }
}

/** A text whose line breaks became paragraphs on export isn't converted again. */
function formatOf(breaks: string, body: string): TextFormat {
  const name = breaks.toLowerCase();
  if (name.startsWith("markdown")) return "markdown";
  if (name === "0" || name === "richtext" || name === "wysiwyg") return "html";
  return /<(?:p|br|div)\b/i.test(body) ? "html" : "text";
}

/** Whether an address is that of a TypePad page, which has no month. */
function isPage(url: string): boolean {
  return (
    url !== "" &&
    URL.canParse(url) &&
    /typepad\.com$/.test(new URL(url).hostname) &&
    !/\/\d{4}\/\d{2}\//.test(url)
  );
}

function titleOf(raw: string): string {
  const title = decodeEntities(raw).trim();
  return /^<null>$/i.test(title) ? "" : title;
}

function lastPart(url: string): string {
  return /([^/]+?)(?:\.\w+)?\/?$/.exec(url.replace(/[?#].*$/, ""))?.[1] ?? "";
}

/** `"two words",one` */
function splitTags(lists: readonly string[]): string[] {
  return lists.flatMap((list) =>
    [...list.matchAll(/"([^"]*)"|([^,\n]+)/g)].map(([, quoted, plain]) => (quoted ?? plain ?? "").trim()),
  );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))];
}
