import { MIMEType } from "node:util";
import { parse } from "parse5";
import type { HtmlElement } from "./html-tree.ts";
import { elementsOf } from "./html-tree.ts";
import { isHtml } from "./page.ts";

/** Number of bytes that browsers search for `<meta charset>`. */
const PRESCAN_BYTES = 1024;

/**
 * Decodes a body by its byte order mark, else the `charset` of its Content-Type, else (HTML only: in JSON it's mere
 * content) its `<meta charset>`, else as UTF-8. Unknown charsets are ignored; invalid bytes become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const encoding = bomOf(bytes) ?? encodingOf(charsetOf(contentType));
  const isPage = encoding === null && isHtml(mediaTypeOf(contentType));
  return new TextDecoder(encoding ?? (isPage ? metaEncodingOf(bytes) : null) ?? "utf-8").decode(bytes);
}

/** Returns the media type of a Content-Type header in lower case without parameters, or null if it's invalid. */
export function mediaTypeOf(contentType: string | null): string | null {
  return parseType(contentType)?.essence ?? null;
}

function charsetOf(contentType: string | null): string | null {
  return parseType(contentType)?.params.get("charset") ?? null;
}

function parseType(contentType: string | null): MIMEType | null {
  if (contentType === null) return null;
  try {
    return new MIMEType(contentType);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function bomOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return null;
}

/** https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding */
function metaEncodingOf(bytes: Uint8Array): string | null {
  // No limits needed: 1 KB can't be an HTML bomb.
  const head = parse(Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString("latin1"));
  for (const element of elementsOf(head)) {
    if (element.name !== "meta") continue;
    const encoding = encodingOf(element.attribute("charset") ?? httpEquivCharset(element));
    if (encoding === null) continue;
    // A UTF-16 page couldn't be read up to here, so the declaration is wrong.
    if (encoding.startsWith("utf-16")) return "utf-8";
    return encoding === "x-user-defined" ? "windows-1252" : encoding;
  }
  return null;
}

function httpEquivCharset(meta: HtmlElement): string | null {
  const isContentType = meta.attribute("http-equiv")?.toLowerCase() === "content-type";
  return isContentType ? charsetOf(meta.attribute("content")) : null;
}

/** Returns the name of the encoding with a label, or null if there is none. */
function encodingOf(label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
