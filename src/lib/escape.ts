/** Escaping of text for HTML, XML and regular expressions. All text written into markup goes through this module. */

/** Text as character data of HTML, or as the value of an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(EACH_SPECIAL, (character) => ENTITIES[character] ?? "") : text;
}

/** Text as character data of XML 1.0, or as the value of an attribute in double quotes. `]]>` can't occur in it. */
export function escapeXml(text: string): string {
  return escapeHtml(cleanXml(text)).replaceAll("\r", "&#13;");
}

/**
 * Text without the characters that XML 1.0 (section 2.2) forbids, and with broken surrogates replaced. One of them
 * stops every XML parser, even when it's written as a character reference.
 */
export function cleanXml(text: string): string {
  return text.toWellFormed().replaceAll(NOT_XML, "");
}

/** Escaped text that is also safe in a quoted attribute within a comment; two hyphens would end the comment. */
export function commentSafe(escaped: string): string {
  return escaped.replaceAll("--", "&#45;&#45;");
}

/** Text as a pattern that matches it, also with the flag `u` and in a class. Node 22 lacks `RegExp.escape`. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll("-", "\\x2d");
}

const SPECIAL = /[&<>"]/;
const EACH_SPECIAL = /[&<>"]/g;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
