import { hostOf } from "./clean-text.ts";

/** Hosts on which many people have a page: there the first part of the path says who it is. */
const SHARED_HOSTS =
  /^(?:(?:.+\.)?(?:facebook|instagram|linkedin|medium|reddit|tumblr|twitter|x|youtube|github|gitlab|threads|tiktok|flickr|pinterest|bsky|mastodon)\.(?:com|net|org|app|social)|.*(?:social|mastodon).*|sites\.google\.com|brid\.gy|.*\.brid\.gy|about\.me|telegra\.ph)$/;

/** Whose corner of the web an address is: its host, with the first part of the path on hosts shared by many. */
export function senderSite(address: string): string {
  const host = hostOf(address);
  if (!SHARED_HOSTS.test(host)) return host;
  const [first = ""] = new URL(address).pathname.split("/").filter((part) => part !== "");
  return `${host}/${first.toLowerCase()}`;
}

/** Whether a place, or a domain above its host, is in the set. */
export function isOrBelow(place: string, places: ReadonlySet<string>): boolean {
  if (places.has(place)) return true;
  const labels = place.replace(/\/.*/, "").split(".");
  return labels.slice(0, -1).some((_, index) => places.has(labels.slice(index).join(".")));
}
