import type { ResponseRoute } from "./identity.ts";

/** Kind of a response (`wm-property`). */
export type ResponseKind = "in-reply-to" | "like-of" | "repost-of" | "bookmark-of" | "mention-of" | "rsvp";

/** How a response was received (`wm-protocol`). */
export type ResponseProtocol =
  "webmention" | "pingback" | "trackback" | "comment" | "giscus" | "mastodon" | "bluesky";

/** `deleted` marks a tombstone, which prevents a pull from adding the response again. */
export type ResponseStatus = "approved" | "pending" | "spam" | "deleted";

export interface ResponseAuthor {
  readonly type: "card";
  /** Empty only in a tombstone. */
  readonly name: string;
  readonly url?: string | undefined;
  /**
   * Permanent id of the account, from its network: ActivityPub id, DID, or profile on GitHub. For an imported comment
   * by one of the blog's authors, the URL of the author's page. Never from data typed by a sender.
   */
  readonly uid?: string | undefined;
  /** The account's handle on its network, such as `@ann@social.example`. */
  readonly nickname?: string | undefined;
  /** Path below `content/responses/avatars/`, never a remote address. */
  readonly photo?: string | undefined;
}

/**
 * One stored response: a JF2 entry (https://jf2.spec.indieweb.org/) as returned by webmention.io's API, plus `status`,
 * `deleted-by`, `suspicion`, `updated`, `reactions`, `in-reply-to`, `site`, `anchor`, `author.uid`, `author.nickname`,
 * `attachments`, `emoji`, `routes`, `copy` and `copy-id`. Never contains an email or IP address.
 */
export interface PostResponse {
  readonly type: "entry";
  readonly author: ResponseAuthor;
  readonly url: string;
  /** ISO 8601 with zone. */
  readonly published?: string | undefined;
  /** Time of the author's last edit, ISO 8601 with zone, if the source has it. */
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
  /**
   * In a tombstone: deleted at its source. It may return as a new mention, unlike a response deleted by a moderator.
   */
  readonly "deleted-by"?: "source" | undefined;
  /** Reasons for suspecting spam, one sentence per rule; only while the status is `pending` or `spam`. */
  readonly suspicion?: readonly string[] | undefined;
  /** `wm-id` or `url` of the response that this one replies to. */
  readonly "in-reply-to"?: string | undefined;
  /** Name of the site that a trackback came from. */
  readonly site?: string | undefined;
  /** Pictures, videos, audio and links attached to the response on its network. */
  readonly attachments?: readonly ResponseAttachment[] | undefined;
  /** Pictures of custom emoji, by their code, which is between colons in the text. */
  readonly emoji?: Readonly<Record<string, string>> | undefined;
  /** Other routes by which the same response was received. */
  readonly routes?: readonly ResponseRoute[] | undefined;
  /**
   * URL of the post's copy on a network to which the response belongs; for a response found by search, the server's
   * URL.
   */
  readonly copy?: string | undefined;
  /** The response's id on the server of `copy`. */
  readonly "copy-id"?: string | undefined;
  /** Anchor of the response on a previous platform, such as `c6a00e54` or `comment-123`. */
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

/** Data of a page that a post replies to, stored so that builds and readers don't have to fetch it. */
export interface ReplyContext {
  /** URL as spelled in the post's front matter. */
  readonly url: string;
  readonly title: string | null;
  readonly author: { readonly name: string; readonly url: string | null } | null;
  /** ISO 8601 with zone. */
  readonly published: string | null;
  /** Plain text, at most 280 characters. */
  readonly excerpt: string | null;
  /** Name of the site, or its host. */
  readonly site: string;
  /** Day on which the page was fetched, such as `2026-11-22`. */
  readonly fetched: string;
}
