import type { ElementContent } from "hast";
import type { Direction } from "../content/model.ts";
import { directionOfText } from "../content/text-direction.ts";
import { textOf } from "./plain-text.ts";

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
 * Gives each block whose text runs against the direction of its post its own `dir`, so that full stops are at the right
 * end. A block inside another is compared with that one.
 */
export function markDirections(nodes: readonly ElementContent[], own: Direction): void {
  for (const node of nodes) {
    if (node.type !== "element") continue;
    let direction = own;
    if (node.properties["dir"] !== undefined) {
      direction = node.properties["dir"] === "rtl" ? "rtl" : "ltr";
    } else if (BLOCKS.has(node.tagName)) {
      direction = directionOfText(textOf({ type: "root", children: node.children }), own);
      if (direction !== own) node.properties["dir"] = direction;
    }
    markDirections(node.children, direction);
  }
}
