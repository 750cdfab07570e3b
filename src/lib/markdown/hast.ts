import type { Element, ElementContent, Nodes, Properties } from "hast";

/** Accepted content: nodes, text, lists of them; null is skipped. */
export type Content = ElementContent | string | null | readonly Content[];

/** Creates an element. Properties have hast names (`className`, `ariaLabel`); null and false ones are omitted. */
export function h(
  tagName: string,
  properties: Readonly<Record<string, Properties[string]>>,
  ...content: readonly Content[]
): Element {
  const kept: Properties = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined && value !== false) kept[name] = value;
  }
  return { type: "element", tagName, properties: kept, children: nodesOf(content) };
}

/** Converts content to a flat list of nodes. */
export function nodesOf(content: readonly Content[]): ElementContent[] {
  const nodes: ElementContent[] = [];
  for (const item of content) {
    if (item === null || item === "") continue;
    if (typeof item === "string") nodes.push({ type: "text", value: item });
    else if (isList(item)) nodes.push(...nodesOf(item));
    else nodes.push(item);
  }
  return nodes;
}

function isList(item: Content): item is readonly Content[] {
  return Array.isArray(item);
}

/** The classes of an element. */
export function classesOf(element: Element): readonly string[] {
  const value = element.properties["className"];
  return Array.isArray(value) ? value.map(String) : [];
}

/** Whether an element has any of the given classes. */
export function hasClassIn(element: Element, classes: ReadonlySet<string>): boolean {
  const value = element.properties["className"];
  return Array.isArray(value) && value.some((name) => classes.has(String(name)));
}

export function isElement<Name extends string>(
  node: Nodes,
  tagName: Name,
): node is Element & { tagName: Name } {
  return node.type === "element" && node.tagName === tagName;
}

/** Whether a node is text that consists only of whitespace. */
export function isBlank(node: Nodes): boolean {
  return node.type === "text" && !/\S/.test(node.value);
}

/** The nodes without whitespace-only text. */
export function withoutBlanks<Node extends Nodes>(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => !isBlank(node));
}

const PHRASING = new Set(
  (
    "a abbr audio b bdi bdo br button canvas cite code data del dfn em i img input ins kbd label map mark meter " +
    "math output picture progress q rb rp rt rtc ruby s samp select small source span strong sub sup svg time track u var " +
    // Obsolete elements from `acronym` on.
    "video wbr acronym basefont big blink font marquee nobr strike tt"
  ).split(" "),
);

/** Elements that can contain phrasing content or blocks. */
const TRANSPARENT = new Set(["a", "del", "ins"]);

/** Whether a node is phrasing content, before or after rendering. */
export function isPhrasing(node: Nodes): boolean {
  switch (node.type) {
    case "text":
    case "mdxTextExpression":
    case "mdxJsxTextElement":
      return true;
    case "element":
      return PHRASING.has(node.tagName) && !holdsBlocks(node.tagName, node.children);
    case "mdxJsxFlowElement":
      // Paragraphs directly in an MDX element are unwrapped later.
      return (
        node.name !== null &&
        PHRASING.has(node.name) &&
        !holdsBlocks(
          node.name,
          node.children.filter((child) => !isElement(child, "p")),
        )
      );
    default:
      return false;
  }
}

function holdsBlocks(name: string, children: readonly Nodes[]): boolean {
  return TRANSPARENT.has(name) && children.some((child) => !isPhrasing(child));
}

/**
 * Wraps each run of text and inline elements between blocks in a paragraph. Works on the parser's tree, before
 * rendering: positions tell apart runs that are separated by a blank line.
 */
export function wrapBareText(nodes: readonly ElementContent[]): ElementContent[] {
  const wrapped: ElementContent[] = [];
  let run: ElementContent[] = [];
  let lastLine = 0;
  let lastPlaced: ElementContent | null = null;
  const close = (): void => {
    if (run.some((node) => !isBlank(node))) wrapped.push(h("p", {}, trimmed(run)));
    else wrapped.push(...run);
    run = [];
  };
  for (const node of nodes) {
    const { start, end } = node.position ?? { start: null, end: null };
    if (start !== null && start.line > lastLine + 1) close();
    lastLine = end?.line ?? lastLine;
    const before = lastPlaced;
    if (start !== null) lastPlaced = node;
    if (isPhrasing(node)) {
      // The parser inserts a newline between adjacent MDX elements.
      const space = run.at(-1);
      if (space !== undefined && space.position === undefined && isBlank(space) && touches(before, node))
        run.pop();
      run.push(node);
    } else {
      close();
      wrapped.push(node);
    }
  }
  close();
  return wrapped;
}

function touches(before: ElementContent | null, after: ElementContent): boolean {
  const end = before?.position?.end;
  const start = after.position?.start;
  return end !== undefined && end.line === start?.line && end.column === start.column;
}

function trimmed(run: readonly ElementContent[]): readonly ElementContent[] {
  const first = run.findIndex((node) => !isBlank(node));
  const last = run.findLastIndex((node) => !isBlank(node));
  return run.slice(first, last + 1);
}
