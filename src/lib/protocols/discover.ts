import { findPingback } from "./discover-pingback.ts";
import { findTrackback } from "./discover-trackback.ts";
import { findWebmention } from "./discover-webmention.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import { freshForMs } from "./freshness.ts";
import { isHtml, orFetchError, parsePage } from "./page.ts";

/** Protocols for notifying a page of a link to it. */
export type SendProtocol = "webmention" | "pingback" | "trackback";

/** How an endpoint was found. */
export type DiscoveryHow =
  "link-header" | "link-element" | "a-element" | "x-pingback-header" | "pingback-link" | "trackback-rdf";

/** Address and protocol with which a page accepts notifications. */
export interface Endpoint {
  readonly protocol: SendProtocol;
  /** Absolute http or https URL, with its query. */
  readonly endpoint: string;
  readonly how: DiscoveryHow;
}

export interface Discovery {
  /** Null when the page has no endpoint. */
  readonly found: Endpoint | null;
  /** URL after all redirects. */
  readonly finalUrl: string;
  /** HTTP status of the page; endpoints of 401 or 410 pages count too. */
  readonly status: number;
  /** How long the result may be cached, by the page's cache headers. */
  readonly freshForMs: number;
}

/**
 * Returns a `discoverEndpoint` that caches results for as long as the pages' cache headers allow, since several posts
 * may link to the same page. https://www.w3.org/TR/webmention/#sender-discovers-receiver-webmention-endpoint
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
 * Discovers how a page accepts notifications of a link to it: webmention, else pingback, else trackback. The page is
 * fetched once; only its first megabyte is searched, and only the headers unless it's HTML.
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
