import type { Element, ElementContent, Nodes, Properties } from "hast";

/** Accepted content: nodes, text, lists of them; null is skipped. */
export type Content = ElementContent | string | null | readonly Content[];

/** An element. Properties have hast names (`className`, `ariaLabel`); those that are null or false are left out. */
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

/** Content as a plain list of nodes. */
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

/** Whether an element has one of some classes. */
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

/** Whether a node is nothing but space. */
export function isBlank(node: Nodes): boolean {
  return node.type === "text" && !/\S/.test(node.value);
}

/** The nodes without the space before, after and between them. */
export function withoutBlanks<Node extends Nodes>(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => !isBlank(node));
}

const PHRASING = new Set(
  (
    "a abbr audio b bdi bdo br button canvas cite code data del dfn em i img input ins kbd label map mark meter " +
    "math output picture progress q rb rp rt rtc ruby s samp select small source span strong sub sup svg time track u var " +
    // Of older HTML.
    "video wbr acronym basefont big blink font marquee nobr strike tt"
  ).split(" "),
);

/** Elements that may stand around sentences and around blocks alike. */
const TRANSPARENT = new Set(["a", "del", "ins"]);

/** Whether a node can be inside a sentence, be it still to be rendered or not. */
export function isPhrasing(node: Nodes): boolean {
  switch (node.type) {
    case "text":
    case "mdxTextExpression":
    case "mdxJsxTextElement":
      return true;
    case "element":
      return PHRASING.has(node.tagName) && !holdsBlocks(node.tagName, node.children);
    case "mdxJsxFlowElement":
      // A paragraph in an element of MDX is taken away.
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
 * Puts each run of text and inline elements that is bare between blocks into a paragraph. For the parser's tree,
 * before it is rendered: runs with an empty line between them are distinguished by their lines.
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
      // The parser puts a line's end between elements of MDX that touch each other.
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
