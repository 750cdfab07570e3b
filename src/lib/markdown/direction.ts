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
 * Sets `dir` on each block whose text runs in the opposite direction of the enclosing block or the post, so that
 * punctuation is at the correct end.
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
