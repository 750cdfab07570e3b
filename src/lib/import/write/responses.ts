import { createHash } from "node:crypto";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveResponse } from "../archive.ts";
import { MASK } from "../secrets.ts";
import { instantOf } from "../import-plan.ts";
import type { ImportPlan } from "../import-plan.ts";
import { cleanLine, cleanName, safeUrl, truncate } from "../../responses/clean-text.ts";
import type { PostResponse, ResponseStatus } from "../../responses/model.ts";
import { storableRecord } from "../../responses/record.ts";
import { SPAM, spamMarks, suspicionOf, weightOf } from "../../responses/spam.ts";
import { responseContent } from "./response-content.ts";

const NAMELESS = "Anonymous";

/** A record for the conversation and its source in the export. */
export interface WrittenResponse {
  readonly source: ArchiveResponse;
  readonly record: PostResponse;
}

/** The text that responses belong to. */
export interface RespondedText {
  readonly title: string;
  /** Site path of its page. */
  readonly path: string;
}

/**
 * Yields the records of one text's responses, in the format that the conversation stores. A generator, since the
 * records of a long conversation don't fit into memory.
 * @param responses the text's responses, without those that aren't written.
 */
export function* responseRecords(
  to: RespondedText,
  responses: readonly ArchiveResponse[],
  plan: ImportPlan,
  builder: ArchiveBuilder,
): Generator<WrittenResponse> {
  const target = new URL(`.${to.path}`, plan.siteUrl).href;
  const ids = responseIds(responses, builder);
  // Replies may precede their parents.
  const parents = new Map(
    responses.flatMap((source, index) => (source.id === null ? [] : [[source.id, ids[index] ?? ""]])),
  );
  for (const [index, source] of responses.entries()) {
    const text = builder.load(source.text);
    const record = recordOf({ source, text, id: ids[index] ?? "", target }, plan, builder);
    const storable = record === null ? null : storableRecord(record);
    if (storable === null) {
      builder.doubt(to.title, "a response can't be stored: it has neither a text nor an address");
      continue;
    }
    const parent = source.parent === null ? undefined : parents.get(source.parent);
    yield { source, record: parent === undefined ? storable : { ...storable, "in-reply-to": parent } };
  }
}

/** Ids under which the responses of one text are stored, in the same order. */
export function responseIds(responses: readonly ArchiveResponse[], builder: ArchiveBuilder): string[] {
  const seen = new Set<string>();
  return responses.map((source) => idOf(source, source.id === null ? builder.load(source.text) : "", seen));
}

/** Whether an id is a hash of the response's content. */
export function isMadeId(id: string | number): boolean {
  return /^[0-9a-f]{12}(?:-\d+)?$/.test(String(id));
}

interface Draft {
  readonly source: ArchiveResponse;
  readonly text: string;
  readonly id: string;
  readonly target: string;
}

function recordOf(
  { source, text, id, target }: Draft,
  plan: ImportPlan,
  builder: ArchiveBuilder,
): PostResponse | null {
  const mask = (value: string): string => builder.secrets.mask(value);
  const own = plan.authors.ofResponse(source.author);
  // The response links to the author's page, which must exist.
  if (own !== null) own.isUsed = true;
  const link = webAddress(source.author.url, mask);
  const isPing = source.kind === "trackback" || source.kind === "pingback";
  const anchor = source.anchor ?? `c${id}`;
  const { mention } = source;
  const mentioning = mention === undefined ? null : webAddress(mention.source, mask);
  const url = mentioning ?? (isPing ? link : null) ?? `${target}#${anchor}`;
  const content = maskedContent(responseContent(mask(text), source.format), mask);
  const name =
    (own === null ? null : mask(own.name)) ??
    (nameOf(source, mask) || (source.kind === "comment" ? NAMELESS : hostName(url)));
  const published = instantOf(source.date, plan.timeZone);
  const authorUrl =
    own === null ? (isPing && link !== null ? new URL("/", link).href : link) : authorPage(own.id, plan);
  const site = source.site === null ? "" : cleanLine(mask(source.site), 120);
  const title = source.title === null ? "" : cleanLine(mask(source.title), 200);
  const record: PostResponse = {
    type: "entry",
    "wm-id": id,
    status: statusOf(source),
    author: {
      type: "card",
      name,
      ...(authorUrl === null ? {} : { url: authorUrl }),
      ...uidOf(source, own?.id ?? null, plan),
    },
    url,
    ...(isPing && site !== "" ? { site } : {}),
    ...(published === null ? {} : { published }),
    ...(isPing && title !== "" ? { name: title } : {}),
    ...(content === null ? {} : { content }),
    anchor,
    "wm-source": url,
    "wm-target": target,
    "wm-protocol": source.kind,
    "wm-property": isPing ? "mention-of" : (mention?.property ?? "in-reply-to"),
    "wm-received": published ?? "1970-01-01T00:00:00Z",
  };
  if (content === null && !isPing && mentioning === null) return null;
  if (record.status !== "approved" || own !== null) return record;
  const marks = spamMarks(record);
  return weightOf(marks) >= SPAM ? { ...record, status: "pending", suspicion: suspicionOf(marks) } : record;
}

/** Masks addresses that appear only after character references are decoded and tags removed. */
function maskedContent(
  content: PostResponse["content"] | null,
  mask: (value: string) => string,
): PostResponse["content"] | null {
  if (content === null || content === undefined) return null;
  const { html, text } = content;
  const words = { text: mask(text) };
  if (html === undefined) return words;
  const safe = mask(html);
  // Tags may split an address.
  const bare = safe
    .replaceAll(/<\/?(?:p|li|[uo]l|blockquote|pre|br)\b[^<>]*>/g, " ")
    .replaceAll(/<[^<>]*>/g, "");
  return mask(bare) === bare ? { html: safe, ...words } : words;
}

/** The old platform verified the account, so the uid is trustworthy. */
function uidOf(source: ArchiveResponse, own: string | null, plan: ImportPlan): { readonly uid?: string } {
  if (source.kind !== "comment") return {};
  if (own !== null) return { uid: authorPage(own, plan) };
  const { account } = source.author;
  return account == null ? {} : { uid: account };
}

function statusOf({ state }: ArchiveResponse): ResponseStatus {
  if (state === "spam" || state === "pending") return state;
  return "approved";
}

/** The source's own id, else a hash of the content, which is the same in each run. */
function idOf(
  { id: own, author, date, kind, entry }: ArchiveResponse,
  text: string,
  seen: Set<string>,
): string {
  const made = (): string =>
    createHash("sha256")
      .update(JSON.stringify([kind, entry, author.name, date, text]))
      .digest("hex")
      .slice(0, 12);
  const wanted = own === null ? made() : (/([\w-]+)$/.exec(own)?.[1]?.replace(/^post-/, "") ?? made());
  let id = wanted;
  for (let number = 2; seen.has(id); number++) id = `${wanted}-${number}`;
  seen.add(id);
  return id;
}

/** The name that the author entered; empty if it's an e-mail or IP address. */
function nameOf({ author }: ArchiveResponse, mask: (text: string) => string): string {
  const name = cleanName(mask(decoded(author.name)));
  return name === MASK ? "" : name;
}

function webAddress(raw: string | null, mask: (text: string) => string): string | null {
  if (raw === null || raw.trim() === "") return null;
  const trimmed = raw.trim();
  if (/@/.test(trimmed) && !/^https?:\/\/[^/]+\//.test(trimmed)) return null;
  const address = /^[a-z][a-z\d+.-]*:/i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const url = safeUrl(address);
  // A URL with a masked part can't be linked.
  return url === null || mask(url) !== url || !/\./.test(new URL(url).hostname) ? null : url;
}

function authorPage(id: string, { siteUrl }: ImportPlan): string {
  return new URL(`authors/${encodeURIComponent(id)}/`, siteUrl).href;
}

function hostName(url: string): string {
  return truncate(new URL(url).hostname.replace(/^www\./, ""), 80);
}

function decoded(name: string): string {
  return name.replaceAll("&amp;", "&").replaceAll("&#039;", "'").replaceAll("&quot;", '"');
}
