import { typeset } from "../markdown/typography.ts";
import type { Settings } from "../site/settings.ts";
import { encodePath } from "../site/urls.ts";
import type { Answering, Page, Post, Tombstone } from "./model.ts";
import type { PageEntry } from "./page-entry.ts";
import type { PageFrontMatter } from "./page-schema.ts";
import type { PostEntry } from "./post-entry.ts";
import type { PostFrontMatter } from "./post-schema.ts";
import { directionOf } from "./scripts.ts";
import { visibilityOf } from "./visibility.ts";

/** Where a text comes from and what fills its gaps. */
export interface ResolveContext {
  readonly slug: string;
  readonly file: string;
  readonly settings: Settings;
  readonly now: Date;
}

/** Takes the place of a date that an author has yet to mend. */
const NO_DATE = "1970-01-01T00:00:00.000Z";

/**
 * A post out of its file's entry; null for one that was taken down. Of an entry with issues it holds what could be
 * read, which is enough to check it against the other files.
 */
export function toPost(
  entry: PostEntry,
  context: ResolveContext & { readonly soleAuthor: string | null },
): Post | null {
  const { front, body } = entry;
  if (body === null) return null;
  const { slug, file, settings, now, soleAuthor } = context;
  const { lang, dir } = language(front, settings);
  const set = (text: string | undefined): string | null => (text === undefined ? null : typeset(text, lang));
  return {
    id: front.id ?? slug,
    slug,
    file,
    visibility: visibilityOf({ isDraft: front.draft ?? false, date: entry.date }, now),
    title: set(front.title) ?? slug,
    description: set(front.description) ?? body.excerpt,
    date: entry.date ?? NO_DATE,
    updated: entry.updated,
    authors: front.authors ?? (soleAuthor === null ? [] : [soleAuthor]),
    tags: front.tags ?? [],
    series: front.series ?? null,
    kicker: set(front.kicker),
    cover: entry.cover,
    question: set(front.question),
    contentNote: set(front.contentNote),
    isSensitive: front.sensitive ?? false,
    comments: settings.comments ? (front.comments ?? "open") : "off",
    lang,
    dir,
    aliases: aliasesOf(front),
    canonical: front.canonical ?? null,
    syndication: front.syndication ?? [],
    answering: answeringOf(front),
    body,
  };
}

/** What is left of a post that was taken down; null for any other. */
export function toTombstone(entry: PostEntry, slug: string): Tombstone | null {
  const { front } = entry;
  if (front.deleted === undefined) return null;
  return { slug, title: front.title ?? slug, deleted: front.deleted, aliases: aliasesOf(front) };
}

/** A page out of its file's entry; of one with issues it holds what could be read. */
export function toPage({ front, body }: PageEntry, context: ResolveContext): Page {
  const { slug, file, settings, now } = context;
  const { lang, dir } = language(front, settings);
  return {
    slug,
    file,
    visibility: visibilityOf({ isDraft: front.draft ?? false, date: null }, now),
    title: front.title === undefined ? slug : typeset(front.title, lang),
    description: front.description === undefined ? body.excerpt : typeset(front.description, lang),
    lang,
    dir,
    aliases: aliasesOf(front),
    body,
  };
}

function language(front: { readonly lang?: string | undefined }, settings: Settings) {
  const lang = front.lang ?? settings.lang;
  return { lang, dir: directionOf(lang) };
}

function aliasesOf(front: Partial<PostFrontMatter | PageFrontMatter>): readonly string[] {
  return (front.aliases ?? []).map(encodePath);
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
