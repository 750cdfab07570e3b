import LinkHeader from "http-link-header";
import { elementsOf } from "./html-tree.ts";
import type { FetchedPage } from "./page.ts";
import { resolveHttpUrl } from "./page.ts";

/** An endpoint that a page declares, and how it declares it. */
export interface Announcement<How extends string> {
  readonly how: How;
  readonly endpoint: string;
}

/**
 * Finds the webmention endpoint of a page: the first `Link` header with the relation `webmention`, else the first
 * `<link>` or `<a>` in document order with this relation and an `href`. An empty `href` means the page itself.
 * https://www.w3.org/TR/webmention/#sender-discovers-receiver-webmention-endpoint
 *
 * @returns null when there is none, or when the first one isn't an http(s) URL.
 */
export function findWebmention(
  page: FetchedPage,
): Announcement<"link-header" | "link-element" | "a-element"> | null {
  const uri = linkHeaderUri(page);
  if (uri !== null) return announced("link-header", uri, page.url, page.url);
  for (const element of elementsOf(page.tree)) {
    if (element.name !== "link" && element.name !== "a") continue;
    const href = element.attribute("href");
    if (href === null || !hasRelation(element.attribute("rel") ?? "")) continue;
    return announced(element.name === "a" ? "a-element" : "link-element", href, page.baseUrl, page.url);
  }
  return null;
}

function announced<How extends string>(how: How, address: string, base: string, self: string) {
  const endpoint = resolveHttpUrl(address, address.trim() === "" ? self : base);
  return endpoint === null ? null : { how, endpoint };
}

/** The first `webmention` link in the page's `Link` headers. A malformed header affects only its own links. */
function linkHeaderUri(page: FetchedPage): string | null {
  for (const value of page.response.headers("link")) {
    for (const { uri, rel, anchor } of parseLinks(value)) {
      const isAboutPage = anchor === undefined || URL.parse(anchor, page.url)?.href === page.url;
      if (isAboutPage && hasRelation(rel)) return uri;
    }
  }
  return null;
}

function parseLinks(value: string): readonly LinkHeader.Reference[] {
  try {
    return LinkHeader.parse(value).refs;
  } catch (error) {
    // The parser throws plain errors for headers that don't conform to RFC 8288; they are ignored.
    if (error instanceof Error) return [];
    throw error;
  }
}

/** Relation types are compared as whole words, ignoring case: RFC 8288, section 2.1.1. */
function hasRelation(rel: unknown): boolean {
  return typeof rel === "string" && rel.toLowerCase().split(/\s+/).includes("webmention");
}
