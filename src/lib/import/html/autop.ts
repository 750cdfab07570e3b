/**
 * Converts line breaks to paragraphs: an empty line ends a paragraph, a single break is a `<br>`. WordPress and others
 * store texts with line breaks and convert them for display.
 */
import type { ElementContent, Root } from "hast";
import { element, isBlock, isElement, text } from "./elements.ts";

/** Elements in which line breaks are significant. */
const CONTAINERS = new Set(["blockquote", "div", "section", "article", "li", "td", "th", "dd", "center"]);

/** Changes the tree: text directly in it and in its containers becomes paragraphs. */
export function paragraphsFromBreaks(root: Root): void {
  root.children = withParagraphs(root.children.filter(isContent), true);
}

/** Changes the tree of a WordPress block editor text: old text outside blocks has line breaks instead of paragraphs. */
export function paragraphsOutsideBlocks(root: Root): void {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  let depth = 0;
  const endRun = (): void => {
    result.push(...withParagraphs(run, true));
    run = [];
  };
  for (const node of root.children.filter(isContent)) {
    const block = node.type === "comment" ? BLOCK.exec(node.value) : null;
    if (block !== null) {
      const [, slash, name = "", end] = block;
      if (depth === 0) endRun();
      if (name !== "freeform" && end === undefined)
        depth = Math.max(0, depth + (slash === undefined ? 1 : -1));
    } else if (depth === 0) run.push(node);
    else result.push(node);
  }
  endRun();
  root.children = result;
}

/** ` wp:paragraph {"align":"center"} `, ` /wp:paragraph ` and ` wp:latest-posts /`. */
const BLOCK = /^\s*(\/)?wp:([a-z][\w/-]*)(?:\s[^]*?)?(\/)?$/;

function isContent(node: Root["children"][number]): node is ElementContent {
  return node.type === "element" || node.type === "text" || node.type === "comment";
}

function withParagraphs(nodes: readonly ElementContent[], isAlways: boolean): ElementContent[] {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  let count = 0;
  const endRun = (): void => {
    const paragraph = trimmed(run);
    if (paragraph.length > 0) {
      result.push(element("p", {}, paragraph));
      count += 1;
    }
    run = [];
  };
  for (const node of nodes) {
    if (node.type === "text") {
      for (const [index, part] of node.value.split(/\n[ \t\r]*\n\s*/).entries()) {
        if (index > 0) endRun();
        run.push(...withBreaks(part));
      }
    } else if (isElement(node) && isBlock(node)) {
      endRun();
      if (CONTAINERS.has(node.tagName))
        node.children = withParagraphs(node.children, node.tagName === "blockquote");
      else if (node.tagName === "p") node.children = node.children.flatMap(inlineBreaks);
      else withinBlock(node);
      result.push(node);
    } else run.push(...inlineBreaks(node));
  }
  endRun();
  const [only] = result;
  // A list item or cell with a single paragraph needs no `<p>`.
  return !isAlways && count === 1 && result.length === 1 && isElement(only, "p") ? only.children : result;
}

function withinBlock(node: ElementContent): void {
  if (!isElement(node) || node.tagName === "pre") return;
  for (const child of node.children) {
    if (!isElement(child)) continue;
    if (CONTAINERS.has(child.tagName)) child.children = withParagraphs(child.children, false);
    else withinBlock(child);
  }
}

/** Converts line breaks in inline elements, where paragraphs can't end. */
function inlineBreaks(node: ElementContent): ElementContent[] {
  if (node.type === "text") return withBreaks(node.value);
  if (!isElement(node) || UNTOUCHED.has(node.tagName)) return [node];
  return [{ ...node, children: node.children.flatMap(inlineBreaks) }];
}

const UNTOUCHED = new Set([
  "script",
  "style",
  "textarea",
  "svg",
  "math",
  "code",
  "object",
  "iframe",
  "video",
  "audio",
]);

function withBreaks(value: string): ElementContent[] {
  return value
    .split("\n")
    .flatMap((line, index) => (index === 0 ? [text(line)] : [element("br", {}), text(line)]));
}

function trimmed(nodes: readonly ElementContent[]): ElementContent[] {
  const isEmpty = (node: ElementContent | undefined): boolean =>
    node !== undefined &&
    ((node.type === "text" && node.value.trim() === "") || isElement(node, "br") || node.type === "comment");
  let start = 0;
  let end = nodes.length;
  while (start < end && isEmpty(nodes[start])) start++;
  while (end > start && isEmpty(nodes[end - 1])) end--;
  const kept = nodes.slice(start, end);
  return kept.filter((node, index) => !(isElement(node, "br") && followsBreak(kept, index)));
}

/** `line<br>\n` is one break, not two. */
function followsBreak(nodes: readonly ElementContent[], index: number): boolean {
  let at = index - 1;
  while (at >= 0 && nodes[at]?.type === "text" && isEmptyText(nodes[at])) at--;
  return isElement(nodes[at], "br");
}

function isEmptyText(node: ElementContent | undefined): boolean {
  return node?.type === "text" && node.value.trim() === "";
}
