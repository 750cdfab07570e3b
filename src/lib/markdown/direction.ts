import type { ElementContent } from "hast";
import { textOf } from "./plain-text.ts";

/** A letter of a script that is written from right to left. */
export const RTL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const STRONG = /\p{L}/u;
const BLOCKS = new Set([
  "p",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "li",
  "blockquote",
  "td",
  "th",
  "dt",
  "dd",
  "figcaption",
]);

/**
 * Gives each block whose text runs against the direction of its post its own `dir`: by the first letter, as `dir="auto"`
 * does, so that full stops are at the right end. A block inside another is compared with that one.
 */
export function markDirections(nodes: readonly ElementContent[], own: "ltr" | "rtl"): void {
  for (const node of nodes) {
    if (node.type !== "element") continue;
    let direction = own;
    if (node.properties["dir"] !== undefined) {
      direction = node.properties["dir"] === "rtl" ? "rtl" : "ltr";
    } else if (BLOCKS.has(node.tagName)) {
      const found = firstDirection(node.children);
      if (found !== null && found !== own) {
        node.properties["dir"] = found;
        direction = found;
      }
    }
    markDirections(node.children, direction);
  }
}

function firstDirection(nodes: readonly ElementContent[]): "ltr" | "rtl" | null {
  const text = textOf({ type: "root", children: [...nodes] });
  if (!RTL.test(text) && !STRONG.test(text)) return null;
  for (const sign of text) {
    if (RTL.test(sign)) return "rtl";
    if (STRONG.test(sign)) return "ltr";
  }
  return null;
}
