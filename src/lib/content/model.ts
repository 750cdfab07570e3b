import type { AuthorAccount } from "./author-accounts.ts";
import type { Settings } from "../site/settings.ts";
import type { PostResponse, ReplyContext } from "../responses/model.ts";

/** `open`: anyone can respond; `closed`: existing responses are shown, new ones aren't accepted; `off`: no conversation. */
export type CommentsState = "open" | "closed" | "off";

/** Whether readers can see a text. `scheduled` and `draft` entries appear in `npm run dev` only. */
export type Visibility = "published" | "scheduled" | "draft";

export type Direction = "ltr" | "rtl";

/** A picture named by an author, resolved to a file in the repository. */
export interface PictureRef {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Variant for the dark appearance; left out if one file serves both. */
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
  /** Cache key of the rendered result: a hash of all its inputs. */
  readonly key: string;
  /**
   * Hash of what the author wrote, independent of the engine version and base path. Distinguishes an edited post, whose
   * link targets are to be notified, from one that is only rendered again.
   */
  readonly sourceHash: string;
  /** `plain`: rendered while content loads. `module`: has its own imports or expressions and is rendered by Astro. */
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
  /** Modules in its `import` and `export` lines; only for `module`. */
  readonly imports?: readonly BodyImport[];
  /** Addresses of style sheets that the body's own components need; only for `module`. */
  readonly styles?: readonly string[];
}

/** A module that a body imports. */
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

/** A post has a title; a note doesn't need one. */
export type PostKind = "post" | "note";

export interface Post {
  readonly kind: PostKind;
  /** Site path of its page, such as `/posts/hello/`, percent-encoded. */
  readonly path: string;
  /** Permanent: feed ids and giscus discussions depend on it. */
  readonly id: string;
  readonly slug: string;
  /** Source, path from the project's root. */
  readonly file: string;
  readonly visibility: Visibility;
  /** The author's title; for an untitled note its first words, for lists, window titles and feeds that need one. */
  readonly title: string;
  /** Whether the author gave it a title; without one, pages and feeds show none (no `p-name`). */
  readonly isTitled: boolean;
  /** For lists, feeds, cards and search engines: the author's description, else the excerpt. */
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
  /** Whether it stays at the top of the home page. */
  readonly isPinned: boolean;
  /** Whether it has a table of contents; null if that depends on its length and headings. */
  readonly hasToc: boolean | null;
  readonly question: string | null;
  readonly contentNote: string | null;
  readonly isSensitive: boolean;
  readonly comments: CommentsState;
  /** BCP 47. */
  readonly lang: string;
  readonly dir: Direction;
  /** Slug of the original, or a name that all translations share; null if the front matter has neither. */
  readonly translationOf: string | null;
  /** Slugs of translations that the author lists. */
  readonly translations: readonly string[];
  /** Key shared by files that are versions of one text by their names (`post.md`, `post.de.md`); null for others. */
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

/** A post that was taken down. Its address has a tombstone page, with status 410 where the host allows it. */
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
  /** Including its folders: `docs/intro`. */
  readonly slug: string;
  readonly file: string;
  /** Never `scheduled`: pages have no date. */
  readonly visibility: Visibility;
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  readonly dir: Direction;
  /** As for posts, with slugs of pages. */
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
  /** Rendered HTML; empty if there's no bio. */
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

/** Posts and pages that a build leaves out and lists at its end. Dates have the offset of the blog's zone. */
export interface HeldBack {
  readonly drafts: readonly { readonly file: string; readonly title: string }[];
  readonly scheduled: readonly { readonly file: string; readonly title: string; readonly date: string }[];
}

/** The author's folder, validated and resolved. Plain data that survives `structuredClone`. */
export interface Blog {
  readonly settings: Settings;
  /** Newest first; ties broken by slug. In a build, only published posts; in dev, all of them. */
  readonly posts: readonly Post[];
  readonly tombstones: readonly Tombstone[];
  /** Sorted by file. In a build, only published pages; in dev, all of them. */
  readonly pages: readonly Page[];
  /** Sorted by file; at least one. Without files in content/authors/, the blog itself is the author. */
  readonly authors: readonly Author[];
  /** Sorted by file. */
  readonly series: readonly Series[];
  /** All stored responses by the post's slug, oldest first; pages show only approved, public ones. */
  readonly responses: Readonly<Record<string, readonly PostResponse[]>>;
  /** Stored data of the pages that posts reply to, by the address in their front matter. */
  readonly replyContexts: Readonly<Record<string, ReplyContext>>;
  readonly heldBack: HeldBack;
}
