import { toHtml } from "hast-util-to-html";
import type { Options } from "hast-util-to-html";
import type { Element, ElementContent, Nodes, Properties } from "hast";

/**
 * Returns a function that serializes trees to HTML, with the same result as `hast-util-to-html`. Text and elements with
 * common attributes, which make up most of a body, are serialized directly, which takes a third of the time. Options
 * that omit tags or change how text is written aren't supported.
 */
export function htmlWriter(
  options: Pick<Options, "characterReferences" | "closeSelfClosing" | "upperDoctype">,
): (tree: Nodes) => string {
  const less = toHtml({ type: "text", value: "<" }, options);
  const ampersand = toHtml({ type: "text", value: "&" }, options);
  const alone = ({ tagName, properties }: Element): string =>
    toHtml({ type: "element", tagName, properties, children: [] }, options);
  const voidEnd = alone({ type: "element", tagName: "br", properties: {}, children: [] }).slice("<br".length);
  const escaped = (text: string): string =>
    /[<&]/.test(text) ? text.replace(/[<&]/g, (sign) => (sign === "<" ? less : ampersand)) : text;
  const writeAll = (nodes: readonly Nodes[]): string => {
    let html = "";
    for (const node of nodes) html += write(node);
    return html;
  };
  const startOf = (element: Element, end: string): string => {
    const attributes = attributesOf(element.properties);
    return attributes === null ? alone(element).slice(0, -end.length) : `<${element.tagName}${attributes}`;
  };
  const write = (node: Nodes): string => {
    if (node.type === "text") return escaped(node.value);
    if (node.type === "root") return writeAll(node.children);
    if (node.type !== "element") return toHtml(node, options);
    const { tagName, children } = node;
    if (tagName === "pre" && startsWithNewline(node)) {
      const end = "</pre>";
      return `${startOf(node, `>${end}`)}>\n${writeAll(children)}${end}`;
    }
    if (PLAIN.has(tagName)) {
      const end = `</${tagName}>`;
      return `${startOf(node, `>${end}`)}>${writeAll(children)}${end}`;
    }
    const isEmpty = VOID.has(tagName) && children.length === 0;
    return isEmpty ? startOf(node, voidEnd) + voidEnd : toHtml(withFirstNewlines(node), options);
  };
  return write;
}

/** HTML parsers drop a newline right after `<pre>` (HTML standard, section 13.1.2.5), so a leading one is doubled. */
function startsWithNewline({ children: [first] }: Element): boolean {
  return first?.type === "text" && first.value.startsWith("\n");
}

/** Doubles the leading newline in every `pre`, for `hast-util-to-html`, which doesn't. */
function withFirstNewlines<Node extends ElementContent>(node: Node): Node {
  if (node.type !== "element") return node;
  const children = node.children.map(withFirstNewlines);
  const isSame = children.every((child, index) => child === node.children[index]);
  if (node.tagName === "pre" && startsWithNewline(node)) {
    return { ...node, children: [{ type: "text", value: "\n" }, ...children] };
  }
  return isSame ? node : { ...node, children };
}

/** Elements with an end tag and ordinary content, serialized directly. */
const PLAIN = new Set(
  (
    "a abbr b blockquote button cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 header i ins " +
    "kbd li mark ol p picture pre s section small span strong sub summary sup table tbody td th thead tr u ul"
  ).split(" "),
);

/** Void elements serialized directly. */
const VOID = new Set(["br", "hr", "img", "input", "source"]);

/** Attributes with plain text or number values, by their hast names. */
const NAMES = new Map([
  ["alt", "alt"],
  ["ariaLabel", "aria-label"],
  ["ariaLabelledBy", "aria-labelledby"],
  ["className", "class"],
  ["dataCode", "data-code"],
  ["dataZoom", "data-zoom"],
  ["decoding", "decoding"],
  ["dir", "dir"],
  ["height", "height"],
  ["href", "href"],
  ["id", "id"],
  ["lang", "lang"],
  ["loading", "loading"],
  ["role", "role"],
  ["sizes", "sizes"],
  ["src", "src"],
  ["srcSet", "srcset"],
  ["tabIndex", "tabindex"],
  ["title", "title"],
  ["type", "type"],
  ["width", "width"],
]);

/** Attributes with space-separated values. */
const LISTS = new Set(["ariaLabelledBy", "className"]);

/** An element's attributes, each preceded by a space; null if the library has to serialize any of them. */
function attributesOf(properties: Properties): string | null {
  let attributes = "";
  for (const key in properties) {
    const name = NAMES.get(key);
    const value = properties[key];
    const text = Array.isArray(value) && LISTS.has(key) ? value.join(" ").trim() : value;
    if (name === undefined || (typeof text !== "string" && !Number.isFinite(text))) return null;
    if (typeof text === "string" && SPECIAL.test(text)) return null;
    attributes += ` ${name}="${text}"`;
  }
  return attributes;
}

/** Characters that the library escapes in attribute values, and a few more. */
const SPECIAL = /["&'<>`\0]/;
