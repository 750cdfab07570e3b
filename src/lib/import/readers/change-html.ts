import type { Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { parsedBody, UnreadableBodyError } from "../html/to-markdown.ts";

/** HTML of a text after a change of its tree; as it is when no parser may be given it. */
export function changedHtml(html: string, change: (root: Root) => void): string {
  const root = treeOf(html);
  if (root === null) return html;
  change(root);
  return toHtml(root);
}

/** The tree of a text or a whole page; null for HTML that is a bomb. */
export function treeOf(html: string): Root | null {
  try {
    return parsedBody(html);
  } catch (error) {
    if (error instanceof UnreadableBodyError || error instanceof RangeError) return null;
    throw error;
  }
}
