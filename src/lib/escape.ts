/** Escaping of text for HTML, XML and regular expressions. All text written into markup goes through this module. */

/** Escapes text for HTML content, or for an attribute value in double quotes. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(EACH_SPECIAL, (character) => ENTITIES[character] ?? "") : text;
}

/** Escapes text for XML 1.0 content, or for an attribute value in double quotes. The result can't contain `]]>`. */
export function escapeXml(text: string): string {
  return escapeHtml(cleanXml(text)).replaceAll("\r", "&#13;");
}

/**
 * Removes characters that XML 1.0 (section 2.2) forbids, and replaces lone surrogates. Any of them is a fatal error in
 * XML parsers, even as a character reference.
 */
export function cleanXml(text: string): string {
  return text.toWellFormed().replaceAll(NOT_XML, "");
}

/** Makes escaped text safe in a quoted attribute within a comment, which two hyphens would end. */
export function commentSafe(escaped: string): string {
  return escaped.replaceAll("--", "&#45;&#45;");
}

/** Escapes text for a regular expression, also with the `u` flag and in a class. Node 22 lacks `RegExp.escape`. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll("-", "\\x2d");
}

const SPECIAL = /[&<>"]/;
const EACH_SPECIAL = /[&<>"]/g;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
