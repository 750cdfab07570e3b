import LinkHeader from "http-link-header";

/**
 * The next page that a `Link` header names, or null on the last page. Only path and query of it count: a list never leads
 * to another host.
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
