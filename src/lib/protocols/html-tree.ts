import { defaultTreeAdapter, html } from "parse5";
import type { DefaultTreeAdapterTypes } from "parse5";
import { inTime, parseBounded } from "../bounded-html.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** A parsed page from an untrusted source. */
export type HtmlTree = DefaultTreeAdapterTypes.Document;

/** An element as discovery and verification see it. */
export interface HtmlElement {
  /** Lower case. */
  readonly name: string;
  /** The value of an attribute, or null when it's absent. */
  attribute(name: string): string | null;
  /** Text directly in it, without that of elements inside. */
  text(): string;
}

/** More than an honest page of a megabyte can hold. What walks the tree here minds no depth. */
const BOUNDS = { elements: 150_000, attributes: 300_000 };
const TIMEOUT_MS = 5000;

/**
 * Parses a page as a browser without JavaScript does, however broken or deep it is.
 * @throws HtmlTooLargeError for a bomb.
 */
export function parseHtml(page: string): HtmlTree {
  return inTime(TIMEOUT_MS, () => parseBounded(page, BOUNDS));
}

/**
 * Every element in document order. What a `<template>` holds is not part of the page and is left out.
 */
export function* elementsOf(tree: HtmlTree): Generator<HtmlElement> {
  for (const node of nodesOf(tree)) {
    if (!defaultTreeAdapter.isElementNode(node)) continue;
    const { tagName, attrs, childNodes } = node;
    yield {
      name: tagName,
      attribute: (name) => attrs.find((attribute) => attribute.name === name)?.value ?? null,
      text: () =>
        childNodes.map((child) => (defaultTreeAdapter.isTextNode(child) ? child.value : "")).join(""),
    };
  }
}

/** Text of the first `<title>` of the page outside of SVG, or null. */
export function titleOf(tree: HtmlTree): string | null {
  for (const node of nodesOf(tree)) {
    if (!defaultTreeAdapter.isElementNode(node)) continue;
    if (node.tagName !== "title" || node.namespaceURI !== html.NS.HTML) continue;
    const [child] = node.childNodes;
    return child !== undefined && defaultTreeAdapter.isTextNode(child) ? child.value : "";
  }
  return null;
}

/** The text of every comment in document order. */
export function* commentsOf(tree: HtmlTree): Generator<string> {
  for (const node of nodesOf(tree)) {
    if (defaultTreeAdapter.isCommentNode(node)) yield node.data;
  }
}

/** Walks with a stack of its own: hostile pages nest deeper, and are wider, than calls and their arguments may be. */
function* nodesOf(tree: ParentNode): Generator<Node> {
  const stack: Node[] = [];
  pushChildren(tree, stack);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if (defaultTreeAdapter.isElementNode(node)) pushChildren(node, stack);
  }
}

function pushChildren(parent: ParentNode, stack: Node[]): void {
  for (let index = parent.childNodes.length - 1; index >= 0; index--) {
    const child = parent.childNodes[index];
    if (child !== undefined) stack.push(child);
  }
}
