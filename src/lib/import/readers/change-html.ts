import type { Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { parsedBody, UnreadableBodyError } from "../html/to-markdown.ts";

/** Changes HTML through its tree; HTML that isn't safe to parse stays unchanged. */
export function changedHtml(html: string, change: (root: Root) => void): string {
  const root = treeOf(html);
  if (root === null) return html;
  change(root);
  return toHtml(root);
}

/** The tree of a text or a whole page; null for HTML that nests too deep or has too many elements. */
export function treeOf(html: string): Root | null {
  try {
    return parsedBody(html);
  } catch (error) {
    if (error instanceof UnreadableBodyError || error instanceof RangeError) return null;
    throw error;
  }
}
