import type { ResponseRoute } from "./identity.ts";

/** Kind of a response (`wm-property`). */
export type ResponseKind = "in-reply-to" | "like-of" | "repost-of" | "bookmark-of" | "mention-of" | "rsvp";

/** The way by which it came (`wm-protocol`). */
export type ResponseProtocol =
  "webmention" | "pingback" | "trackback" | "comment" | "giscus" | "mastodon" | "bluesky";

/** `deleted` is a tombstone, so that a pull doesn't bring it back. */
export type ResponseStatus = "approved" | "pending" | "spam" | "deleted";

export interface ResponseAuthor {
  readonly type: "card";
  /** Empty only in a tombstone. */
  readonly name: string;
  readonly url?: string | undefined;
  /**
   * The account for good, as its network gives it: ActivityPub id, DID, profile on GitHub; of an imported comment by one
   * of the blog's authors, that author's page. Never taken from what a sender typed.
   */
  readonly uid?: string | undefined;
  /** The account's handle on its network, `@ann@social.example`. */
  readonly nickname?: string | undefined;
  /** Path below `content/responses/avatars/`, never a remote address. */
  readonly photo?: string | undefined;
}

/**
 * One stored answer: a JF2 entry (https://jf2.spec.indieweb.org/) as webmention.io's API returns it, plus `status`,
 * `deleted-by`, `suspicion`, `updated`, `reactions`, `in-reply-to`, `site`, `anchor`, `author.uid`, `author.nickname`,
 * `attachments`, `emoji`, `routes`, `copy` and `copy-id`. Never an e-mail or IP address.
 */
export interface PostResponse {
  readonly type: "entry";
  readonly author: ResponseAuthor;
  readonly url: string;
  /** ISO 8601 with zone. */
  readonly published?: string | undefined;
  /** When its author last changed it, ISO 8601 with zone, where the source says so. */
  readonly updated?: string | undefined;
  readonly name?: string | undefined;
  readonly content?: { readonly html?: string | undefined; readonly text: string } | undefined;
  readonly summary?: string | undefined;
  /** `yes`, `no`, `maybe` or `interested`. */
  readonly rsvp?: string | undefined;
  /** Counts by emoji, such as `{ "👍": 3 }`: GitHub's reactions. */
  readonly reactions?: Readonly<Record<string, number>> | undefined;
  readonly "wm-id": string | number;
  readonly "wm-source": string;
  readonly "wm-target": string;
  readonly "wm-protocol": ResponseProtocol;
  readonly "wm-property": ResponseKind;
  /** ISO 8601 with zone. */
  readonly "wm-received": string;
  readonly "wm-private"?: boolean | undefined;
  readonly status: ResponseStatus;
  /** In a tombstone: its own source took it back. It may return as a new mention; what a moderator deleted may not. */
  readonly "deleted-by"?: "source" | undefined;
  /** Why it looks like spam, one sentence a rule; present only while it is `pending` or `spam`. */
  readonly suspicion?: readonly string[] | undefined;
  /** `wm-id` or `url` of the response that this one answers. */
  readonly "in-reply-to"?: string | undefined;
  /** Name of the site that a trackback came from. */
  readonly site?: string | undefined;
  /** Pictures, films and links that stand with a response on its network. */
  readonly attachments?: readonly ResponseAttachment[] | undefined;
  /** Pictures of custom emoji, by the code that is between colons in the text. */
  readonly emoji?: Readonly<Record<string, string>> | undefined;
  /** Other ways by which the same response came. */
  readonly routes?: readonly ResponseRoute[] | undefined;
  /**
   * Address of the post's copy on a network under which the response is; for one found by search, the address of the
   * server.
   */
  readonly copy?: string | undefined;
  /** The response's id on that server. */
  readonly "copy-id"?: string | undefined;
  /** Anchor that the response had on an older platform, such as `c6a00e54` or `comment-123`. */
  readonly anchor?: string | undefined;
}

export interface ResponseAttachment {
  readonly type: "image" | "video" | "audio" | "link";
  readonly url: string;
  /** Description, or the title of a link; may be empty. */
  readonly alt: string;
  /** Path of its thumbnail below `content/responses/avatars/`. */
  readonly picture?: string | undefined;
}

/** The page that a post replies to, stored so that builds and readers needn't fetch it. */
export interface ReplyContext {
  /** Address as the post's front matter names it. */
  readonly url: string;
  readonly title: string | null;
  readonly author: { readonly name: string; readonly url: string | null } | null;
  /** ISO 8601 with zone. */
  readonly published: string | null;
  /** Plain text, at most 280 characters. */
  readonly excerpt: string | null;
  /** Name of the site, else its host. */
  readonly site: string;
  /** Day on which it was fetched, `2026-11-22`. */
  readonly fetched: string;
}
