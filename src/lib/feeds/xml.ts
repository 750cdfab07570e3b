/** Writes XML elements as strings, with escaped attributes and text. */
import { escapeXml } from "../escape.ts";

/** Attributes in output order; null and undefined are omitted. */
export type XmlAttributes = Readonly<Record<string, string | number | null | undefined>>;

/** Wraps already escaped XML in an element; `<name/>` without content. */
export function element(name: string, attributes: XmlAttributes, ...children: readonly string[]): string {
  const start = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .reduce((tag, [key, value]) => `${tag} ${key}="${escapeXml(String(value))}"`, name);
  const inner = children.join("");
  return inner === "" ? `<${start}/>` : `<${start}>${inner}</${name}>`;
}

/** Wraps plain text in an element and escapes it. */
export function textElement(name: string, text: string, attributes: XmlAttributes = {}): string {
  return element(name, attributes, escapeXml(text));
}
