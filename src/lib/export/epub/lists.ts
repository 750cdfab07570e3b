import type { Element, ElementContent } from "hast";
import { h, isBlank, isElement } from "../../markdown/hast.ts";
import { attributesOf } from "./attributes.ts";
import { flow, phrasing, type BookPlace } from "./content-model.ts";

/** A list whose children are all items. */
export function list(node: Element, place: BookPlace): ElementContent[] {
  const items = node.children.flatMap((child): Element[] => {
    if (child.type === "text" ? isBlank(child) : child.type !== "element") return [];
    if (isElement(child, "li")) return [h("li", attributesOf(child, place), flow(child.children, place))];
    const content = flow([child], place);
    return content.length === 0 ? [] : [h("li", {}, content)];
  });
  const tagName = node.tagName === "ol" ? "ol" : "ul";
  return items.length === 0 ? [] : [h(tagName, attributesOf(node, place), items)];
}

/** A definition list, or `div` elements if it doesn't start with a term and end with a definition. */
export function definitions(node: Element, place: BookPlace): ElementContent[] {
  const items = itemsOf(node).map((item) => {
    const isTerm = item.tagName === "dt";
    const content = isTerm ? phrasing(item.children, place) : flow(item.children, place);
    return h(isTerm ? "dt" : "dd", attributesOf(item, place), content);
  });
  const isWhole = items[0]?.tagName === "dt" && items.at(-1)?.tagName === "dd";
  if (isWhole) return [h("dl", attributesOf(node, place), items)];
  return items.map(({ properties, children }) => h("div", properties, children));
}

function itemsOf(node: Element): Element[] {
  return node.children.flatMap((child): Element[] => {
    if (isElement(child, "dt") || isElement(child, "dd")) return [child];
    if (isElement(child, "div")) return itemsOf(child);
    if (child.type === "text" ? isBlank(child) : child.type !== "element") return [];
    return [h("dd", {}, child)];
  });
}
