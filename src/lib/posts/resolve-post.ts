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

/** A post out of its file's entry; null when the entry has mistakes or was taken down. */
export function toPost(
  entry: PostEntry,
  context: ResolveContext & { readonly soleAuthor: string | null },
): Post | null {
  const { front, date, body } = entry;
  if (front === null || date === null || body === null || entry.issues.length > 0) return null;
  const { slug, file, settings, now, soleAuthor } = context;
  return {
    id: front.id ?? slug,
    slug,
    file,
    visibility: visibilityOf({ isDraft: front.draft, date }, now),
    title: front.title,
    description: front.description ?? body.excerpt,
    date,
    updated: entry.updated,
    authors: front.authors ?? (soleAuthor === null ? [] : [soleAuthor]),
    tags: front.tags,
    series: front.series ?? null,
    kicker: front.kicker ?? null,
    cover: entry.cover,
    question: front.question ?? null,
    contentNote: front.contentNote ?? null,
    isSensitive: front.sensitive,
    comments: front.comments,
    ...language(front, settings),
    aliases: aliasesOf(front),
    canonical: front.canonical ?? null,
    syndication: front.syndication,
    answering: answeringOf(front),
    body,
  };
}

/** What is left of a post that was taken down; null for any other. */
export function toTombstone(entry: PostEntry, slug: string): Tombstone | null {
  const { front } = entry;
  if (front?.deleted === undefined) return null;
  return { slug, title: front.title, deleted: front.deleted, aliases: aliasesOf(front) };
}

/** A page out of its file's entry; null when the entry has mistakes. */
export function toPage(entry: PageEntry, context: ResolveContext): Page | null {
  const { front } = entry;
  if (front === null || entry.issues.length > 0) return null;
  const { slug, file, settings, now } = context;
  return {
    slug,
    file,
    visibility: visibilityOf({ isDraft: front.draft, date: null }, now),
    title: front.title,
    description: front.description ?? entry.body.excerpt,
    ...language(front, settings),
    aliases: aliasesOf(front),
    body: entry.body,
  };
}

function language(front: { readonly lang?: string | undefined }, settings: Settings) {
  const lang = front.lang ?? settings.lang;
  return { lang, dir: directionOf(lang) };
}

function aliasesOf(front: PostFrontMatter | PageFrontMatter): readonly string[] {
  return front.aliases.map(encodePath);
}

function answeringOf(front: PostFrontMatter): readonly Answering[] {
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
