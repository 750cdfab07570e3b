/** Writing XML as text: everything that goes in is escaped here and nowhere else. */

/** Attributes in the order written; null and undefined are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null | undefined>>;

/** Beside lone surrogates all that XML 1.0 (section 2.2) forbids; it would stop every reader's parser. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The text without control characters and broken surrogates, so that it can stand in XML once it is escaped. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll(NOT_XML, "");
}

/** Nothing in it has to be escaped or left out, as in most short texts. */
const PLAIN = /^[\t\n !#-%'-;=?-\ud7ff\ue000-\ufffd]*$/;

/** The text as character data or as the value of an attribute in double quotes; `]]>` can't occur in it. */
export function escapeXml(text: string): string {
  return PLAIN.test(text) ? text : escapeClean(cleanText(text));
}

/** The same for a text that {@link cleanText} has cleaned. */
export function escapeClean(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}

/** Where an item's content goes, which is written once for all formats; no XML can hold this character. */
export const CONTENT = "\0";

/** An element around finished XML; `<name/>` when there is none. Appends: to join would copy whole texts each time. */
export function element(name: string, attributes: XmlAttributes, ...children: readonly string[]): string {
  let inner = "";
  for (const child of children) inner += child;
  return inner === ""
    ? `<${nameWith(name, attributes)}/>`
    : `${startTag(name, attributes)}${inner}</${name}>`;
}

/** Where an element with content begins. */
export function startTag(name: string, attributes: XmlAttributes): string {
  return `<${nameWith(name, attributes)}>`;
}

function nameWith(name: string, attributes: XmlAttributes): string {
  let start = name;
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== null && value !== undefined) start += ` ${key}="${escapeXml(String(value))}"`;
  }
  return start;
}

/** An element around text. */
export function textElement(name: string, text: string, attributes: XmlAttributes = {}): string {
  return element(name, attributes, escapeXml(text));
}

/** The head of a document that a browser shows through a style sheet (with the type that browsers insist on). */
export function xmlHead(styleSheet: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="${escapeXml(styleSheet)}"?>\n`;
}
