import { hostOf } from "./clean-text.ts";

/** Hosts shared by many people, where the first path segment identifies a person. */
const SHARED_HOSTS =
  /^(?:(?:.+\.)?(?:facebook|instagram|linkedin|medium|reddit|tumblr|twitter|x|youtube|github|gitlab|threads|tiktok|flickr|pinterest|bsky|mastodon)\.(?:com|net|org|app|social)|.*(?:social|mastodon).*|sites\.google\.com|brid\.gy|.*\.brid\.gy|about\.me|telegra\.ph)$/;

/** Returns the site of a URL's owner: the host and, on shared hosts, the path segment of the account. */
export function senderSite(address: string): string {
  const host = hostOf(address);
  const path = new URL(address).pathname;
  // Any host may be a fediverse server with many accounts.
  const isAccount = /^\/(?:@|users\/|profile\/)[^/]/.test(path);
  if (!SHARED_HOSTS.test(host) && !isAccount) return host;
  const parts = path.split("/").filter((part) => part !== "");
  const depth = parts[0] === "users" || parts[0] === "profile" ? 2 : 1;
  return [host, ...parts.slice(0, depth)].join("/").toLowerCase();
}

/** Whether a site, or a parent domain of its host, is in the set. */
export function isOrBelow(site: string, sites: ReadonlySet<string>): boolean {
  if (sites.has(site)) return true;
  const labels = site.replace(/\/.*/, "").split(".");
  return labels.slice(0, -1).some((_, index) => sites.has(labels.slice(index).join(".")));
}
