/** Prepares stored records for pages: sanitized, with host and anchor, without private data. */
import { cleanLine, cleanName, hostOf, safeUrl, truncateAtWord } from "./clean-text.ts";
import type { PostResponse, ResponseKind, ResponseProtocol } from "./model.ts";
import { isOwnResponse, type BlogOwner } from "./own-responses.ts";
import { responseHtml, type PictureAddress } from "./response-html.ts";
import { sanitizeHtml } from "./sanitize.ts";

/** Responses with more characters than this are folded. */
const LONG_TEXT = 1200;
const EXCERPT = 280;

export interface ShownPerson {
  readonly name: string;
  readonly url: string | null;
  /** File name below `content/responses/avatars/`, or null; the initials are then displayed. */
  readonly photo: string | null;
  readonly initials: string;
}

export interface ShownResponse {
  /** Anchor, unique on all pages of the conversation: `c1901`, or the one on a previous platform. */
  readonly id: string;
  readonly kind: ResponseKind;
  readonly protocol: ResponseProtocol;
  readonly author: ShownPerson;
  /** Whether one of the blog's own authors wrote it. */
  readonly isOwn: boolean;
  /** Original URL of the response. */
  readonly url: string;
  /** Host of the source, without `www.`; for comments left on the blog, the blog's host. */
  readonly host: string;
  /** Date of the response, ISO 8601 in UTC. */
  readonly date: string;
  readonly updated: string | null;
  /** Title of the page that mentions the post. */
  readonly title: string | null;
  /** Name of the site that a trackback came from. */
  readonly site: string | null;
  /** Sanitized HTML; empty if the response has no content. */
  readonly html: string;
  /** At most 280 characters of plain text, for mentions and trackbacks; null without text. */
  readonly excerpt: string | null;
  readonly isLong: boolean;
  readonly rsvp: string | null;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  /**
   * Set if it replies to a response other than its parent on the page: that one's author, anchor and page (1: the
   * post's).
   */
  readonly answers: { readonly id: string; readonly name: string; readonly page: number } | null;
  /** Oldest first. */
  readonly replies: readonly ShownResponse[];
}

export interface ShownOptions extends BlogOwner {
  /** Returns the URLs of pictures in responses; without it, their descriptions are displayed. */
  readonly pictureAddress?: PictureAddress | undefined;
}

/** Whether a response may appear on pages and in feeds: it's approved and not private. */
export function isPublic(record: PostResponse): boolean {
  return record.status === "approved" && record["wm-private"] !== true;
}

/** Whether a record only counts GitHub's reactions to a post, without an author. */
export function isReactionCount(record: PostResponse): boolean {
  return record.reactions !== undefined && record["wm-property"] === "like-of";
}

/** Whether a comment's GitHub account was deleted; all such comments have the author name "ghost". */
export function isGhost({ author, "wm-protocol": protocol }: PostResponse): boolean {
  return protocol === "giscus" && author.name === "ghost" && author.url === undefined;
}

/**
 * Prepares a record for display, without its replies.
 * @param id anchor, see `anchorsOf`.
 */
export function shownResponse(
  record: PostResponse,
  id: string,
  options: ShownOptions,
): Omit<ShownResponse, "replies" | "answers"> {
  const text = plainTextOf(record);
  const { siteUrl } = options;
  return {
    id,
    kind: record["wm-property"],
    protocol: record["wm-protocol"],
    author: shownPerson(record),
    isOwn: isOwnResponse(record, options),
    url: safeUrl(record.url) ?? safeUrl(record["wm-source"]) ?? siteUrl,
    host: hostOf(record["wm-protocol"] === "comment" ? siteUrl : record["wm-source"]),
    date: isoDate(record.published) ?? isoDate(record["wm-received"]) ?? record["wm-received"],
    updated: isoDate(record.updated),
    title: lineOrNull(record.name, 200),
    site: lineOrNull(record.site, 100),
    html: withFocusableCode(responseHtml(record, options.pictureAddress)),
    excerpt: lineOrNull(record.summary ?? text, EXCERPT),
    isLong: text.length > LONG_TEXT,
    rsvp: record.rsvp ?? null,
    reactions: Object.entries(record.reactions ?? {}).map(([emoji, count]) => ({ emoji, count })),
  };
}

/** Returns the cleaned name, profile and picture of a response's author; the same object for the same author. */
export function shownPerson({ author, "wm-source": source }: PostResponse): ShownPerson {
  const { name, url = "", photo = "" } = author;
  const key = `${photo.length} ${url.length} ${photo}${url}${name}`;
  const known = people.get(key);
  if (known !== undefined) return known;
  const shown = personBy(author, source);
  // Not cached: without a name, the result depends on the source.
  if (cleanName(name) === "") return shown;
  if (people.size === MOST_PEOPLE) people.clear();
  people.set(key, shown);
  return shown;
}

/** Cache, because most people respond to a blog several times. */
const people = new Map<string, ShownPerson>();
const MOST_PEOPLE = 10_000;

function personBy({ name: own, url: profile, photo }: PostResponse["author"], source: string): ShownPerson {
  const url = safeUrl(profile);
  const name = cleanName(own) || hostOf(url ?? source);
  return { name, url, photo: photo ?? null, initials: initialsOf(name) };
}

/** Returns the text of a response, without markup. */
export function plainTextOf(record: PostResponse): string {
  const { content } = record;
  if (content === undefined) return "";
  return content.text !== "" || content.html === undefined
    ? content.text
    : (sanitizeHtml(content.html)?.text ?? "");
}

/** Returns one or two letters as avatar: the first letters of the first and last word, with combining marks. */
export function initialsOf(name: string): string {
  const letters = name
    .split(/[\s.@_-]+/u)
    .map((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? "")
    .filter((letter) => letter !== "");
  const [first] = letters;
  if (first === undefined)
    return Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment)[0] ?? "?";
  const last = letters.length > 1 ? (letters.at(-1) ?? "") : "";
  // Two letters of a cursive script would join and look like a word.
  if (/\p{Script=Arabic}|\p{Script=Syriac}/u.test(first + last)) return first.toUpperCase();
  return `${first}${last}`.toUpperCase();
}

function lineOrNull(raw: string | undefined, maxLength: number): string | null {
  const line = raw === undefined ? "" : truncateAtWord(cleanLine(raw, maxLength * 4), maxLength);
  return line === "" ? null : line;
}

function isoDate(raw: string | undefined): string | null {
  const time = raw === undefined ? Number.NaN : Date.parse(raw);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Makes code with long lines focusable, so that it can be scrolled with the keyboard. */
function withFocusableCode(html: string): string {
  return html.replaceAll(/<pre>([^]*?)<\/pre>/g, (whole, code: string) =>
    LONG_LINE.test(code.replaceAll(/<[^>]*>/g, "")) ? whole.replace("<pre>", '<pre tabindex="0">') : whole,
  );
}

/** A line wider than a phone screen. */
const LONG_LINE = /^.{33}/m;
