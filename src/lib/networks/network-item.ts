/** Types of a thread on either network: its posts, likes and reposts before they become records. */
import type { ResponseKind } from "../responses/model.ts";

/** Signals that an account has opted out of being indexed, archived or shown outside its network. */
export type OptOutSignal = "noindex" | "indexable" | "nobots" | "loggedOut";

export interface NetworkAccount {
  /** ActivityPub id or DID. */
  readonly uid: string;
  /** Handle, for example `@ann@social.example`. */
  readonly nickname: string;
  readonly name: string;
  readonly url: string;
  readonly photo: string | null;
  readonly signals: readonly OptOutSignal[];
  /** The account was closed by its server. */
  readonly isSuspended: boolean;
}

export interface NetworkAttachment {
  readonly type: "image" | "video" | "audio" | "link";
  readonly url: string;
  /** URL of a preview picture. */
  readonly preview: string | null;
  readonly alt: string;
}

export interface NetworkItem {
  /** ActivityPub id or AT URI; for a like or repost, the copy's id followed by the account's. */
  readonly id: string;
  /** Id on the server it was read from, if the server has its own ids. */
  readonly localId: string | null;
  readonly url: string;
  readonly kind: ResponseKind;
  readonly account: NetworkAccount;
  /** Unsanitized HTML. */
  readonly html: string;
  /** Content warning. */
  readonly warning: string;
  readonly published: string | null;
  readonly updated: string | null;
  /** Id of the item it replies to; null when that is the copy or unknown. */
  readonly parent: string | null;
  readonly attachments: readonly NetworkAttachment[];
  /** Picture URLs of custom emoji by shortcode, without colons. */
  readonly emoji: Readonly<Record<string, string>>;
  /** Whether it is public or unlisted, that is, neither followers-only nor direct. */
  readonly isPublic: boolean;
  /** URL of the original post if this one was made by a bridge. */
  readonly original: string | null;
  /** Why the item is hidden on the network; null when it isn't. */
  readonly hidden: string | null;
}

/** Result for a copy whose thread doesn't exist. */
export interface MissingThread {
  /** The reason, as the rest of a sentence that begins with the copy's URL. */
  readonly missing: string;
}

/** Result of reading a thread. */
export interface NetworkThread {
  readonly items: readonly NetworkItem[];
  /** Ids of stored items that are confirmed to be deleted. */
  readonly gone: ReadonlySet<string>;
  /** Anonymous reaction counts by emoji, which some servers provide. */
  readonly reactions: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}
