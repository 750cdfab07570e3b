import type { Element, ElementContent, Nodes } from "hast";
import type { Heading } from "../content/model.ts";
import { classesOf, h, isBlank, isElement } from "./hast.ts";
import { textOf } from "./plain-text.ts";

/** Whether a paragraph contains only `[TOC]`, which is replaced by a table of contents. */
export function isContentsMark(paragraph: Element): boolean {
  const [only] = paragraph.children;
  return paragraph.children.length === 1 && only?.type === "text" && /^\s*\[_?toc_?\]\s*$/i.test(only.value);
}

/** Placeholder for the table of contents until all headings are known. */
export function contentsPlaceholder(): Element {
  return h("nav", { className: [PLACEHOLDER] });
}

const PLACEHOLDER = "contents-list";

/**
 * Headings below which remark-toc, used by AstroPaper and others, inserts the contents.
 * https://github.com/remarkjs/remark-toc
 */
const CONTENTS_HEADING = /^(?:toc|table[ -]of[ -]contents?)$/i;

/** Inserts a placeholder below a heading such as "Table of contents" if its section is empty. */
export function listBelowItsHeading(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node, index) => {
    const next = nodes.slice(index + 1).find((one) => !isBlank(one));
    const isMarker = isHeading(node) && CONTENTS_HEADING.test(textOf(node).trim());
    return isMarker && next !== undefined && isHeading(next) ? [node, contentsPlaceholder()] : [node];
  });
}

function isHeading(node: ElementContent): boolean {
  return (
    node.type === "element" && (/^h[2-6]$/.test(node.tagName) || classesOf(node).includes("section-head"))
  );
}

/** Fills the placeholders with links to the sections. */
export function fillContents(
  nodes: readonly ElementContent[],
  headings: readonly Heading[],
  label: string,
): void {
  const list = listOf(headings.filter(({ text }) => !CONTENTS_HEADING.test(text.trim())));
  const walk = (node: Nodes): void => {
    if (node.type !== "element") return;
    if (
      isElement(node, "nav") &&
      node.children.length === 0 &&
      String(node.properties["className"]) === PLACEHOLDER
    ) {
      node.properties["ariaLabel"] = label;
      node.children = list;
    } else node.children.forEach(walk);
  };
  nodes.forEach(walk);
}

/** Nested list of sections and their subsections. */
function listOf(headings: readonly Heading[]): ElementContent[] {
  const [first] = headings;
  if (first === undefined) return [];
  const items: ElementContent[] = [];
  const top = Math.min(...headings.map(({ depth }) => depth));
  let index = 0;
  while (index < headings.length) {
    const heading = headings[index];
    if (heading === undefined) break;
    const next = headings.findIndex(({ depth }, at) => at > index && depth <= top);
    const end = next === -1 ? headings.length : next;
    const isOwn = heading.depth === top;
    const below = headings.slice(isOwn ? index + 1 : index, end);
    items.push(
      h(
        "li",
        {},
        isOwn ? h("a", { href: `#${heading.id}` }, heading.text) : null,
        below.length > 0 ? listOf(below) : null,
      ),
    );
    index = end;
  }
  return [h("ul", {}, items)];
}
