import type { Comment, Element, Root, RootContent } from "hast";

/**
 * Every element of a parsed page in document order. What a `<template>` holds is not part of the page and is left
 * out, as the HTML parser does.
 */
export function* elementsOf(root: Root | Element): Generator<Element> {
  for (const node of nodesOf(root)) {
    if (node.type === "element") yield node;
  }
}

/** Every comment of a parsed page in document order. */
export function* commentsOf(root: Root): Generator<Comment> {
  for (const node of nodesOf(root)) {
    if (node.type === "comment") yield node;
  }
}

/** Walks with a stack of its own: hostile pages nest deeper than calls may. */
function* nodesOf(root: Root | Element): Generator<RootContent> {
  const stack: RootContent[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if (node.type === "element") stack.push(...[...node.children].reverse());
  }
}
