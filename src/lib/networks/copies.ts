/** Parses the URLs of a post's copies on other networks (`syndication`). */
import { percentDecoded } from "../percent-decoded.ts";

export interface MastodonCopy {
  readonly network: "mastodon";
  /** The URL as written in the post's front matter. */
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
 * Paths of a status: Mastodon (`/@ann/123`, `/users/ann/statuses/123`, in its advanced interface `/deck/@ann/123`),
 * GoToSocial (`/@ann/statuses/01ABC…`), Pleroma and Akkoma (`/notice/AbC…`), Pixelfed (`/p/ann/123`), Misskey forks
 * with Mastodon's API (`/notes/abc`). Ids are digits, ULIDs or Flakes, so `medium.com/@ann/a-title-1f2e` doesn't match.
 */
const STATUS_PATHS = [
  /^(?:\/deck|\/web)?\/@[\w.-]+(?:@[\w.:-]+)?\/(?:statuses\/)?(\d+|[\dA-Z]{26})\/?$/,
  /^\/users\/[\w.-]+\/statuses\/(\d+|[\dA-Z]{26})\/?$/,
  /^\/notice\/([\dA-Za-z]{16,24})\/?$/,
  /^\/p\/[\w.-]+\/(\d{4,})\/?$/,
  /^\/notes\/([\da-z]{10,32})\/?$/,
];

const BLUESKY_PATH = /^\/profile\/([\w.:%-]+)\/post\/([\w.~:-]{1,512})\/?$/;

/** The copy at a URL; null when the URL isn't a post on a supported network. */
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
 * The mistake in a URL that was probably meant as a copy, as the end of a sentence for the author; null for valid
 * copies and unrelated URLs.
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

/** Canonical key of a copy, the same for all its URLs; but a handle and the DID it resolves to give different keys. */
export function nameOf(copy: Copy): string {
  return copy.network === "mastodon"
    ? `${copy.origin} ${copy.id}`
    : `bluesky ${copy.actor.toLowerCase()} ${copy.rkey}`;
}

/** The canonical key ({@link nameOf}) of the copy at a URL; the URL itself when it isn't a copy. */
export function copyKey(address: string): string {
  const copy = copyAt(address);
  return copy === null ? address : nameOf(copy);
}

/** Display name of a copy's network; the server's host when its URL doesn't look like Mastodon's. */
export function networkName(copy: Copy): string {
  if (copy.network === "bluesky") return "Bluesky";
  const isUsual = /^\/(?:@|users\/)/.test(new URL(copy.address).pathname) && /^\d+$/.test(copy.id);
  return isUsual ? "Mastodon" : new URL(copy.origin).host;
}

function atCopy(address: string): BlueskyCopy | null {
  const [, actor, rkey] = /^at:\/\/([\w.:%-]+)\/app\.bsky\.feed\.post\/([\w.~:-]+)$/.exec(address) ?? [];
  return actor === undefined || rkey === undefined ? null : { network: "bluesky", address, actor, rkey };
}
