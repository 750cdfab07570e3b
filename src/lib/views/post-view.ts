import { isoInZone } from "../content/dates.ts";
import type {
  Answering,
  Author,
  Direction,
  Heading,
  PictureRef,
  Post,
  Visibility,
} from "../content/model.ts";
import { hasCapitals } from "../content/scripts.ts";
import { curlyQuotes } from "../curly-quotes.ts";
import type { ReplyContext } from "../responses/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { PictureSource, PictureUse, ViewContext, ViewInput } from "./context.ts";
import type { PostConversation } from "./conversation-pages.ts";
import { conversationView, type ConversationView } from "./conversation-view.ts";
import type { MetaView } from "./meta-view.ts";
import { pictureOf } from "./picture-of.ts";
import { postMeta } from "./post-meta.ts";
import { formatOf, type PostFormat } from "./post-format.ts";
import { kickerOf, postRow, type KickerView, type PostRow } from "./post-row.ts";
import type { LinkView, SiteView } from "./site-view.ts";
import { translationLinks, type TranslationView } from "./translation-links.ts";

/** A picture with its description and credit. */
export interface CreditedPicture extends PictureSource {
  readonly alt: string;
  readonly credit: string | null;
  readonly creditUrl: string | null;
}

/** An author for bylines and author boxes. */
export interface AuthorView {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  /** Absolute, the same in all languages, for microformats. */
  readonly url: string;
  readonly short: string;
  readonly isGuest: boolean;
  readonly photo: (PictureSource & { readonly alt: string }) | null;
}

export interface TocEntry {
  readonly id: string;
  readonly text: string;
  readonly children: readonly { readonly id: string; readonly text: string }[];
}

export interface SeriesBoxView {
  readonly title: string;
  readonly href: string;
  readonly part: number;
  readonly total: number;
  /** At most seven parts around this one. */
  readonly parts: readonly { readonly part: number; readonly title: string; readonly href: string | null }[];
}

export interface PostView {
  readonly kind: "post";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly id: string;
  readonly title: string;
  /** Whether the author gave it a title; otherwise, pages show none. */
  readonly isTitled: boolean;
  /** The author's description under the title; null when there is none. */
  readonly standfirst: string | null;
  readonly format: PostFormat;
  /** Address that a link post leads to, and its host. */
  readonly link: LinkView | null;
  readonly lang: string;
  readonly dir: Direction;
  readonly href: string;
  /** Absolute permalink. */
  readonly url: string;
  readonly visibility: Visibility;
  readonly date: string;
  readonly updated: string | null;
  /** The post in other languages. */
  readonly translations: readonly TranslationView[];
  readonly minutes: number;
  readonly kicker: KickerView | null;
  readonly authors: readonly AuthorView[];
  /** Rendered bios of the authors, in the order of `authors`. */
  readonly bios: readonly {
    readonly author: AuthorView;
    readonly html: string;
    readonly links: readonly LinkView[];
  }[];
  readonly series: SeriesBoxView | null;
  /** Empty for short posts. */
  readonly toc: readonly TocEntry[];
  readonly cover: CreditedPicture | null;
  readonly bodyKey: string;
  /** The pages that the post replies to, with their stored data. */
  readonly answering: readonly (Answering & { readonly context: ReplyContext | null })[];
  readonly question: string | null;
  readonly contentNote: string | null;
  /** Target of the button with which readers leave the page quickly; null for posts that aren't sensitive. */
  readonly quickExit: string | null;
  readonly tags: readonly LinkView[];
  readonly syndication: readonly LinkView[];
  readonly share: { readonly mail: string; readonly mastodon: string; readonly bluesky: string };
  readonly previous: PostRow | null;
  readonly next: PostRow | null;
  readonly related: readonly PostRow[];
  readonly conversation: ConversationView | null;
  /** Whether the first line of the text is in small capitals. */
  readonly hasOpening: boolean;
  /** Whether it's long enough for a reading progress bar. */
  readonly isLong: boolean;
}

const TOC_MIN_HEADINGS = 3;
const TOC_MIN_WORDS = 800;
const SERIES_WINDOW = 7;
const OPENING_MIN_WORDS = 600;

/** The page of one post. */
export function postView(
  input: ViewInput,
  index: BlogIndex,
  site: SiteView,
  post: Post,
  conversation: PostConversation,
): PostView {
  const { blog, context } = input;
  const { urls } = context;
  const position = index.positionOf.get(post) ?? 0;
  const authors = post.authors.flatMap((id) => index.byId.get(id) ?? []);
  const sitePath = urls.postPath(post.slug);
  const url = urls.absolute(sitePath);
  const neighbour = (at: number): PostRow | null => {
    const found = blog.posts[at];
    return found === undefined ? null : postRow(input, index, found);
  };
  const previous = neighbour(position + 1);
  const next = position === 0 ? null : neighbour(position - 1);
  const bylines = authors.map((author) => authorView(context, author));
  return {
    kind: "post",
    site,
    meta: {
      ...postMeta(input, site, post, authors, sitePath),
      previous: previous?.href ?? null,
      next: next?.href ?? null,
    },
    id: post.id,
    title: post.title,
    isTitled: post.isTitled,
    standfirst: post.standfirst,
    format: formatOf(post),
    link: post.link === null ? null : { label: hostOf(post.link), href: post.link },
    lang: post.lang,
    dir: post.dir,
    href: urls.path(sitePath),
    url,
    visibility: post.visibility,
    date: isoInZone(post.date, blog.settings.timeZone),
    updated: post.updated === null ? null : isoInZone(post.updated, blog.settings.timeZone),
    translations: translationLinks(input, post),
    minutes: post.body.minutes,
    kicker: kickerOf(input, index, post),
    authors: bylines,
    bios: authors.map((author, at) => ({
      author: bylines[at] ?? authorView(context, author),
      html: author.bioHtml,
      links: author.links.map((link) => ({
        label: curlyQuotes(link.label, blog.settings.lang),
        href: link.url,
      })),
    })),
    series: seriesBox(input, index, post),
    toc: tocOf(post),
    cover: post.cover === null ? null : creditedPicture(context, post.cover, "cover"),
    bodyKey: post.body.key,
    answering: post.answering.map((answer) => ({
      ...answer,
      context: withCurlyQuotes(blog.replyContexts[answer.url] ?? null, post.lang),
    })),
    question: post.question,
    contentNote: post.contentNote,
    quickExit: post.isSensitive ? blog.settings.quickExit : null,
    tags: post.tags.map((label) => ({ label, href: urls.path(urls.tagPath(label)) })),
    syndication: post.syndication.map((address) => ({ label: new URL(address).hostname, href: address })),
    share: shareLinks(post.title, url),
    previous,
    next,
    related: context.related(post).map((other) => postRow(input, index, other)),
    conversation: conversationView(input, index, post, conversation),
    hasOpening:
      site.look.opening === "small-caps" &&
      formatOf(post) === "article" &&
      post.body.words >= OPENING_MIN_WORDS &&
      hasCapitals(post.lang),
    isLong: post.body.words > 1500,
  };
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, "");
}

function withCurlyQuotes(context: ReplyContext | null, lang: string): ReplyContext | null {
  if (context === null) return null;
  const set = (text: string | null) => (text === null ? null : curlyQuotes(text, lang));
  return { ...context, title: set(context.title), excerpt: set(context.excerpt) };
}

/** Converts an author for bylines. */
export function authorView(context: ViewContext, author: Author): AuthorView {
  const { urls } = context;
  const photo = author.photo === null ? null : context.picture(author.photo.file, "photo");
  const sitePath = urls.authorPath(author.id);
  return {
    id: author.id,
    name: author.name,
    href: urls.path(sitePath),
    url: urls.authorUrl(author.id),
    short: author.short,
    isGuest: author.isGuest,
    photo: photo === null ? null : { ...photo, alt: author.photo?.alt ?? "" },
  };
}

/** Sections of a post for its table of contents; empty for short posts, unless the author has switched it on. */
export function tocOf(post: Pick<Post, "body"> & Partial<Pick<Post, "hasToc">>): TocEntry[] {
  const { hasToc = null } = post;
  const sections = post.body.headings.filter((heading) => heading.depth === 2);
  const isShort = sections.length < TOC_MIN_HEADINGS || post.body.words < TOC_MIN_WORDS;
  if (hasToc === null ? isShort : !hasToc) return [];
  const entries: { id: string; text: string; children: Pick<Heading, "id" | "text">[] }[] = [];
  for (const { depth, id, text } of post.body.headings) {
    if (depth === 2) entries.push({ id, text, children: [] });
    else if (depth === 3) entries.at(-1)?.children.push({ id, text });
  }
  return entries;
}

/** Addresses for sharing a post. Plain links, so nothing is loaded from other servers. */
export function shareLinks(title: string, url: string): PostView["share"] {
  const text = encodeURIComponent(`${title} ${url}`);
  return {
    mail: `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`,
    mastodon: `https://share.joinmastodon.org/#text=${text}`,
    bluesky: `https://bsky.app/intent/compose?text=${text}`,
  };
}

function creditedPicture(context: ViewContext, ref: PictureRef, use: PictureUse): CreditedPicture | null {
  const source = pictureOf(context, ref, use);
  return source === null ? null : { ...source, alt: ref.alt, credit: ref.credit, creditUrl: ref.creditUrl };
}

function seriesBox({ context: { urls } }: ViewInput, index: BlogIndex, post: Post): SeriesBoxView | null {
  const series = post.series === null ? undefined : index.seriesById.get(post.series);
  const members = series === undefined ? [] : (index.bySeries.get(series.id) ?? []);
  const at = members.indexOf(post);
  if (series === undefined || at === -1 || members.length < 2) return null;
  const from = Math.max(0, Math.min(at - Math.floor(SERIES_WINDOW / 2), members.length - SERIES_WINDOW));
  return {
    title: series.title,
    href: urls.path(urls.seriesPath(series.id)),
    part: at + 1,
    total: members.length,
    parts: members.slice(from, from + SERIES_WINDOW).map((member, offset) => ({
      part: from + offset + 1,
      title: member.title,
      href: member === post ? null : urls.path(urls.postPath(member.slug)),
    })),
  };
}
