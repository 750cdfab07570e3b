import { MIMEType } from "node:util";
import { parse } from "parse5";
import type { HtmlElement } from "./html-tree.ts";
import { elementsOf } from "./html-tree.ts";
import { isHtml } from "./page.ts";

/** Number of bytes that browsers search for `<meta charset>`. */
const PRESCAN_BYTES = 1024;

/**
 * Decodes a body by its byte order mark, else the `charset` of its Content-Type, else (HTML only: in JSON it's mere
 * content) its `<meta charset>`, else as UTF-8. Invalid bytes become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const named = bomOf(bytes) ?? charsetOf(contentType);
  const label = named ?? (isHtml(mediaTypeOf(contentType)) ? metaCharsetOf(bytes) : null) ?? "utf-8";
  return decoderFor(label).decode(bytes);
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

function metaCharsetOf(bytes: Uint8Array): string | null {
  // No limits needed: 1 KB can't be an HTML bomb.
  const head = parse(Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString("latin1"));
  for (const element of elementsOf(head)) {
    if (element.name !== "meta") continue;
    const charset = element.attribute("charset") ?? httpEquivCharset(element);
    if (charset !== null) return charset;
  }
  return null;
}

function httpEquivCharset(meta: HtmlElement): string | null {
  const isContentType = meta.attribute("http-equiv")?.toLowerCase() === "content-type";
  return isContentType ? charsetOf(meta.attribute("content")) : null;
}

/** Falls back to UTF-8 for unknown labels. */
function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder("utf-8");
    throw error;
  }
}
