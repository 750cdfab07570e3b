/**
 * Fixes the structure of allow-listed content: blocks have only blocks as siblings, phrasing content is in blocks,
 * links don't nest, and lists contain items. Parsing the serialized result gives the same tree.
 */
import type { Element, ElementContent, Text } from "hast";
import { safeUrl, stripInvisible } from "./clean-text.ts";

/** Lists and quotations nested deeper than this are replaced by their content. */
const MAX_NESTING = 5;

export const BLOCKS: readonly string[] = ["blockquote", "li", "ol", "p", "pre", "ul"];

/** Block context: wraps runs of phrasing content in paragraphs and tidies the content of blocks. */
export function flow(nodes: readonly ElementContent[], depth: number): Element[] {
  const blocks: Element[] = [];
  let run: ElementContent[] = [];
  const endRun = () => {
    const inline = trimmed(phrasing(run));
    if (hasText(inline)) blocks.push(element("p", inline));
    run = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || !containsBlock(node)) {
      run.push(node);
      continue;
    }
    endRun();
    blocks.push(...block(node, depth));
  }
  endRun();
  return blocks;
}

function block(node: Element, depth: number): Element[] {
  const isNested = node.tagName === "ul" || node.tagName === "ol" || node.tagName === "blockquote";
  if (isNested && depth >= MAX_NESTING) return flow(node.children, depth);
  if (node.tagName === "ul" || node.tagName === "ol") {
    const items = list(node.children, depth + 1);
    return items.length === 0 ? [] : [element(node.tagName, items)];
  }
  if (node.tagName === "blockquote") {
    const inner = flow(node.children, depth + 1);
    return inner.length === 0 ? [] : [element("blockquote", inner)];
  }
  if (node.tagName === "pre") {
    const inner = phrasing(node.children, { isPreformatted: true });
    return hasText(inner) ? [element("pre", inner)] : [];
  }
  if (node.tagName === "a") return [element("p", trimmed(phrasing([node])))];
  // A paragraph, a stray list item, or an inline element around blocks is replaced by its content.
  return flow(node.children, depth);
}

function list(nodes: readonly ElementContent[], depth: number): Element[] {
  return nodes.flatMap((node) => {
    const isItem = isElement(node) && node.tagName === "li";
    const inner = isItem ? item(node, depth) : flow([node], depth);
    return inner.length === 0 ? [] : [element("li", inner)];
  });
}

/** A list item with a single paragraph has no `<p>`. */
function item(node: Element, depth: number): ElementContent[] {
  const blocks = flow(node.children, depth);
  const [first] = blocks;
  return blocks.length === 1 && first?.tagName === "p" ? first.children : blocks;
}

interface Phrasing {
  readonly isInLink?: boolean;
  readonly isPreformatted?: boolean;
}

/** Phrasing context: replaces blocks with line breaks, unnests links, and removes empty elements. */
function phrasing(nodes: readonly ElementContent[], context: Phrasing = {}): ElementContent[] {
  return merged(
    nodes.flatMap((node): ElementContent[] => {
      if (node.type === "text") return [text(words(node.value, context))];
      if (!isElement(node)) return [];
      if (node.tagName === "br") return [element("br", [])];
      if (node.tagName === "a") return link(node, context);
      const inner = phrasing(node.children, context);
      if (BLOCKS.includes(node.tagName)) return [element("br", []), ...trimmed(inner), element("br", [])];
      return hasText(inner) ? [element(node.tagName, inner)] : inner;
    }),
  );
}

function words(value: string, context: Phrasing): string {
  const visible = stripInvisible(value);
  return context.isPreformatted === true ? visible : visible.replace(/[ \t\n\f]+/g, " ");
}

function link(node: Element, context: Phrasing): ElementContent[] {
  const href = context.isInLink === true ? null : safeUrl(node.properties["href"]);
  const inner = phrasing(node.children, { ...context, isInLink: context.isInLink === true || href !== null });
  if (href === null || !hasText(inner)) return inner;
  return [
    { ...element("a", withoutEndBreaks(inner)), properties: { href, rel: ["nofollow", "ugc", "noopener"] } },
  ];
}

/** Merges adjacent text nodes, so that serializing and parsing gives the same tree. */
function merged(nodes: readonly ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.type === "text" && last?.type === "text")
      result[result.length - 1] = text(last.value + node.value);
    else if (node.type !== "text" || node.value !== "") result.push(node);
  }
  return result;
}

function withoutEndBreaks(nodes: readonly ElementContent[]): ElementContent[] {
  const isBreak = (node: ElementContent | undefined) => node?.type === "element" && node.tagName === "br";
  const start = nodes.findIndex((node) => !isBreak(node));
  const end = nodes.findLastIndex((node) => !isBreak(node));
  return nodes.slice(start, end + 1);
}

/** Removes line breaks and spaces at both ends. */
function trimmed(nodes: readonly ElementContent[]): ElementContent[] {
  const isBlank = (node: ElementContent | undefined) =>
    node !== undefined &&
    (node.type === "text" ? node.value.trim() === "" : isElement(node) && node.tagName === "br");
  let start = 0;
  let end = nodes.length;
  while (start < end && isBlank(nodes[start])) start++;
  while (end > start && isBlank(nodes[end - 1])) end--;
  const kept = nodes.slice(start, end);
  const [first] = kept;
  if (first?.type === "text") kept[0] = text(first.value.trimStart());
  const last = kept.at(-1);
  if (last?.type === "text") kept[kept.length - 1] = text(last.value.trimEnd());
  return kept;
}

function containsBlock(node: Element): boolean {
  return (
    BLOCKS.includes(node.tagName) || node.children.some((child) => isElement(child) && containsBlock(child))
  );
}

function hasText(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) =>
    node.type === "text" ? node.value.trim() !== "" : isElement(node) && hasText(node.children),
  );
}

function isElement(node: ElementContent): node is Element {
  return node.type === "element";
}

export function element(tagName: string, children: ElementContent[]): Element {
  return { type: "element", tagName, properties: {}, children };
}

export function text(value: string): Text {
  return { type: "text", value };
}
