import type { Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { elementsOf } from "./html-elements.ts";
import type { GuardedResponse } from "./http-message.ts";

/** An answer of a server, parsed as HTML when its type says so. */
export interface FetchedPage {
  /** Address after all redirects. */
  readonly url: string;
  /** What relative addresses in the page start from: its `<base href>`, else its own address. */
  readonly baseUrl: string;
  readonly response: GuardedResponse;
  /** Empty unless the page is HTML. */
  readonly text: string;
  /** Without children unless the page is HTML. */
  readonly root: Root;
}

/** Whether a media type is HTML; a page that doesn't say what it is counts as HTML. */
export function isHtml(mediaType: string | null): boolean {
  return mediaType === null || mediaType === "text/html" || mediaType === "application/xhtml+xml";
}

export function parsePage(response: GuardedResponse): FetchedPage {
  const text = isHtml(response.mediaType) ? response.text() : "";
  const root = fromHtml(text);
  return { url: response.url, baseUrl: baseUrlOf(root, response.url), response, text, root };
}

/** An address resolved to an absolute http or https one without a fragment, or null. */
export function resolveHttpUrl(address: string, base: string): string | null {
  const url = URL.parse(address, base);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  url.hash = "";
  return url.href;
}

/** The first `<base>` that has an address counts: https://html.spec.whatwg.org/#the-base-element */
function baseUrlOf(root: Root, url: string): string {
  for (const { tagName, properties } of elementsOf(root)) {
    if (tagName === "base" && typeof properties["href"] === "string") {
      return resolveHttpUrl(properties["href"], url) ?? url;
    }
  }
  return url;
}
