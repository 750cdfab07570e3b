import type { HtmlElement } from "./html-tree.ts";
import { elementsOf, parseHtml } from "./html-tree.ts";
import { isHtml, resolveHttpUrl } from "./page.ts";

/** Attributes by which a page links to another, or shows it, by element. */
const linkAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ["a", ["href"]],
  ["area", ["href"]],
  ["img", ["src"]],
  ["video", ["src", "poster"]],
  ["audio", ["src"]],
  ["source", ["src"]],
  ["iframe", ["src"]],
]);

/** Whether `readLinks` can look into documents of this media type; others prove nothing. */
export function canLookInto(mediaType: string | null): boolean {
  return isHtml(mediaType) || isJson(mediaType) || mediaType === "text/plain";
}

/** What a document says that matters for a response. */
export interface DocumentLinks {
  /** Absolute http(s) addresses without their fragments that it links to or shows. Plain text has no links of its own. */
  readonly addresses: ReadonlySet<string>;
  /**
   * The status that a page on a static host declares in `<meta http-equiv="Status" content="410 Gone">`, or null.
   * https://indieweb.org/deleted#HTML_meta_http-equiv_status
   */
  readonly declaredStatus: number | null;
  /**
   * Whether it links to a target; plain text has to hold its address. The fragment is ignored; everything else is
   * compared exactly, as URLs. https://www.w3.org/TR/webmention/#webmention-verification
   */
  readonly linksTo: (target: string) => boolean;
}

/**
 * Reads a document once. In HTML an attribute of `a`, `area`, `img`, `video`, `audio`, `source` or `iframe` is a link;
 * text and comments don't count. In JSON a string value is one.
 *
 * @param mediaType lower case without parameters, null when the server named none (then HTML).
 * @param url the document's own address, for relative links.
 * @throws HtmlTooLargeError for HTML that is a bomb.
 */
export function readLinks(document: string, mediaType: string | null, url: string): DocumentLinks {
  const { addresses, declaredStatus } = isHtml(mediaType)
    ? readHtml(document, url)
    : { addresses: isJson(mediaType) ? jsonUrls(document) : new Set<string>(), declaredStatus: null };
  return {
    addresses,
    declaredStatus,
    linksTo: (target) => {
      const wanted = resolveHttpUrl(target, url);
      if (wanted === null) return false;
      return mediaType === "text/plain" ? textHolds(document, target) : addresses.has(wanted);
    },
  };
}

function readHtml(html: string, url: string): Omit<DocumentLinks, "linksTo"> {
  let base: string | null = null;
  let declaredStatus: number | null = null;
  const written: string[] = [];
  for (const element of elementsOf(parseHtml(html))) {
    // The first `<base>` that has an address counts: https://html.spec.whatwg.org/#the-base-element
    if (element.name === "base") base ??= element.attribute("href");
    if (element.name === "meta") declaredStatus ??= statusIn(element);
    for (const name of linkAttributes.get(element.name) ?? []) {
      const address = element.attribute(name);
      if (address !== null) written.push(address);
    }
  }
  const baseUrl = base === null ? url : (resolveHttpUrl(base, url) ?? url);
  const addresses = written.map((address) => resolveHttpUrl(address, baseUrl));
  return { addresses: new Set(addresses.filter((address) => address !== null)), declaredStatus };
}

function statusIn(meta: HtmlElement): number | null {
  if (meta.attribute("http-equiv")?.toLowerCase() !== "status") return null;
  const status = Number.parseInt(meta.attribute("content") ?? "", 10);
  return Number.isInteger(status) ? status : null;
}

function isJson(mediaType: string | null): boolean {
  return (
    mediaType === "text/json" || mediaType === "application/json" || (mediaType?.endsWith("+json") ?? false)
  );
}

function jsonUrls(document: string): ReadonlySet<string> {
  const addresses = new Set<string>();
  const queue: unknown[] = [parseJson(document)];
  while (queue.length > 0) {
    const value = queue.pop();
    const address = typeof value === "string" && URL.canParse(value) ? resolveHttpUrl(value, value) : null;
    if (address !== null) addresses.add(address);
    if (typeof value !== "object" || value === null) continue;
    for (const held of Object.values(value)) queue.push(held);
  }
  return addresses;
}

/** Undefined when the document isn't JSON: then it links nowhere. */
function parseJson(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch (error) {
    // Nested too deeply for the parser is a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A longer address that begins with the target is another address. */
function textHolds(document: string, target: string): boolean {
  const wanted = target.split("#", 1)[0] ?? target;
  for (let at = document.indexOf(wanted); at !== -1; at = document.indexOf(wanted, at + 1)) {
    if (endsAddress(document.slice(at + wanted.length, at + wanted.length + 2))) return true;
  }
  return false;
}

/** Whether what follows an address in running text isn't part of it: `.` and the like end it only before a space. */
function endsAddress(rest: string): boolean {
  const [next = "", afterwards = ""] = rest;
  if (next === "" || next === "#" || /[\s<>"'()[\]{}|\\^`]/.test(next)) return true;
  return /[.,;:!?*_~]/.test(next) && (afterwards === "" || /[\s<>"')\]}]/.test(afterwards));
}
