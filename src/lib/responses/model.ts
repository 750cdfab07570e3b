/** What a response does to the post (`wm-property`). */
export type ResponseKind = "in-reply-to" | "like-of" | "repost-of" | "bookmark-of" | "mention-of" | "rsvp";

/** The way by which it came (`wm-protocol`). */
export type ResponseProtocol = "webmention" | "pingback" | "trackback" | "comment" | "giscus";

/** `deleted` is a tombstone, so that a pull doesn't bring it back. */
export type ResponseStatus = "approved" | "pending" | "spam" | "deleted";

export interface ResponseAuthor {
  readonly type: "card";
  readonly name: string;
  readonly url?: string | undefined;
  /** Path below `content/responses/avatars/`, never a remote address. */
  readonly photo?: string | undefined;
}

/**
 * One stored answer: a JF2 entry (https://jf2.spec.indieweb.org/) as webmention.io's API returns it, plus `status`,
 * `in-reply-to` and `site`. Never an e-mail or IP address.
 */
export interface PostResponse {
  readonly type: "entry";
  readonly author: ResponseAuthor;
  readonly url: string;
  /** ISO 8601 with zone. */
  readonly published?: string | undefined;
  readonly name?: string | undefined;
  readonly content?: { readonly html?: string | undefined; readonly text: string } | undefined;
  readonly summary?: string | undefined;
  readonly rsvp?: string | undefined;
  readonly "wm-id": string | number;
  readonly "wm-source": string;
  readonly "wm-target": string;
  readonly "wm-protocol": ResponseProtocol;
  readonly "wm-property": ResponseKind;
  /** ISO 8601 with zone. */
  readonly "wm-received": string;
  readonly "wm-private"?: boolean | undefined;
  readonly status: ResponseStatus;
  /** `wm-id` or `url` of the response that this one answers. */
  readonly "in-reply-to"?: string | undefined;
  /** Name of the site that a trackback came from. */
  readonly site?: string | undefined;
  /** Anchor that the response had on an older platform, such as `c6a00e54`. */
  readonly anchor?: string | undefined;
}
