import type { HtmlElement } from "./html-tree.ts";
import { elementsOf, parseHtml } from "./html-tree.ts";
import { isHtml, resolveHttpUrl } from "./page.ts";

/** Attributes with which a page links to or embeds another, by element. */
const linkAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ["a", ["href"]],
  ["area", ["href"]],
  ["img", ["src"]],
  ["video", ["src", "poster"]],
  ["audio", ["src"]],
  ["source", ["src"]],
  ["iframe", ["src"]],
]);

/** Whether `readLinks` can read documents of this media type; others neither prove nor disprove a link. */
export function canReadLinks(mediaType: string | null): boolean {
  return isHtml(mediaType) || isJson(mediaType) || mediaType === "text/plain";
}

/** Links and declared status of a document. */
export interface DocumentLinks {
  /** Absolute http(s) URLs, without fragments, that it links to or embeds. Empty for plain text. */
  readonly addresses: ReadonlySet<string>;
  /**
   * The status that a page on a static host declares in `<meta http-equiv="Status" content="410 Gone">`, or null.
   * https://indieweb.org/deleted#HTML_meta_http-equiv_status
   */
  readonly declaredStatus: number | null;
  /**
   * Whether it links to a target; plain text has to contain the target's address. URLs are compared exactly, except for
   * the fragment, which is ignored. https://www.w3.org/TR/webmention/#webmention-verification
   */
  readonly linksTo: (target: string) => boolean;
}

/**
 * Reads the links of a document. In HTML, links are the URL attributes of `a`, `area`, `img`, `video`, `audio`,
 * `source` and `iframe`; text and comments don't count. In JSON, every string value that is a URL is a link.
 *
 * @param mediaType lower case without parameters; null if the server sent none, which counts as HTML.
 * @param url URL of the document, for relative links.
 * @throws HtmlTooLargeError for an HTML bomb.
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
    // The first `<base>` with an `href` counts: https://html.spec.whatwg.org/#the-base-element
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

/** Returns undefined if the document isn't JSON, and so has no links. */
function parseJson(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch (error) {
    // JSON nested too deeply for the parser throws a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether a text contains the target's address, not just as the start of a longer address. */
function textHolds(document: string, target: string): boolean {
  const wanted = target.split("#", 1)[0] ?? target;
  for (let at = document.indexOf(wanted); at !== -1; at = document.indexOf(wanted, at + 1)) {
    if (endsAddress(document.slice(at + wanted.length, at + wanted.length + 2))) return true;
  }
  return false;
}

/** Whether an address in running text ends before `rest`; punctuation such as `.` ends it only before a space. */
function endsAddress(rest: string): boolean {
  const [next = "", afterwards = ""] = rest;
  if (next === "" || next === "#" || /[\s<>"'()[\]{}|\\^`]/.test(next)) return true;
  return /[.,;:!?*_~]/.test(next) && (afterwards === "" || /[\s<>"')\]}]/.test(afterwards));
}
