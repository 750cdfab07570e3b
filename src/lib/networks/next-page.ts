import LinkHeader from "http-link-header";

/**
 * URL of the next page by the `Link` header, or null on the last page. Only its path and query are used, so the request
 * never goes to another host.
 */
export function nextPage(header: string | null, from: string): string | null {
  if (header === null || header.length > 8000) return null;
  let next: string | undefined;
  try {
    next = LinkHeader.parse(header).rel("next")[0]?.uri;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
  const url = next === undefined ? null : URL.parse(next, from);
  return url === null ? null : new URL(`${url.pathname}${url.search}`, from).href;
}
