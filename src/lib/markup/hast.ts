import type { Element, ElementContent, Nodes, Properties } from "hast";

/** What may be given as content: nodes, text, lists of them; null leaves it out. */
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
  return { type: "element", tagName, properties: kept, children: flatten(content) };
}

function flatten(content: readonly Content[]): ElementContent[] {
  const nodes: ElementContent[] = [];
  for (const item of content) {
    if (item === null || item === "") continue;
    if (typeof item === "string") nodes.push({ type: "text", value: item });
    else if (isList(item)) nodes.push(...flatten(item));
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

export function isElement<Name extends string>(
  node: Nodes,
  tagName: Name,
): node is Element & { tagName: Name } {
  return node.type === "element" && node.tagName === tagName;
}

/** Whether a node is nothing but space. */
export function isBlank(node: Nodes): boolean {
  return node.type === "text" && node.value.trim() === "";
}

/** The nodes without the space before, after and between them. */
export function withoutBlanks<Node extends Nodes>(nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => !isBlank(node));
}

const PHRASING = new Set(
  (
    "a abbr audio b bdi bdo br button canvas cite code data del dfn em i img input ins kbd label map mark meter " +
    "output picture progress q ruby s samp select small span strong sub sup svg time u var video wbr"
  ).split(" "),
);

/** Whether a node can stand inside a sentence. */
export function isPhrasing(node: Nodes): boolean {
  if (node.type === "element") return PHRASING.has(node.tagName);
  if (node.type === "mdxJsxTextElement" || node.type === "mdxTextExpression") return true;
  return node.type === "text";
}

/** Puts each run of text and inline elements that stands bare between blocks into a paragraph. */
export function wrapBareText(nodes: readonly ElementContent[]): ElementContent[] {
  const wrapped: ElementContent[] = [];
  let run: ElementContent[] = [];
  const close = (): void => {
    if (run.some((node) => !isBlank(node))) wrapped.push(h("p", {}, trimmed(run)));
    else wrapped.push(...run);
    run = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) {
      run.push(node);
    } else {
      close();
      wrapped.push(node);
    }
  }
  close();
  return wrapped;
}

function trimmed(run: readonly ElementContent[]): readonly ElementContent[] {
  const first = run.findIndex((node) => !isBlank(node));
  const last = run.findLastIndex((node) => !isBlank(node));
  return run.slice(first, last + 1);
}
