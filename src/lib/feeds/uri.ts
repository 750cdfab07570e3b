/** Characters that `new URL()` leaves in an address and RFC 3986 doesn't allow there. */
const NOT_URI = /[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![0-9a-f]{2})/gi;

/**
 * A web address as a valid URI (RFC 3986), with every other character percent-encoded. Feed validators reject anything
 * else, and what strangers send may hold brackets, braces or spaces.
 * @returns null for what isn't an address of the web.
 */
export function webUri(address: string | null | undefined): string | null {
  if (address === null || address === undefined || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const start = `${url.protocol}//${url.host}`;
  const rest = url.pathname + url.search + url.hash;
  const [beforeHash = "", ...hash] = rest.split("#");
  return start + encoded(beforeHash) + (hash.length === 0 ? "" : `#${encoded(hash.join("%23"))}`);
}

function encoded(text: string): string {
  return text.replaceAll(NOT_URI, (character) => encodeURIComponent(character));
}
