/**
 * Bounds for parsing untrusted HTML. A small document can become millions of elements (unclosed formatting is reopened
 * in each block), nest deeper than the call stack allows, or keep a parser busy for minutes. All code that parses
 * untrusted HTML goes through this module.
 */
import vm from "node:vm";
import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from "parse5";

/** Maximum size of a parsed tree. */
export interface HtmlBounds {
  readonly elements: number;
  /** Total for all elements. */
  readonly attributes: number;
  /** Nesting depth of elements; unlimited by default, for callers that traverse the tree without recursion. */
  readonly depth?: number | undefined;
}

/** The HTML exceeds a bound on its size, or on the time to process it. */
export class HtmlTooLargeError extends Error {
  override readonly name = "HtmlTooLargeError";
}

type Tree = DefaultTreeAdapterTypes.Document;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** Parses a page like a browser without JavaScript. @throws HtmlTooLargeError beyond the bounds. */
export function parseBounded(html: string, bounds: HtmlBounds): Tree {
  const tree = parse(html, { scriptingEnabled: false, treeAdapter: countingAdapter(bounds) });
  if (bounds.depth !== undefined && isDeeper(tree, bounds.depth)) {
    throw new HtmlTooLargeError(`It nests deeper than ${bounds.depth} elements`);
  }
  return tree;
}

/** Whether HTML is safe to pass to another parser: its tree stays within the bounds. */
export function isWithinBounds(html: string, bounds: HtmlBounds): boolean {
  try {
    parseBounded(html, bounds);
    return true;
  } catch (error) {
    if (error instanceof HtmlTooLargeError) return false;
    throw error;
  }
}

/** Runs synchronous work with a time limit. @throws HtmlTooLargeError when the time is over. */
export function inTime<T>(timeoutMs: number, work: () => T): T {
  try {
    // The only way to interrupt a running function without another thread and without copying its input and output.
    return vm.runInNewContext("work()", { work }, { timeout: timeoutMs });
  } catch (error) {
    if (hasCode(error, "ERR_SCRIPT_EXECUTION_TIMEOUT")) {
      throw new HtmlTooLargeError(`It takes longer than ${timeoutMs / 1000} seconds to read`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Doesn't use `instanceof`: the error may be from the other context, where `Error` is another class. */
function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** Tree adapter that counts elements and attributes, so that parsing stops before memory runs out. */
function countingAdapter({ elements, attributes }: HtmlBounds): typeof defaultTreeAdapter {
  let elementsLeft = elements;
  let attributesLeft = attributes;
  return {
    ...defaultTreeAdapter,
    createElement: (name, namespace, attrs) => {
      elementsLeft -= 1;
      attributesLeft -= attrs.length;
      if (elementsLeft < 0) throw new HtmlTooLargeError(`It has more than ${elements} elements`);
      if (attributesLeft < 0) throw new HtmlTooLargeError(`It has more than ${attributes} attributes`);
      return defaultTreeAdapter.createElement(name, namespace, attrs);
    },
  };
}

function isDeeper(tree: Tree, depth: number): boolean {
  let level: ParentNode[] = [tree];
  for (let at = 0; level.length > 0; at += 1) {
    if (at > depth) return true;
    level = level.flatMap(parentsIn);
  }
  return false;
}

function parentsIn(parent: ParentNode): ParentNode[] {
  const { childNodes } = "content" in parent ? parent.content : parent;
  return childNodes.filter((node) => defaultTreeAdapter.isElementNode(node));
}
