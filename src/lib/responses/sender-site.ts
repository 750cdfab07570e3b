import { hostOf } from "./clean-text.ts";

/** Hosts on which many people have a page: there the first part of the path says who it is. */
const SHARED_HOSTS =
  /^(?:(?:.+\.)?(?:facebook|instagram|linkedin|medium|reddit|tumblr|twitter|x|youtube|github|gitlab|threads|tiktok|flickr|pinterest|bsky|mastodon)\.(?:com|net|org|app|social)|.*(?:social|mastodon).*|sites\.google\.com|brid\.gy|.*\.brid\.gy|about\.me|telegra\.ph)$/;

/** Whose corner of the web an address is: its host, with the first part of the path on hosts shared by many. */
export function senderSite(address: string): string {
  const host = hostOf(address);
  const path = new URL(address).pathname;
  // Any host may be a server of the fediverse, on which many people have an account.
  const isAccount = /^\/(?:@|users\/|profile\/)[^/]/.test(path);
  if (!SHARED_HOSTS.test(host) && !isAccount) return host;
  const parts = path.split("/").filter((part) => part !== "");
  const depth = parts[0] === "users" || parts[0] === "profile" ? 2 : 1;
  return [host, ...parts.slice(0, depth)].join("/").toLowerCase();
}

/** Whether a place, or a domain above its host, is in the set. */
export function isOrBelow(place: string, places: ReadonlySet<string>): boolean {
  if (places.has(place)) return true;
  const labels = place.replace(/\/.*/, "").split(".");
  return labels.slice(0, -1).some((_, index) => places.has(labels.slice(index).join(".")));
}
