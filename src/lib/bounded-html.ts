/**
 * Parsing HTML that strangers wrote. A few bytes of it can become millions of elements (unclosed formatting is opened
 * again in each block), nest deeper than calls may, or keep a parser busy for minutes. Whatever parses such HTML asks
 * here first.
 */
import vm from "node:vm";
import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from "parse5";

/** How large a parsed tree may become. */
export interface HtmlBounds {
  readonly elements: number;
  /** Total for all elements. */
  readonly attributes: number;
  /** Elements within each other; without a limit for those who walk the tree with a stack of their own. */
  readonly depth?: number | undefined;
}

/** The HTML is a bomb, or of no use to a reader. */
export class HtmlTooLargeError extends Error {
  override readonly name = "HtmlTooLargeError";
}

type Tree = DefaultTreeAdapterTypes.Document;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

/** Parses a page as a browser without JavaScript does. @throws HtmlTooLargeError beyond the bounds. */
export function parseBounded(html: string, bounds: HtmlBounds): Tree {
  const tree = parse(html, { scriptingEnabled: false, treeAdapter: countingAdapter(bounds) });
  if (bounds.depth !== undefined && isDeeper(tree, bounds.depth)) {
    throw new HtmlTooLargeError(`It nests deeper than ${bounds.depth} elements`);
  }
  return tree;
}

/** Whether another parser may be given this HTML; its tree will be no larger than the bounds. */
export function isWithinBounds(html: string, bounds: HtmlBounds): boolean {
  try {
    parseBounded(html, bounds);
    return true;
  } catch (error) {
    if (error instanceof HtmlTooLargeError) return false;
    throw error;
  }
}

/** Runs work that has no pause of its own, and stops it. @throws HtmlTooLargeError when the time is over. */
export function inTime<T>(timeoutMs: number, work: () => T): T {
  try {
    // The only way to interrupt a running function that needs no other thread and no copy of what goes in and out.
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

/** The error may be of the other context, where `Error` is another class. */
function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

/** Counts what the parser makes, so that it stops before memory runs out. */
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
