import { HtmlTooLargeError } from "../bounded-html.ts";
import { FetchError } from "./fetch-error.ts";
import type { HtmlTree } from "./html-tree.ts";
import { elementsOf, parseHtml } from "./html-tree.ts";
import type { GuardedResponse } from "./http-message.ts";

/** An HTTP response, parsed as HTML if that is its media type. */
export interface FetchedPage {
  /** URL after all redirects. */
  readonly url: string;
  /** Base for relative URLs in the page: its `<base href>`, else its URL. */
  readonly baseUrl: string;
  readonly response: GuardedResponse;
  /** Empty unless the page is HTML. */
  readonly text: string;
  /** Has no content unless the page is HTML. */
  readonly tree: HtmlTree;
}

/** Whether a media type is HTML; a missing media type counts as HTML. */
export function isHtml(mediaType: string | null): boolean {
  return mediaType === null || mediaType === "text/html" || mediaType === "application/xhtml+xml";
}

/** Parses a response as a page. @throws FetchError `too-complex` for an HTML bomb. */
export function parsePage(response: GuardedResponse): FetchedPage {
  const text = isHtml(response.mediaType) ? response.text() : "";
  const tree = orFetchError(response.url, () => parseHtml(text));
  return { url: response.url, baseUrl: baseUrlOf(tree, response.url), response, text, tree };
}

/** Runs `work`, which parses a page's HTML. @throws FetchError `too-complex` instead of `HtmlTooLargeError`. */
export function orFetchError<T>(url: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HtmlTooLargeError)) throw error;
    throw new FetchError("too-complex", url, `Its HTML is refused. ${error.message}`, { cause: error });
  }
}

/** Resolves an address to an absolute http or https URL without a fragment, or null. */
export function resolveHttpUrl(address: string, base: string): string | null {
  const url = URL.parse(address, base);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  url.hash = "";
  return url.href;
}

/** Returns the base URL from the first `<base>` with an `href`: https://html.spec.whatwg.org/#the-base-element */
export function baseUrlOf(tree: HtmlTree, url: string): string {
  for (const element of elementsOf(tree)) {
    const href = element.name === "base" ? element.attribute("href") : null;
    if (href !== null) return resolveHttpUrl(href, url) ?? url;
  }
  return url;
}
