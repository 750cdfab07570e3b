/** Finds and replaces elements in HTML trees. Iterative, since exports may nest deeper than the call stack. */
import type { Element, ElementContent, Root } from "hast";
import { isElement } from "./elements.ts";

type Parent = Root | Element;

/** The first element in document order that passes the test; null if none does. */
export function findElement(root: Parent, test: (node: Element) => boolean): Element | null {
  for (const node of elementsIn(root)) if (test(node)) return node;
  return null;
}

/** All elements that pass the test, in document order. */
export function findElements(root: Parent, test: (node: Element) => boolean): Element[] {
  return [...elementsIn(root)].filter(test);
}

/**
 * Replaces elements in place; replacements aren't visited again.
 * @param replace returns null for elements that stay.
 */
export function replaceElements(root: Parent, replace: (node: Element) => ElementContent[] | null): void {
  const parents: Parent[] = [root];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    const children = parent.children as ElementContent[];
    const result: ElementContent[] = [];
    const inner: Element[] = [];
    for (const child of children) {
      const replaced = isElement(child) ? replace(child) : null;
      if (replaced === null) {
        result.push(child);
        if (isElement(child)) inner.push(child);
      } else result.push(...replaced);
    }
    parents.push(...inner.toReversed());
    parent.children = result;
  }
}

/** Whether an element has a class. */
export function hasClass(node: Element, name: string): boolean {
  return classesOf(node).includes(name);
}

export function classesOf({ properties }: Element): readonly string[] {
  const { className } = properties;
  return Array.isArray(className) ? className.map(String) : [];
}

function* elementsIn(root: Parent): Generator<Element> {
  const stack = elementsOf(root).toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    stack.push(...elementsOf(node).toReversed());
  }
}

function elementsOf({ children }: Parent): Element[] {
  return children.flatMap((child) => (child.type === "element" ? [child] : []));
}
