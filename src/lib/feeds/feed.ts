/** Format-independent data of a feed; the only input of the writers. */

/** Written as `rss.xml`, `atom.xml` and `feed.json`. Conversations have only an Atom feed. */
export type FeedFormat = "rss" | "atom" | "json";

/** One file of a feed. */
export interface Feed {
  readonly format: FeedFormat;
  /** Site path: `/tags/listening/rss.xml`. */
  readonly path: string;
  /** Hash of the file's content, with the keys of the bodies in place of the bodies, so no body is read. */
  readonly key: string;
  /** Loads the file's content. */
  load(): Promise<FeedDocument>;
}

export interface FeedDocument {
  readonly head: FeedHead;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

export interface FeedHead {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  /** The page that lists the same items. */
  readonly homeUrl: string;
  readonly selfUrl: string;
  /** The newest document; equal to `selfUrl` except in archives. */
  readonly currentUrl: string;
  readonly isArchive: boolean;
  readonly previousArchiveUrl: string | null;
  readonly nextArchiveUrl: string | null;
  readonly updated: string;
  /** WebSub hub; null for archives, which don't change. */
  readonly hub: string | null;
  readonly licence: { readonly name: string; readonly url: string } | null;
  readonly blog: { readonly title: string; readonly url: string };
  readonly styleSheet: string;
  /** Time zone in which times are written; null is UTC. */
  readonly timeZone: string | null;
}

/** A post, or a response to one. All URLs are absolute and valid (RFC 3986); all times are ISO 8601 in UTC. */
export interface FeedItem {
  readonly id: string;
  readonly url: string;
  /** Plain text; null for a note. */
  readonly title: string | null;
  /** Plain text. */
  readonly summary: string | null;
  /** Never changes, unlike `updated`, the time of the last edit that the author has declared. */
  readonly published: string;
  readonly updated: string;
  readonly authors: readonly FeedPerson[];
  readonly tags: readonly string[];
  readonly lang: string | null;
  readonly inReplyTo: readonly FeedReference[];
  /** URL at which a response was published, null for a post. */
  readonly via: string | null;
  readonly conversation: FeedConversation | null;
  readonly imageUrl: string | null;
  readonly enclosures: readonly FeedEnclosure[];
  /** HTML. */
  readonly content: string;
}

export interface FeedPerson {
  readonly name: string;
  readonly url: string | null;
}

/** Target of a reply (RFC 4685). `ref` is an entry's id or, on other sites, a URL. */
export interface FeedReference {
  readonly ref: string;
  readonly href: string | null;
  readonly type: string | null;
}

/** The conversation about a post: the URL of its section on the page, and its feed. */
export interface FeedConversation {
  readonly url: string;
  readonly feedUrl: string;
  readonly count: number;
  /** Time of the newest response, null when there is none. */
  readonly updated: string | null;
}

/** An audio file or other attachment, downloaded by podcast apps. */
export interface FeedEnclosure {
  readonly url: string;
  readonly bytes: number;
  /** Media type, such as `audio/mpeg`. */
  readonly type: string;
}
