/** XML as text: whatever goes in is escaped. */
import { escapeXml } from "../escape.ts";

/** Attributes in the order written; null and undefined are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null | undefined>>;

/** An element around finished XML; `<name/>` when there is none. */
export function element(name: string, attributes: XmlAttributes, ...children: readonly string[]): string {
  const start = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .reduce((tag, [key, value]) => `${tag} ${key}="${escapeXml(String(value))}"`, name);
  const inner = children.join("");
  return inner === "" ? `<${start}/>` : `<${start}>${inner}</${name}>`;
}

/** An element around text. */
export function textElement(name: string, text: string, attributes: XmlAttributes = {}): string {
  return element(name, attributes, escapeXml(text));
}
