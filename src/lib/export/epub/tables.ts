import type { Element, ElementContent } from "hast";
import { h, isBlank, isElement } from "../../markdown/hast.ts";
import { attributesOf } from "./attributes.ts";
import { flow, phrasing, type BookPlace } from "./content-model.ts";

/** A table with caption, head, bodies and foot in this order, and only cells in its rows. */
export function table(node: Element, place: BookPlace): ElementContent[] {
  const attributes = attributesOf(node, place);
  const parts: Record<"thead" | "tbody" | "tfoot", Element[]> = { thead: [], tbody: [], tfoot: [] };
  const strays: ElementContent[] = [];
  let caption: Element | null = null;
  let loose: Element[] = [];
  const close = (): void => {
    if (loose.length > 0) parts.tbody.push(h("tbody", {}, loose));
    loose = [];
  };
  for (const child of node.children) {
    if (isElement(child, "tr")) loose.push(...rowOf(child, place));
    else if (isElement(child, "thead") || isElement(child, "tbody") || isElement(child, "tfoot")) {
      close();
      const rows = child.children.flatMap((row) => (row.type === "element" ? rowOf(row, place) : []));
      if (rows.length > 0) parts[child.tagName].push(h(child.tagName, attributesOf(child, place), rows));
    } else if (isElement(child, "caption") && caption === null)
      caption = h("caption", attributesOf(child, place), phrasing(child.children, place));
    else if (!isElement(child, "colgroup") && !isElement(child, "col")) strays.push(...flow([child], place));
  }
  close();
  const [head, ...heads] = parts.thead;
  const [foot, ...feet] = parts.tfoot;
  const bodies = [...heads, ...parts.tbody, ...feet].map(({ properties, children }) =>
    h("tbody", properties, children),
  );
  const rows = [head ?? null, ...bodies, foot ?? null];
  const words = strays.filter((stray) => !isBlank(stray));
  if (rows.every((row) => row === null))
    return [...words, ...(caption === null ? [] : [h("p", {}, caption.children)])];
  return [...words, h("table", attributes, caption, rows)];
}

function rowOf(row: Element, place: BookPlace): Element[] {
  const cells = (row.tagName === "tr" ? row.children : [row]).flatMap((cell): Element[] => {
    if (isElement(cell, "th")) return [h("th", attributesOf(cell, place), phrasing(cell.children, place))];
    if (isElement(cell, "td")) return [h("td", attributesOf(cell, place), flow(cell.children, place))];
    if (cell.type === "text" ? isBlank(cell) : cell.type !== "element") return [];
    const content = flow([cell], place);
    return content.length === 0 ? [] : [h("td", {}, content)];
  });
  return cells.length === 0 ? [] : [h("tr", row.tagName === "tr" ? attributesOf(row, place) : {}, cells)];
}
