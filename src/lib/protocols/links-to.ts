import type { HtmlElement } from "./html-tree.ts";
import { elementsOf, parseHtml } from "./html-tree.ts";
import { baseUrlOf, isHtml, resolveHttpUrl } from "./page.ts";

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

/** Whether `linksTo` knows how to look into documents of this media type; others prove nothing. */
export function canLookInto(mediaType: string | null): boolean {
  return isHtml(mediaType) || isJson(mediaType) || mediaType === "text/plain";
}

/**
 * Whether a document links to a target. In HTML an attribute of `a`, `area`, `img`, `video`, `audio`, `source` or
 * `iframe` has to name it; text and comments don't count. In JSON a string value has to be it. In plain text it
 * has to be there. The fragment is ignored; everything else is compared exactly, as URLs.
 * https://www.w3.org/TR/webmention/#webmention-verification
 *
 * @param mediaType lower case without parameters, null when the server named none (then HTML).
 * @param url the document's own address, for relative links.
 */
export function linksTo(document: string, mediaType: string | null, target: string, url: string): boolean {
  const wanted = resolveHttpUrl(target, url);
  if (wanted === null) return false;
  if (mediaType === "text/plain") return textHolds(document, target);
  return linksToAny(document, mediaType, (address) => address === wanted, url);
}

/**
 * The same for any address that a test accepts, such as all spellings of one post's address. Plain text has no
 * links of its own and never passes.
 *
 * @param isTarget gets absolute http(s) addresses without their fragment.
 */
export function linksToAny(
  document: string,
  mediaType: string | null,
  isTarget: (address: string) => boolean,
  url: string,
): boolean {
  const addresses = isHtml(mediaType)
    ? htmlLinks(document, url)
    : isJson(mediaType)
      ? jsonUrls(document)
      : [];
  for (const address of addresses) if (isTarget(address)) return true;
  return false;
}

/**
 * The status that a page on a static host declares in `<meta http-equiv="Status" content="410 Gone">`, or null.
 * https://indieweb.org/deleted#HTML_meta_http-equiv_status
 */
export function declaredStatus(html: string): number | null {
  for (const element of elementsOf(parseHtml(html))) {
    if (element.name !== "meta" || element.attribute("http-equiv")?.toLowerCase() !== "status") continue;
    const status = Number.parseInt(element.attribute("content") ?? "", 10);
    if (Number.isInteger(status)) return status;
  }
  return null;
}

function* htmlLinks(html: string, url: string): Generator<string> {
  const tree = parseHtml(html);
  const base = baseUrlOf(tree, url);
  for (const element of elementsOf(tree)) {
    for (const written of addressesIn(element)) {
      const address = resolveHttpUrl(written, base);
      if (address !== null) yield address;
    }
  }
}

function addressesIn(element: HtmlElement): readonly string[] {
  return (linkAttributes.get(element.name) ?? []).flatMap((name) => element.attribute(name) ?? []);
}

function isJson(mediaType: string | null): boolean {
  return (
    mediaType === "text/json" || mediaType === "application/json" || (mediaType?.endsWith("+json") ?? false)
  );
}

function* jsonUrls(document: string): Generator<string> {
  const queue: unknown[] = [parseJson(document)];
  while (queue.length > 0) {
    const value = queue.pop();
    if (typeof value === "string" && URL.canParse(value)) {
      const address = resolveHttpUrl(value, value);
      if (address !== null) yield address;
    }
    if (typeof value !== "object" || value === null) continue;
    for (const held of Object.values(value)) queue.push(held);
  }
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
