import type { Element, ElementContent } from "hast";
import { renderAuthored } from "./authored-element.ts";
import type { BodyContext, Place } from "./body-context.ts";
import { h, isElement } from "./hast.ts";
import { textOf } from "./plain-text.ts";
import { isAuthored } from "./raw-html.ts";

/** Characters that fit side by side on the narrowest screen. */
const NARROW = 30;

/**
 * Renders a table. A table that is too wide for a phone is wrapped in a scrollable, focusable region; other tables
 * don't need the extra tab stop.
 */
export function renderTable(node: Element, context: BodyContext, place: Place): Element {
  const inside = { ...place, isPhrasing: false, depth: place.depth + 1 };
  const table = h("table", node.properties, parts(node.children, context, inside));
  context.found.tables += 1;
  if (narrowestWidth(table) <= NARROW) return table;
  const label = context.words.table(context.found.tables);
  return h("section", { className: ["table-region"], ariaLabel: label, tabIndex: 0 }, table);
}

/** @param isRow whether the nodes are cells of a data row, so that a `<th>` is a row header. */
function parts(
  nodes: readonly ElementContent[],
  context: BodyContext,
  place: Place,
  isRow = false,
): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== "element") return context.visit([node], place);
    if (isAuthored(node)) return parts(renderAuthored(node, context, place), context, place, isRow);
    const { style, ...properties } = node.properties;
    if (!isElement(node, "th") && !isElement(node, "td")) {
      const isDataRow = node.children.some((cell) => isElement(cell, "td"));
      return [h(node.tagName, properties, parts(node.children, context, place, isDataRow))];
    }
    const align = /text-align: (center|right)/.exec(String(style ?? ""))?.[1];
    if (align !== undefined) properties["className"] = [align === "center" ? "cell-centre" : "cell-end"];
    const scope = node.tagName === "th" ? (isRow ? "row" : "col") : null;
    return [h(node.tagName, { scope, ...properties }, context.visit(node.children, place))];
  });
}

/** Sum of the longest words of all columns, in characters, with 2 per column for the gaps. */
function narrowestWidth(table: Element): number {
  const columns: number[] = [];
  for (const row of rowsOf(table)) {
    row.forEach((cell, index) => {
      const longest = Math.max(
        0,
        ...textOf(cell)
          .split(/\s+/)
          .map((word) => Math.min(word.length, NARROW)),
      );
      columns[index] = Math.max(columns[index] ?? 0, longest + 2);
    });
  }
  return columns.reduce((sum, width) => sum + width, 0);
}

function rowsOf(element: Element): Element[][] {
  return element.children.flatMap((child) => {
    if (child.type !== "element") return [];
    if (child.tagName !== "tr") return rowsOf(child);
    return [child.children.filter((cell) => cell.type === "element")];
  });
}
