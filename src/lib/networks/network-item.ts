/** A post, like or repost of a thread on either network, before it becomes a record. */
import type { ResponseKind } from "../responses/model.ts";

/** A sign by which an account asks not to be indexed, archived or shown outside its network. */
export type OptOutSignal = "noindex" | "indexable" | "nobots" | "loggedOut";

export interface NetworkAccount {
  /** ActivityPub id or DID. */
  readonly uid: string;
  /** As people write it, `@ann@social.example`. */
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
  /** Address of a picture that stands for it. */
  readonly preview: string | null;
  readonly alt: string;
}

export interface NetworkItem {
  /** ActivityPub id, AT URI, or for a like or repost the copy's with the account's id. */
  readonly id: string;
  /** On the server that was asked, where that has ids of its own. */
  readonly localId: string | null;
  readonly url: string;
  readonly kind: ResponseKind;
  readonly account: NetworkAccount;
  /** Not sanitised. */
  readonly html: string;
  /** Content warning. */
  readonly warning: string;
  readonly published: string | null;
  readonly updated: string | null;
  /** Id of the item that it answers; null for the copy itself, and when unknown. */
  readonly parent: string | null;
  readonly attachments: readonly NetworkAttachment[];
  /** Addresses of the pictures of custom emoji by their code, without colons. */
  readonly emoji: Readonly<Record<string, string>>;
  /** Whether it is public or unlisted, that is, neither followers-only nor direct. */
  readonly isPublic: boolean;
  /** For a bridge's copy of a post elsewhere: the address of that post. */
  readonly original: string | null;
  /** Why the network itself hides it; null when it doesn't. */
  readonly hidden: string | null;
}

/** Why a copy's thread isn't there. */
export interface MissingThread {
  /** What follows the copy's address in a sentence for the author. */
  readonly missing: string;
}

/** A thread as far as it could be read. */
export interface NetworkThread {
  readonly items: readonly NetworkItem[];
  /** Ids of stored items that are confirmed to be gone. */
  readonly gone: ReadonlySet<string>;
  /** Anonymous counts by emoji, as some servers give them. */
  readonly reactions: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}
