import type { AuthorAccount } from "./author-accounts.ts";
import type { Settings } from "../site/settings.ts";
import type { PostResponse, ReplyContext } from "../responses/model.ts";

/** `open`: anyone can respond; `closed`: existing responses are shown, new ones aren't accepted; `off`: no conversation. */
export type CommentsState = "open" | "closed" | "off";

/** Whether a reader may see it. `scheduled` and `draft` entries appear in `npm run dev` only. */
export type Visibility = "published" | "scheduled" | "draft";

export type Direction = "ltr" | "rtl";

/** A picture named by an author, resolved to a file in the repository. */
export interface PictureRef {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** The same picture for the dark appearance; left out when one serves both. */
  readonly dark?: string;
  readonly alt: string;
  readonly credit: string | null;
  readonly creditUrl: string | null;
}

export interface Heading {
  /** 2 to 6. */
  readonly depth: number;
  readonly id: string;
  readonly text: string;
}

/** A link in a body, for the link check and for sending webmentions. */
export interface BodyLink {
  /** As written by the author, before the base path is added. */
  readonly url: string;
  /** 1-based line in the source file. */
  readonly line: number;
}

/** Metadata of a rendered body; the HTML itself is in the cache under `key`. */
export interface BodyFacts {
  /** Names the rendered result: a hash of everything that goes into it. */
  readonly key: string;
  /**
   * Names what the author wrote: the same over engine versions and base paths. Tells an edited post, whose link
   * targets want to know, from one that is merely rendered again.
   */
  readonly sourceHash: string;
  /** `plain`: rendered while content loads. `module`: has own imports or expressions and is rendered by Astro. */
  readonly kind: "plain" | "module";
  readonly headings: readonly Heading[];
  readonly words: number;
  /** Whole minutes, at least 1. */
  readonly minutes: number;
  readonly links: readonly BodyLink[];
  /** First ~200 characters of plain text. */
  readonly excerpt: string;
  /** Picture files used in the body, paths from the project's root. */
  readonly pictures: readonly string[];
  readonly hasCode: boolean;
  /** What its own `import` and `export` lines name; only for `module`. */
  readonly imports?: readonly BodyImport[];
  /** Addresses of style sheets that the body's own components need; only for `module`. */
  readonly styles?: readonly string[];
}

/** A module that a body names. */
export interface BodyImport {
  /** As written: `./Chart.astro`, `astro-embed`. */
  readonly from: string;
  /** 1-based line in the author's file. */
  readonly line: number;
}

/** The external page that this post replies to. */
export interface Answering {
  readonly kind: "in-reply-to" | "like-of" | "repost-of" | "bookmark-of" | "rsvp";
  readonly url: string;
  /** For `rsvp`: yes, no, maybe or interested. */
  readonly rsvp: string | null;
}

/** A post with a title, or a note, which may do without. */
export type PostKind = "post" | "note";

export interface Post {
  readonly kind: PostKind;
  /** Site path of its page, such as `/posts/hello/`, percent-encoded. */
  readonly path: string;
  /** Stable for ever: feed ids and giscus hang on it. */
  readonly id: string;
  readonly slug: string;
  /** Source, path from the project's root. */
  readonly file: string;
  readonly visibility: Visibility;
  /** The author's; of an untitled note its first words, for lists, windows and feeds that need some. */
  readonly title: string;
  /** Whether the author gave it a title; without one, pages and feeds show none (no `p-name`). */
  readonly isTitled: boolean;
  /** For lists, feeds, cards and search engines: the author's words, else the excerpt. */
  readonly description: string;
  /** The description as the author wrote it, shown under the title; null when there is none. */
  readonly standfirst: string | null;
  /** First paragraph as plain text, cut at a sentence. */
  readonly excerpt: string;
  /** Instant, ISO 8601 in UTC: `2008-03-17T08:12:00.000Z`. */
  readonly date: string;
  /** Instant of the last edit that the author declared, else null. */
  readonly updated: string | null;
  /** Author ids, at least one. */
  readonly authors: readonly string[];
  /** Labels as written. */
  readonly tags: readonly string[];
  readonly series: string | null;
  readonly kicker: string | null;
  readonly cover: PictureRef | null;
  /** Address that a link post points to. */
  readonly link: string | null;
  /** Whether it stays at the head of the front page. */
  readonly isPinned: boolean;
  /** Whether it has a table of contents; null leaves it to its length. */
  readonly hasToc: boolean | null;
  readonly question: string | null;
  readonly contentNote: string | null;
  readonly isSensitive: boolean;
  readonly comments: CommentsState;
  /** BCP 47. */
  readonly lang: string;
  readonly dir: Direction;
  /** Slug of the original, or a name that all translations share; null for a text of its own. */
  readonly translationOf: string | null;
  /** Slugs of translations, as the author lists them. */
  readonly translations: readonly string[];
  /** What files that are versions of one text by their names (`post.md`, `post.de.md`) share; null for others. */
  readonly tie: string | null;
  /** Old paths from the site's root, each beginning with `/`. */
  readonly aliases: readonly string[];
  readonly canonical: string | null;
  readonly syndication: readonly string[];
  readonly answering: readonly Answering[];
  /** The author's own keys. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly body: BodyFacts;
}

/** A post that was taken down: its address answers with a 410 tombstone. */
export interface Tombstone {
  readonly slug: string;
  /** Site path of its page. */
  readonly path: string;
  readonly title: string;
  /** Day of the deletion, `2024-05-01`. */
  readonly deleted: string;
  readonly aliases: readonly string[];
}

export interface Page {
  /** With the folders around it: `docs/intro`. */
  readonly slug: string;
  readonly file: string;
  /** Never `scheduled`: pages have no date. */
  readonly visibility: Visibility;
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  readonly dir: Direction;
  /** As those of posts: slugs of pages. */
  readonly translationOf: string | null;
  readonly translations: readonly string[];
  readonly tie: string | null;
  readonly aliases: readonly string[];
  /** The author's own keys. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly body: BodyFacts;
}

export interface Author {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly short: string;
  /** Rendered, one or more paragraphs. */
  readonly bioHtml: string;
  readonly isGuest: boolean;
  readonly photo: PictureRef | null;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly accounts: readonly AuthorAccount[];
}

export interface Series {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
}

/** Posts that a build leaves out, named at its end; dates with the offset of the blog's zone. */
export interface HeldBack {
  readonly drafts: readonly { readonly file: string; readonly title: string }[];
  readonly scheduled: readonly { readonly file: string; readonly title: string; readonly date: string }[];
}

/** Everything that the author's folder says, checked and resolved. Plain data: it survives `structuredClone`. */
export interface Blog {
  readonly settings: Settings;
  /** Newest first; ties broken by slug. In a build published ones only; in dev all of them. */
  readonly posts: readonly Post[];
  readonly tombstones: readonly Tombstone[];
  /** By slug. In a build published ones only; in dev all of them. */
  readonly pages: readonly Page[];
  /** By id; at least one. Without files in content/authors/ the blog itself stands as the author. */
  readonly authors: readonly Author[];
  /** By id. */
  readonly series: readonly Series[];
  /** All stored records by the post's slug, oldest first; pages show only approved public ones. */
  readonly responses: Readonly<Record<string, readonly PostResponse[]>>;
  /** Stored data of the pages that posts reply to, by the address in their front matter. */
  readonly replyContexts: Readonly<Record<string, ReplyContext>>;
  readonly heldBack: HeldBack;
}
