/** Validates and compares client identifiers and redirect URLs. */

/** A valid client identifier (https://indieauth.spec.indieweb.org/#client-identifier), else null. */
export function clientUrl(text: string): URL | null {
  const url = text.length > 2000 || text.includes("#") ? null : URL.parse(text);
  // `URL` drops empty usernames and passwords and resolves dot segments, so check the raw text for them.
  const [, host = "@", path = ""] = /^https?:\/\/([^/?\\]*)([^?]*)/i.exec(text) ?? [];
  if (url === null || host.includes("@")) return null;
  if (path.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) return null;
  const isAddress = /^\[|^\d+(?:\.\d+){3}$/.test(url.hostname);
  return isAddress && !isLoopback(url) ? null : url;
}

/** A client identifier normalized for comparison: with a lowercase host, and a path. */
export function sameClient(text: string): string {
  return clientUrl(text)?.href ?? text;
}

/** Whether a URL is that of a loopback client, which must not be fetched. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "[::1]" || /^(?:.*\.)?localhost\.?$/.test(hostname);
}

/**
 * A URL that a code may be sent to, else null: http, https, or the private-use scheme of an app; not a scheme that
 * browsers handle themselves.
 */
export function redirectUrl(text: string): URL | null {
  const url = text.length > 2000 ? null : URL.parse(text);
  if (url === null || text.includes("#") || url.username !== "" || url.password !== "") return null;
  if (/^https?:$/.test(url.protocol)) return url;
  // Private-use schemes are reverse domain names (RFC 8252, 7.1).
  return /^[a-z][a-z\d+-]*(?:\.[a-z\d+-]+)+:$/.test(url.protocol) ? url : null;
}

/** Whether two URLs are equal after normalization. */
export function isSameUrl(one: string, other: string): boolean {
  return one === other || (URL.canParse(one) && URL.parse(one)?.href === URL.parse(other)?.href);
}

/** Whether a redirect URL has the same scheme, host and port as the client. */
export function isSameOrigin(client: URL, redirect: URL): boolean {
  return /^https?:$/.test(redirect.protocol) && client.origin === redirect.origin;
}
