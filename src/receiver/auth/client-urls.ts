/** Which addresses can name a client, and where a client may be answered. */

/** A client identifier as the specification allows it (https://indieauth.spec.indieweb.org/#client-identifier), else null. */
export function clientUrl(text: string): URL | null {
  const url = text.length > 2000 || !/^https?:\/\//i.test(text) ? null : URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || /#|@/.test(text.replace(/\?.*$/s, "")))
    return null;
  // `URL` resolves dot segments, so they're looked for in what was sent.
  const path = text.replace(/^https?:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  if (path.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) return null;
  const isAddress = /^\[|^\d+(?:\.\d+){3}$/.test(url.hostname);
  return isAddress && !isLoopback(url) ? null : url;
}

/** A loopback client, which must not be fetched. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "[::1]" || /^(?:.*\.)?localhost\.?$/.test(hostname);
}

/**
 * An address to which a code may be sent, else null: http, https, or the scheme of a program that isn't one that
 * browsers act on themselves.
 */
export function redirectUrl(text: string): URL | null {
  const url = text.length > 2000 ? null : URL.parse(text);
  if (url === null || text.includes("#") || url.username !== "" || url.password !== "") return null;
  if (/^https?:$/.test(url.protocol)) return url;
  // Schemes of programs are reverse domain names (RFC 8252, 7.1).
  return /^[a-z][a-z\d+-]*(?:\.[a-z\d+-]+)+:$/.test(url.protocol) ? url : null;
}

/** Whether scheme, host and port are the client's own. */
export function isSameOrigin(client: URL, redirect: URL): boolean {
  return /^https?:$/.test(redirect.protocol) && client.origin === redirect.origin;
}
