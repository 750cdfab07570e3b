/** Characters that `new URL()` doesn't encode although RFC 3986 doesn't allow them in a URI. */
const NOT_URI = /[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![0-9a-f]{2})/gi;

/**
 * Converts a web address to a valid URI (RFC 3986) by percent-encoding all other characters. Feed validators reject
 * anything else, and addresses sent by strangers may contain brackets, braces or spaces.
 * @returns null unless the address is an `http:` or `https:` URL.
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
