/** A post's copies elsewhere (`syndication`) as the networks name them. */
import { percentDecoded } from "../percent-decoded.ts";

export interface MastodonCopy {
  readonly network: "mastodon";
  /** The address as the post's front matter has it. */
  readonly address: string;
  /** `https://social.example`. */
  readonly origin: string;
  /** Id of the status on that server; opaque. */
  readonly id: string;
}

export interface BlueskyCopy {
  readonly network: "bluesky";
  readonly address: string;
  /** DID or handle. */
  readonly actor: string;
  readonly rkey: string;
}

export type Copy = MastodonCopy | BlueskyCopy;

/**
 * Paths of a status: Mastodon (`/@ann/123`, `/users/ann/statuses/123`, in its other interface `/deck/@ann/123`), GoToSocial
 * (`/@ann/statuses/01ABC…`), Pleroma and Akkoma (`/notice/AbC…`), Pixelfed (`/p/ann/123`), Misskey's compatible part
 * (`/notes/abc`). Ids are digits, ULIDs or Flakes, so that `medium.com/@ann/a-title-1f2e` is none.
 */
const STATUS_PATHS = [
  /^(?:\/deck|\/web)?\/@[\w.-]+(?:@[\w.:-]+)?\/(?:statuses\/)?(\d+|[\dA-Z]{26})\/?$/,
  /^\/users\/[\w.-]+\/statuses\/(\d+|[\dA-Z]{26})\/?$/,
  /^\/notice\/([\dA-Za-z]{16,24})\/?$/,
  /^\/p\/[\w.-]+\/(\d{4,})\/?$/,
  /^\/notes\/([\da-z]{10,32})\/?$/,
];

const BLUESKY_PATH = /^\/profile\/([\w.:%-]+)\/post\/([\w.~:-]{1,512})\/?$/;

/** The copy that an address names, or null: a copy on a network that isn't read. */
export function copyAt(address: string): Copy | null {
  const url = URL.parse(address);
  if (address.startsWith("at://")) return atCopy(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.hostname === "bsky.app") {
    const [, actor, rkey] = BLUESKY_PATH.exec(url.pathname) ?? [];
    if (actor === undefined || rkey === undefined) return null;
    return { network: "bluesky", address, actor: percentDecoded(actor), rkey };
  }
  for (const pattern of STATUS_PATHS) {
    const id = pattern.exec(url.pathname)?.[1];
    if (id !== undefined) return { network: "mastodon", address, origin: url.origin, id };
  }
  return null;
}

/**
 * What is wrong with an address that was meant for a copy on a network, as the end of a sentence for the author; null for a
 * copy, and for addresses on other sites.
 */
export function copyMistake(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || copyAt(address) !== null) return null;
  if (BLUESKY_PATH.test(url.pathname))
    return `is on another site than Bluesky's. Write https://bsky.app${url.pathname}`;
  if (url.hostname === "bsky.app")
    return "names no post. The address of a post is https://bsky.app/profile/me.example/post/3kexample";
  if (/^\/(?:@|users\/)[\w.-]+(?:@[\w.:-]+)?\/?$/.test(url.pathname))
    return "is a profile. Open the post there and copy its address";
  return null;
}

/** One spelling for all addresses of a copy; a handle and the DID behind it differ. */
export function nameOf(copy: Copy): string {
  return copy.network === "mastodon"
    ? `${copy.origin} ${copy.id}`
    : `bluesky ${copy.actor.toLowerCase()} ${copy.rkey}`;
}

/** The same of an address; the address itself when it names no copy. */
export function copyKey(address: string): string {
  const copy = copyAt(address);
  return copy === null ? address : nameOf(copy);
}

/** What people call the network of a copy; where that can't be seen from its address, the server's host. */
export function networkName(copy: Copy): string {
  if (copy.network === "bluesky") return "Bluesky";
  const isUsual = /^\/(?:@|users\/)/.test(new URL(copy.address).pathname) && /^\d+$/.test(copy.id);
  return isUsual ? "Mastodon" : new URL(copy.origin).host;
}

function atCopy(address: string): BlueskyCopy | null {
  const [, actor, rkey] = /^at:\/\/([\w.:%-]+)\/app\.bsky\.feed\.post\/([\w.~:-]+)$/.exec(address) ?? [];
  return actor === undefined || rkey === undefined ? null : { network: "bluesky", address, actor, rkey };
}
