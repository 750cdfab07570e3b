import { findPingback } from "./discover-pingback.ts";
import { findTrackback } from "./discover-trackback.ts";
import { findWebmention } from "./discover-webmention.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import { freshForMs } from "./freshness.ts";
import { isHtml, orFetchError, parsePage } from "./page.ts";

/** The ways in which a post can tell a page that it links there. */
export type SendProtocol = "webmention" | "pingback" | "trackback";

/** How an endpoint was found. */
export type DiscoveryHow =
  "link-header" | "link-element" | "a-element" | "x-pingback-header" | "pingback-link" | "trackback-rdf";

/** Where and how a page accepts notifications. */
export interface Endpoint {
  readonly protocol: SendProtocol;
  /** Absolute, http or https, its query kept. */
  readonly endpoint: string;
  readonly how: DiscoveryHow;
}

export interface Discovery {
  /** Null when the page offers no way. */
  readonly found: Endpoint | null;
  /** Address after all redirects. */
  readonly finalUrl: string;
  /** HTTP status of the page; an endpoint on a 401 or 410 page counts, too. */
  readonly status: number;
  /** For how long its server says that this stays true. */
  readonly freshForMs: number;
}

/**
 * `discoverEndpoint` that asks a page again only when its server's cache headers want it: several posts link to the
 * same page. https://www.w3.org/TR/webmention/#sender-discovers-receiver-webmention-endpoint
 */
export function createDiscoverer(
  client: GuardedClient,
  now: () => Date,
): (url: string) => Promise<Discovery> {
  const kept = new Map<string, { readonly discovery: Discovery; readonly until: number }>();
  return async (url) => {
    const known = kept.get(url);
    if (known !== undefined && now().getTime() < known.until) return known.discovery;
    const discovery = await discoverEndpoint(url, client);
    kept.set(url, { discovery, until: now().getTime() + discovery.freshForMs });
    return discovery;
  };
}

/**
 * Finds out how a page accepts notifications of a link to it: webmention, else pingback, else trackback. It is fetched
 * exactly once; what is within the first megabyte counts, and of anything but HTML only the headers.
 *
 * @throws FetchError when the page can't be fetched.
 */
export async function discoverEndpoint(url: string, client: GuardedClient): Promise<Discovery> {
  const response = await client.fetch(url, {
    accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
    wants: isHtml,
    whenTooLarge: "truncate",
  });
  const page = parsePage(response);
  return {
    found: orFetchError(response.url, endpointOf),
    finalUrl: response.url,
    status: response.status,
    freshForMs: freshForMs(response, new Date()),
  };

  function endpointOf(): Endpoint | null {
    const webmention = findWebmention(page);
    if (webmention !== null) return { protocol: "webmention", ...webmention };
    const pingback = findPingback(page);
    if (pingback !== null) return { protocol: "pingback", ...pingback };
    const trackback = findTrackback(page, url);
    return trackback === null ? null : { protocol: "trackback", ...trackback };
  }
}
