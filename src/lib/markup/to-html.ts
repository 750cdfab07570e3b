import { toHtml } from "hast-util-to-html";
import type { Options } from "hast-util-to-html";
import type { Nodes } from "hast";

/**
 * A function that writes trees as HTML, the same as `hast-util-to-html` does with such options. Texts, and elements
 * without attributes, are put together here: most of a body is made of them, and so it takes half the time. No
 * options that leave out tags or treat texts in another way.
 */
export function htmlWriter(
  options: Pick<Options, "characterReferences" | "closeSelfClosing" | "upperDoctype">,
): (tree: Nodes) => string {
  const less = toHtml({ type: "text", value: "<" }, options);
  const ampersand = toHtml({ type: "text", value: "&" }, options);
  const escaped = (text: string): string =>
    /[<&]/.test(text) ? text.replace(/[<&]/g, (sign) => (sign === "<" ? less : ampersand)) : text;
  const writeAll = (nodes: readonly Nodes[]): string => {
    let html = "";
    for (const node of nodes) html += write(node);
    return html;
  };
  const write = (node: Nodes): string => {
    if (node.type === "text") return escaped(node.value);
    if (node.type === "root") return writeAll(node.children);
    if (node.type !== "element" || !PLAIN.has(node.tagName) || hasKeys(node.properties))
      return toHtml(node, options);
    return `<${node.tagName}>${writeAll(node.children)}</${node.tagName}>`;
  };
  return write;
}

/** Elements with an end tag whose content is plain HTML. */
const PLAIN = new Set(
  (
    "a abbr b blockquote code dd del dl dt em figcaption figure h2 h3 h4 h5 h6 i ins kbd li mark ol p pre s small span " +
    "strong sub sup table tbody td th thead tr u ul"
  ).split(" "),
);

function hasKeys(properties: object): boolean {
  for (const _ in properties) return true;
  return false;
}
