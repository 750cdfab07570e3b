/** Converts plain text with facets (app.bsky.richtext.facet) to HTML, which is sanitized afterwards. */
import type { ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { safeUrl } from "../responses/clean-text.ts";
import { element, text } from "../responses/tidy-html.ts";
import type { BlueskyFacet } from "./bluesky-schema.ts";

/** Escapes plain text for HTML. */
export function htmlOfPlain(value: string): string {
  return toHtml(text(value));
}

/** Longer texts are truncated to this number of UTF-16 code units; Bluesky's own limit is 3,000 bytes. */
const MAX_BYTES = 20_000;

/**
 * Converts text to a paragraph of HTML with its facets as links, to http and https only. Facets are ranges of UTF-8
 * bytes, the end excluded. Of overlapping facets the first wins; a facet that ends beyond the text is truncated; one
 * that is empty, reversed, or starts or ends inside a character is ignored.
 */
export function htmlOfRichText(plain: string, facets: readonly BlueskyFacet[]): string {
  const bytes = Buffer.from(plain.slice(0, MAX_BYTES).toWellFormed(), "utf8");
  const nodes: ElementContent[] = [];
  let at = 0;
  const sorted = facets.slice(0, 500).toSorted((a, b) => a.index.byteStart - b.index.byteStart);
  for (const { index, features } of sorted) {
    const end = Math.min(index.byteEnd, bytes.length);
    if (index.byteStart < at || end <= index.byteStart) continue;
    if (isInside(bytes, index.byteStart) || isInside(bytes, end)) continue;
    const href = features.map(addressOf).find((address) => address !== null) ?? null;
    if (href === null) continue;
    nodes.push(...withBreaks(bytes.subarray(at, index.byteStart).toString("utf8")));
    const words = bytes.subarray(index.byteStart, end).toString("utf8");
    nodes.push({ ...element("a", [text(words)]), properties: { href } });
    at = end;
  }
  nodes.push(...withBreaks(bytes.subarray(at).toString("utf8")));
  return toHtml(element("p", nodes));
}

/** Whether the byte at an offset is a UTF-8 continuation byte. */
function isInside(bytes: Buffer, at: number): boolean {
  return at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
}

function addressOf(feature: BlueskyFacet["features"][number]): string | null {
  if (feature.uri !== undefined) return safeUrl(feature.uri);
  if (feature.did !== undefined && /^did:[a-z]+:[\w.:%-]+$/.test(feature.did))
    return safeUrl(`https://bsky.app/profile/${feature.did}`);
  return feature.tag === undefined
    ? null
    : safeUrl(`https://bsky.app/hashtag/${encodeURIComponent(feature.tag.toWellFormed())}`);
}

function withBreaks(plain: string): ElementContent[] {
  return plain
    .split("\n")
    .flatMap((line, index): ElementContent[] =>
      index === 0 ? [text(line)] : [element("br", []), text(line)],
    );
}
