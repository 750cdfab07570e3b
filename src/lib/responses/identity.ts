/**
 * Recognizes records of the same reply received by different routes: natively, through Bridgy or Bridgy Fed, or as a
 * webmention. A URL counts only if its source couldn't have forged it: a page's own URL, a URL on the same host, or a
 * URL from a bridge, which reads the network itself.
 */
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { percentDecoded } from "../percent-decoded.ts";

/** A route by which a response was received; a record may have several. */
export interface ResponseRoute {
  readonly "wm-id": string | number;
  readonly "wm-source": string;
  readonly "wm-protocol": PostResponse["wm-protocol"];
}

/** Returns all identity keys of a record. Two records of a post with a common key are the same reply. */
export function identityKeys(record: PostResponse): string[] {
  const protocol = record["wm-protocol"];
  if (protocol === "comment" || protocol === "giscus" || protocol === "trackback" || protocol === "pingback")
    return [];
  if (record.reactions !== undefined) return [];
  const native = isNative(record) ? nativeAddresses(record) : [];
  const routes = (record.routes ?? []).flatMap((route) => [
    route["wm-source"],
    ...(typeof route["wm-id"] === "string" && /^(?:https?|at):/.test(route["wm-id"]) ? [route["wm-id"]] : []),
  ]);
  const vouched = isVouched(record) ? [record.url] : [];
  const addresses = [record["wm-source"], ...vouched, ...native, ...routes];
  return [...new Set(addresses.flatMap(keysOfAddress))];
}

/** Whether a record was read from its network's own API. */
export function isNative({ "wm-protocol": protocol }: Pick<PostResponse, "wm-protocol">): boolean {
  return protocol === "mastodon" || protocol === "bluesky";
}

/**
 * Returns 2 for a record read natively from its network, 1 for a native bridge copy of a post elsewhere, 0 for a third
 * party's.
 */
export function rankOf(record: PostResponse): number {
  if (!isNative(record)) return 0;
  return isBridge(hostOf(String(record["wm-id"]))) || /\.brid\.gy$/.test(record.author.nickname ?? "")
    ? 1
    : 2;
}

function nativeAddresses(record: PostResponse): string[] {
  const { nickname = "" } = record.author;
  const byHandle =
    record["wm-protocol"] === "bluesky" && nickname !== ""
      ? [record.url.replace(/\/profile\/did:[^/]+/, `/profile/${nickname.slice(1)}`)]
      : [];
  const local =
    record["copy-id"] !== undefined && record.copy !== undefined
      ? [`local:${URL.parse(record.copy)?.host ?? ""}/${verbOf(record)}/${record["copy-id"]}`]
      : [];
  return [String(record["wm-id"]), ...byHandle, ...local];
}

function verbOf(record: PostResponse): string {
  const property = record["wm-property"];
  return property === "like-of" ? "like" : property === "repost-of" ? "repost" : "comment";
}

/** Whether a record's own URL is trustworthy: on the source's host, or from a bridge. */
export function isVouched(record: PostResponse): boolean {
  const source = hostOf(record["wm-source"]);
  return source === hostOf(record.url) || isBridge(source);
}

function isBridge(host: string): boolean {
  return host === "brid.gy" || host.endsWith(".brid.gy");
}

function keysOfAddress(address: string): string[] {
  if (address.startsWith("local:")) return [address];
  const converted = bridgedAddress(address);
  if (converted !== null) return [bare(address), ...(converted === address ? [] : keysOfAddress(converted))];
  const bridgy = bridgyKey(address);
  return bridgy === null ? [bare(address)] : [bare(address), bridgy];
}

/** Returns the original URL in a Bridgy Fed URL: `https://ap.brid.gy/convert/web/https:/social.example/…`. */
function bridgedAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !isBridge(url.hostname)) return null;
  const id = url.searchParams.get("id");
  const path = /^\/convert\/\w+\/(.+)$/.exec(percentDecoded(url.pathname) + url.search)?.[1];
  const original = url.pathname === "/render" ? id : (path ?? null);
  return original?.replace(/^(https?|at):\/+/, "$1://").replace(/\/activity$/, "") ?? null;
}

/**
 * Parses Bridgy URLs such as `brid.gy/comment/mastodon/@me@host/POST/REPLY` and `brid.gy/like/bluesky/DID/POST/DID`.
 */
function bridgyKey(address: string): string | null {
  const url = URL.parse(address);
  if (url?.hostname !== "brid.gy") return null;
  const [, verb, silo, account, post, response] = url.pathname.split("/").map(percentDecoded);
  if (account === undefined || post === undefined || response === undefined) return null;
  if (silo === "mastodon") return `local:${account.replace(/^.*@/, "")}/${verb}/${response}`;
  if (silo !== "bluesky") return null;
  if (verb === "comment") return response.startsWith("at://") ? bare(response) : null;
  return bare(`${post}#${verb === "like" ? "liked" : "reposted"}_by_${response}`);
}

/** Normalizes a URL: to an AT URI for posts on Bluesky, else without scheme, `www` and trailing slash. */
function bare(address: string): string {
  const [, actor, rkey, mark = ""] =
    /^https?:\/\/bsky\.app\/profile\/([^/?#]+)\/post\/([^/?#]+)\/?(#.*)?$/.exec(address) ?? [];
  if (actor !== undefined && rkey !== undefined)
    return `at://${percentDecoded(actor).toLowerCase()}/app.bsky.feed.post/${rkey}${mark}`;
  return address.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/(?=#|$)/, "");
}
