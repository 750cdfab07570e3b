/**
 * By what two records are known to be the same reply, whatever way they came: natively, through Bridgy, Bridgy Fed or as
 * a webmention. An address counts only where its source couldn't have made it up: a page's own address,
 * what its own host says, and what the bridges say, which read the networks themselves.
 */
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { percentDecoded } from "../percent-decoded.ts";

/** How a record came, of which there may be several. */
export interface ResponseRoute {
  readonly "wm-id": string | number;
  readonly "wm-source": string;
  readonly "wm-protocol": PostResponse["wm-protocol"];
}

/** All keys of a record; two records of a post that share one are the same reply. */
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

/** Read from the network itself. */
export function isNative({ "wm-protocol": protocol }: Pick<PostResponse, "wm-protocol">): boolean {
  return protocol === "mastodon" || protocol === "bluesky";
}

/** 2: natively from its own network; 1: natively, but a bridge's copy of a post elsewhere; 0: from a third party. */
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

/** Whether the address that a record gives as its own is more than its author's word. */
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

/** The original's address in one of Bridgy Fed's: `https://ap.brid.gy/convert/web/https:/social.example/…`. */
function bridgedAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !isBridge(url.hostname)) return null;
  const id = url.searchParams.get("id");
  const path = /^\/convert\/\w+\/(.+)$/.exec(percentDecoded(url.pathname) + url.search)?.[1];
  const original = url.pathname === "/render" ? id : (path ?? null);
  return original?.replace(/^(https?|at):\/+/, "$1://").replace(/\/activity$/, "") ?? null;
}

/** `brid.gy/comment/mastodon/@me@host/POST/REPLY`, `brid.gy/like/bluesky/DID/POST/DID` and their like. */
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

/** One spelling: AT URIs for addresses on Bluesky, else without scheme, `www` and closing slash. */
function bare(address: string): string {
  const [, actor, rkey, mark = ""] =
    /^https?:\/\/bsky\.app\/profile\/([^/?#]+)\/post\/([^/?#]+)\/?(#.*)?$/.exec(address) ?? [];
  if (actor !== undefined && rkey !== undefined)
    return `at://${percentDecoded(actor).toLowerCase()}/app.bsky.feed.post/${rkey}${mark}`;
  return address.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/(?=#|$)/, "");
}
