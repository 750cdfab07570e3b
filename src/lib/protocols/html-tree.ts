import { defaultTreeAdapter, html } from "parse5";
import type { DefaultTreeAdapterTypes } from "parse5";
import { inTime, parseBounded } from "../bounded-html.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** A parsed page from an untrusted source. */
export type HtmlTree = DefaultTreeAdapterTypes.Document;

/** Element data for discovery and verification. */
export interface HtmlElement {
  /** Lower case. */
  readonly name: string;
  /** The value of an attribute, or null if it's absent. */
  attribute(name: string): string | null;
  /** The element's own text, without that of child elements. */
  text(): string;
}

/** More than a legitimate page of 1 MB contains. Depth is unlimited, because the tree is walked without recursion. */
const BOUNDS = { elements: 150_000, attributes: 300_000 };
const TIMEOUT_MS = 5000;

/**
 * Parses a page like a browser without JavaScript, however broken or deep the HTML is.
 * @throws HtmlTooLargeError if the page exceeds the size or time limits (an HTML bomb).
 */
export function parseHtml(page: string): HtmlTree {
  return inTime(TIMEOUT_MS, () => parseBounded(page, BOUNDS));
}

/** Yields every element in document order, except the content of `<template>`, which isn't part of the page. */
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

/** Returns the text of the page's first `<title>` outside SVG, or null. */
export function titleOf(tree: HtmlTree): string | null {
  for (const node of nodesOf(tree)) {
    if (!defaultTreeAdapter.isElementNode(node)) continue;
    if (node.tagName !== "title" || node.namespaceURI !== html.NS.HTML) continue;
    const [child] = node.childNodes;
    return child !== undefined && defaultTreeAdapter.isTextNode(child) ? child.value : "";
  }
  return null;
}

/** Yields the text of every comment in document order. */
export function* commentsOf(tree: HtmlTree): Generator<string> {
  for (const node of nodesOf(tree)) {
    if (defaultTreeAdapter.isCommentNode(node)) yield node.data;
  }
}

/** Uses an explicit stack: hostile pages exceed the limits of recursion depth and of argument lists. */
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
