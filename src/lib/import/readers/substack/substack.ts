/** Substack's export: `posts.csv`, `posts/<id>.<slug>.html`, and lists of subscribers, which are never imported. */
import path from "node:path";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveEntry, EntryState } from "../../archive.ts";
import { ENTRY_DEFAULTS } from "../../archive.ts";
import { decodeEntities } from "../../html/entities.ts";
import type { SourceFiles } from "../../source-files.ts";
import { readSourceText } from "../../source-files.ts";
import { accountKeys } from "../account-keys.ts";
import { csvRecords } from "../csv.ts";
import { accountMedia, holdPrivate } from "../other-files.ts";
import { audioHtml } from "../audio-html.ts";
import { anyDate } from "../source-dates.ts";
import { linkedPosts, newsletterHost, substackBody } from "./post-body.ts";
import { NEEDED_COLUMNS } from "./post-table.ts";

type Row = Readonly<Record<string, string>>;

const USED = new Set([
  ...["post_id", "post_date", "is_published", "type", "audience", "title", "subtitle", "podcast_url"],
  ...["slug", "cover_image", "canonical_url"],
]);
const IGNORED: Readonly<Record<string, string>> = {
  email_sent_at: "the time of the email",
  inbox_sent_at: "the time of the email",
};
/** Types of emails that were never published on the web. */
const MAIL = new Set(["adhoc_email", "email", "private"]);

/** @throws AuthorError if the table lacks a required column. */
export function readSubstack(source: SourceFiles, tables: readonly string[], builder: ArchiveBuilder): void {
  const htmlByPost = new Map<string, string>();
  const others: string[] = [];
  for (const file of source.files) {
    if (tables.includes(file)) continue;
    const id = /(?:^|\/)posts\/([^/]+)\.html$/i.exec(file)?.[1];
    if (id === undefined) others.push(file);
    else htmlByPost.set(id, file);
  }
  for (const file of accountMedia(others, builder)) holdPrivate(source, file, builder);
  const hosts: string[] = [];
  const links: Job["links"] = [];
  const held = new Map<string, number>();
  for (const table of tables) {
    for (const row of csvRecords(readSourceText(source, table), table, NEEDED_COLUMNS, builder)) {
      const file = htmlByPost.get(row["post_id"] ?? "");
      htmlByPost.delete(row["post_id"] ?? "");
      addPost(row, file === undefined ? null : readSourceText(source, file), { builder, hosts, links, held });
    }
  }
  for (const [id, file] of htmlByPost) {
    const row = { post_id: id, is_published: "false", audience: "everyone", title: "" };
    addPost(row, readSourceText(source, file), { builder, hosts, links, held });
    builder.doubt(file, "posts.csv doesn't list it, so it's kept as a draft");
  }
  for (const [audience, count] of held) builder.doubt(tables[0] ?? "posts.csv", heldWords(audience, count));
  const slugs = new Set(builder.archive.entries.map(({ slug }) => slug));
  const linked = links.flatMap(({ host, slug }) => (slugs.has(slug) ? [host] : []));
  const host = mostFrequent(hosts) ?? mostFrequent(linked);
  if (host !== undefined) builder.archive.site.url ??= `https://${host}/`;
}

interface Job {
  readonly builder: ArchiveBuilder;
  /** Hosts of the newsletter according to the buttons in posts. */
  readonly hosts: string[];
  /** Newsletter posts that the texts link to. */
  readonly links: { readonly host: string; readonly slug: string }[];
  /** Number of published posts that aren't public, by audience. */
  readonly held: Map<string, number>;
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(names, (name) => name)];
  return counts.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

function addPost(row: Row, html: string | null, { builder, hosts, links, held }: Job): void {
  const { archive, ledger } = builder;
  const [, number = "", name = ""] = /^(\d*)\.?([\s\S]*)$/.exec(row["post_id"] ?? "") ?? [];
  const slug = row["slug"] || name;
  const host = html === null ? null : newsletterHost(html);
  if (host !== null) hosts.push(host);
  links.push(...linkedPosts(html ?? ""));
  const state = stateOf(row, html !== null);
  if (state === "private" && isTrue(row["is_published"]))
    held.set(row["audience"] ?? "", (held.get(row["audience"] ?? "") ?? 0) + 1);
  const { parts, stored, raw } = accountKeys(row, { used: USED, ignored: IGNORED }, builder);
  const body = substackBody(html ?? "");
  const title = decodeEntities(row["title"] ?? "");
  const where = title || path.posix.basename(slug) || number;
  if (state !== "private") {
    for (const loss of body.losses) builder.doubt(where, `it contains ${loss}, which isn't imported`);
    if (body.isCut) builder.doubt(where, "the text after its paywall isn't imported");
    if (html === null) builder.doubt(where, "the export contains no text for it, so it's kept as a draft");
  }
  for (let count = 0; count < body.buttons; count++)
    ledger.ignore("section", "a newsletter button or form (subscribe, share, comment)");
  const audio = row["podcast_url"] ?? "";
  const entry: ArchiveEntry = {
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...parts, ...builder.readAll("section", 1)],
    stored,
    id: row["post_id"] || builder.madeId(title, row["post_date"] ?? ""),
    kind: row["type"] === "page" ? "page" : "post",
    state,
    title,
    slug,
    date: anyDate(row["post_date"]),
    body: builder.store(audio === "" ? body.html : `${audioHtml(audio)}\n${body.html}`),
    format: "html",
    description: decodeEntities(row["subtitle"] ?? "") || null,
    addresses: [...(slug === "" ? [] : [`/p/${slug}`]), row["canonical_url"] ?? ""].filter((at) => at !== ""),
    cover: (row["cover_image"] ?? "") === "" ? null : { src: row["cover_image"] ?? "", alt: "" },
    raw,
  };
  if (body.isCut) ledger.settle(ledger.read("section"), "private");
  archive.entries.push(entry);
}

/** Only posts that were readable without an account are published. */
function stateOf(row: Row, hasText: boolean): EntryState {
  if (MAIL.has(row["type"] ?? "")) return "private";
  if ((row["audience"] ?? "") !== "everyone") return "private";
  return isTrue(row["is_published"]) && hasText ? "public" : "draft";
}

function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === "true";
}

function heldWords(audience: string, count: number): string {
  const readers: Readonly<Record<string, string>> = {
    only_paid: "paying subscribers",
    only_free: "subscribers",
    founding: "founding subscribers",
    everyone: "recipients of the email",
  };
  const posts = count === 1 ? "1 post is" : `${count} posts are`;
  return `${posts} for ${readers[audience] ?? "some readers"} only and ${count === 1 ? "isn't" : "aren't"} imported`;
}
