/** Which addresses can name a client, and where a client may be answered. */

/** A client identifier as the specification allows it (https://indieauth.spec.indieweb.org/#client-identifier), else null. */
export function clientUrl(text: string): URL | null {
  const url = text.length > 2000 || text.includes("#") ? null : URL.parse(text);
  // `URL` drops empty names and passwords and resolves dot segments, so they're looked for in what was sent.
  const [, host = "@", path = ""] = /^https?:\/\/([^/?\\]*)([^?]*)/i.exec(text) ?? [];
  if (url === null || host.includes("@")) return null;
  if (path.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) return null;
  const isAddress = /^\[|^\d+(?:\.\d+){3}$/.test(url.hostname);
  return isAddress && !isLoopback(url) ? null : url;
}

/** A client identifier in the form by which two are compared: with its host in lower case, and a path. */
export function sameClient(text: string): string {
  return clientUrl(text)?.href ?? text;
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

/** Whether two addresses are the same, however they're written. */
export function isSameUrl(one: string, other: string): boolean {
  return one === other || (URL.canParse(one) && URL.parse(one)?.href === URL.parse(other)?.href);
}

/** Whether scheme, host and port are the client's own. */
export function isSameOrigin(client: URL, redirect: URL): boolean {
  return /^https?:$/.test(redirect.protocol) && client.origin === redirect.origin;
}
