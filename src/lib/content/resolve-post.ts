import { typeset } from "../markdown/typography.ts";
import type { Settings } from "../site/settings.ts";
import { languageGroup } from "../site/language-group.ts";
import { encodePath } from "../site/urls.ts";
import { dayInZone } from "./dates.ts";
import type { Answering, Page, Post, PostKind, Tombstone } from "./model.ts";
import { permalinkOf } from "./permalinks.ts";
import type { PageEntry } from "./page-entry.ts";
import type { PageFrontMatter } from "./page-schema.ts";
import type { PostEntry } from "./post-entry.ts";
import type { PostFrontMatter } from "./post-schema.ts";
import { directionOf } from "./scripts.ts";
import { visibilityOf } from "./visibility.ts";

/** Source of a text, and defaults for what its front matter lacks. */
export interface ResolveContext {
  readonly slug: string;
  readonly file: string;
  readonly settings: Settings;
  readonly now: Date;
  /** The file's name without its language. */
  readonly stem: string;
  /** Language from the file's name; null for the blog's. */
  readonly lang: string | null;
  /** See `Post.tie`. */
  readonly tie: string | null;
}

/** Authors and series that the names in a post refer to. */
export interface NameContext {
  /** Default for `authors`; null if the blog has several authors and no `author` setting. */
  readonly usualAuthor: string | null;
  readonly authorIdOf: (written: string) => string;
  readonly seriesIdOf: (written: string) => string;
}

/** Placeholder for a missing or invalid date, which is reported as an issue. */
const NO_DATE = "1970-01-01T00:00:00.000Z";

/**
 * Converts a file's entry to a post; null if the post was deleted or has expired. If the entry has issues, the post
 * contains only what could be read, which is enough for checks across files.
 */
export function toPost(
  entry: PostEntry,
  context: ResolveContext & NameContext,
): Post | null {
  const { front, body } = entry;
  if (body === null || hasExpired(entry, context)) return null;
  const { file, settings, now, usualAuthor, authorIdOf, seriesIdOf } = context;
  const slug = front.slug ?? context.slug;
  const { lang, dir } = language(front, context);
  const set = (text: string | undefined): string | null => (text === undefined ? null : typeset(text, lang));
  const standfirst = set(front.description);
  return {
    kind: kindOf(entry, context),
    path: postPath(entry, context),
    id: front.id ?? slug,
    slug,
    file,
    visibility: visibilityOf({ isDraft: front.draft ?? false, date: entry.date }, now),
    title: set(front.title) ?? firstWords(entry, slug),
    isTitled: front.title !== undefined,
    description: standfirst ?? entry.excerpt,
    standfirst,
    excerpt: entry.excerpt,
    date: entry.date ?? NO_DATE,
    updated: entry.updated,
    authors: (front.authors && [...new Set(front.authors.map(authorIdOf))]) ?? (usualAuthor === null ? [] : [usualAuthor]),
    tags: front.tags ?? [],
    series: front.series === undefined ? null : seriesIdOf(front.series),
    kicker: set(front.kicker),
    cover: entry.cover,
    link: front.link ?? null,
    isPinned: front.pinned ?? false,
    hasToc: front.toc ?? null,
    question: set(front.question),
    contentNote: set(front.contentNote),
    isSensitive: front.sensitive ?? false,
    comments: settings.comments ? (front.comments ?? "open") : "off",
    lang,
    dir,
    translationOf: front.translationOf ?? null,
    translations: front.translations ?? [],
    tie: context.tie,
    aliases: aliasesOf(front),
    canonical: front.canonical ?? null,
    syndication: front.syndication ?? [],
    answering: answeringOf(front),
    extra: front.extra ?? {},
    body,
  };
}

/** A text without a title is a note, in any folder; so is everything in `content/notes/`. */
function kindOf({ front, isUntitled }: Placing, { file }: Pick<ResolveContext, "file">): PostKind {
  if (/(?:^|\/)notes\//.test(file)) return "note";
  return isUntitled && front.deleted === undefined ? "note" : "post";
}

/** Inputs for the address of a post. */
type Placing = Pick<PostEntry, "front" | "date" | "isUntitled">;

/** The site path of a post or note, from the patterns of `permalinks`. */
export function postPath(
  entry: Placing,
  context: Pick<ResolveContext, "file" | "settings" | "stem" | "lang">,
): string {
  const { front, date } = entry;
  const { settings } = context;
  const slug = front.slug ?? context.stem;
  const pattern = settings.permalinks[kindOf(entry, context) === "note" ? "notes" : "posts"];
  const { id = slug, tags = [], lang = context.lang ?? settings.lang } = front;
  const path = permalinkOf(pattern, { slug, id, date, tags, lang }, settings.timeZone);
  const isBelowLanguage = context.lang !== null && !pattern.includes(":lang");
  return isBelowLanguage ? `/${languageGroup(context.lang)}${path}` : path;
}

/** Maximum number of characters of an untitled note that are used as its title in lists and windows. */
const MOST_WORDS = 60;

/** Title for an untitled note: the beginning of its text, else the address it replies or links to, else the slug. */
function firstWords({ front, excerpt }: PostEntry, slug: string): string {
  if (excerpt !== "") {
    if (excerpt.length <= MOST_WORDS) return excerpt;
    const cut = excerpt.slice(0, MOST_WORDS).toWellFormed().replace(/\uFFFD$/, "");
    const space = cut.lastIndexOf(" ");
    return `${(space > MOST_WORDS / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/, "")}…`;
  }
  const address = answeringOf(front)[0]?.url ?? front.link;
  return address === undefined ? slug : address.replace(/^https?:\/\/(?:www\.)?|\/$/g, "");
}

function hasExpired({ front, expires }: PostEntry, { now }: ResolveContext): boolean {
  return expires !== null && front.draft !== true && Date.parse(expires) <= now.getTime();
}

/** Tombstone of a post that was deleted or has expired; null for other posts. */
export function toTombstone(entry: PostEntry, context: ResolveContext): Tombstone | null {
  const { front, expires } = entry;
  const end = expires !== null && hasExpired(entry, context) ? dayInZone(expires, context.settings.timeZone) : null;
  const deleted = front.deleted ?? end;
  if (deleted === null) return null;
  const slug = front.slug ?? context.slug;
  const { title = slug } = front;
  return { slug, path: postPath(entry, context), title, deleted, aliases: aliasesOf(front) };
}

/** Converts a file's entry to a page. If the entry has issues, the page contains only what could be read. */
export function toPage({ front, body, excerpt }: PageEntry, context: ResolveContext): Page {
  const { slug, file, now, tie } = context;
  const { lang, dir } = language(front, context);
  return {
    slug,
    file,
    visibility: visibilityOf({ isDraft: front.draft ?? false, date: null }, now),
    title: front.title === undefined ? slug : typeset(front.title, lang),
    description: front.description === undefined ? excerpt : typeset(front.description, lang),
    lang,
    dir,
    translationOf: front.translationOf ?? null,
    translations: front.translations ?? [],
    tie,
    aliases: aliasesOf(front),
    extra: front.extra ?? {},
    body,
  };
}

function language(
  front: { readonly lang?: string | undefined },
  context: Pick<ResolveContext, "lang" | "settings">,
) {
  const lang = front.lang ?? context.lang ?? context.settings.lang;
  return { lang, dir: directionOf(lang) };
}

function aliasesOf(front: Partial<PostFrontMatter | PageFrontMatter>): readonly string[] {
  return [...new Set((front.aliases ?? []).map(encodePath))];
}

function answeringOf(front: Partial<PostFrontMatter>): readonly Answering[] {
  const { rsvp = null } = front;
  const all = (urls: readonly string[] | undefined, kind: Answering["kind"], answer: string | null = null) =>
    (urls ?? []).map((url) => ({ kind, url, rsvp: answer }));
  return [
    ...all(front.inReplyTo, rsvp === null ? "in-reply-to" : "rsvp", rsvp),
    ...all(front.likeOf, "like-of"),
    ...all(front.repostOf, "repost-of"),
    ...all(front.bookmarkOf, "bookmark-of"),
  ];
}
