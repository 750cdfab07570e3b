/** A stored record prepared for pages: sanitized, with its host and anchor, without private data. */
import { cleanLine, cleanName, hostOf, safeUrl, truncateAtWord } from "./clean-text.ts";
import type { PostResponse, ResponseKind, ResponseProtocol } from "./model.ts";
import { isOwnResponse, type BlogOwner } from "./own-responses.ts";
import { responseHtml, type PictureAddress } from "./response-html.ts";
import { sanitiseHtml } from "./sanitise.ts";

/** Responses with more text than this many characters fold. */
const LONG_TEXT = 1200;
const EXCERPT = 280;

export interface ShownPerson {
  readonly name: string;
  readonly url: string | null;
  /** File name below `content/responses/avatars/`, or null: then the initials are drawn. */
  readonly photo: string | null;
  readonly initials: string;
}

export interface ShownResponse {
  /** Anchor, unique on all pages of the conversation: `c1901`, or that of the older platform. */
  readonly id: string;
  readonly kind: ResponseKind;
  readonly protocol: ResponseProtocol;
  readonly author: ShownPerson;
  /** Whether one of the blog's own authors wrote it. */
  readonly isOwn: boolean;
  /** Its original address. */
  readonly url: string;
  /** Host that it came from, without `www.`; the blog's own for comments left on the blog. */
  readonly host: string;
  /** When it was made, ISO 8601 in UTC. */
  readonly date: string;
  readonly updated: string | null;
  /** Title of the page that mentions the post. */
  readonly title: string | null;
  /** Name of the site that a trackback came from. */
  readonly site: string | null;
  /** Sanitised, ready to be set as HTML; empty when there is nothing to read. */
  readonly html: string;
  /** At most 280 characters of plain text, for mentions and trackbacks; null when there is none. */
  readonly excerpt: string | null;
  readonly isLong: boolean;
  readonly rsvp: string | null;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  /** Set where it answers a response that isn't its parent on the page: its author, anchor and page (1: the post's). */
  readonly answers: { readonly id: string; readonly name: string; readonly page: number } | null;
  /** Oldest first. */
  readonly replies: readonly ShownResponse[];
}

export interface ShownOptions extends BlogOwner {
  /** Addresses of pictures in responses; without it their descriptions stand for them. */
  readonly pictureAddress?: PictureAddress | undefined;
}

/** Only these are ever shown or fed: approved, and not meant for the author alone. */
export function isPublic(record: PostResponse): boolean {
  return record.status === "approved" && record["wm-private"] !== true;
}

/** Whether a record counts GitHub's reactions to a post and has no author. */
export function isReactionCount(record: PostResponse): boolean {
  return record.reactions !== undefined && record["wm-property"] === "like-of";
}

/** Whether the comment's account was deleted; all such comments have the same author name. */
export function isGhost({ author, "wm-protocol": protocol }: PostResponse): boolean {
  return protocol === "giscus" && author.name === "ghost" && author.url === undefined;
}

/**
 * @param id anchor, see `anchorsOf`.
 * @param options by what the blog's own authors are recognized, and where its pictures are.
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

/** Name, profile and picture of the author of a response, cleaned once more: the same object for the same author. */
export function shownPerson({ author, "wm-source": source }: PostResponse): ShownPerson {
  const { name, url = "", photo = "" } = author;
  const key = `${photo.length} ${url.length} ${photo}${url}${name}`;
  const known = people.get(key);
  if (known !== undefined) return known;
  const shown = personBy(author, source);
  // Whom only the source names isn't the same everywhere.
  if (cleanName(name) === "") return shown;
  if (people.size === MOST_PEOPLE) people.clear();
  people.set(key, shown);
  return shown;
}

/** Who answers a blog mostly answers it often. */
const people = new Map<string, ShownPerson>();
const MOST_PEOPLE = 10_000;

function personBy({ name: own, url: profile, photo }: PostResponse["author"], source: string): ShownPerson {
  const url = safeUrl(profile);
  const name = cleanName(own) || hostOf(url ?? source);
  return { name, url, photo: photo ?? null, initials: initialsOf(name) };
}

/** Text of a response, without markup. */
export function plainTextOf(record: PostResponse): string {
  const { content } = record;
  if (content === undefined) return "";
  return content.text !== "" || content.html === undefined
    ? content.text
    : (sanitiseHtml(content.html)?.text ?? "");
}

/** One or two letters for a drawn avatar: of the first and last word, as a reader of that script sees letters. */
export function initialsOf(name: string): string {
  const letters = name
    .split(/[\s.@_-]+/u)
    .map((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? "")
    .filter((letter) => letter !== "");
  const [first] = letters;
  if (first === undefined)
    return Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment)[0] ?? "?";
  const last = letters.length > 1 ? (letters.at(-1) ?? "") : "";
  // Two letters of a cursive script join and read as a word.
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

/** Code with long lines scrolls by itself, which must work without a pointer. */
function withFocusableCode(html: string): string {
  return html.replaceAll(/<pre>([^]*?)<\/pre>/g, (whole, code: string) =>
    LONG_LINE.test(code.replaceAll(/<[^>]*>/g, "")) ? whole.replace("<pre>", '<pre tabindex="0">') : whole,
  );
}

/** Wider than a phone. */
const LONG_LINE = /^.{33}/m;
