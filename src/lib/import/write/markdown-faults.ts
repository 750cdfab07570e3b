import type { Root } from "hast";
import { markdownToHast } from "satteri";
import { isWithinBounds } from "../../bounded-html.ts";
import { prepareText } from "../../markdown/dialect/prepare.ts";
import { assembleHtml } from "../../markdown/raw-html.ts";

/** Real texts stay within these limits; parsers take much longer for deeper nesting. */
const BOUNDS = { elements: 100_000, attributes: 200_000, depth: 200 };

/** Whether a Markdown text has HTML that would fail the build, such as unbalanced tags. */
export function hasFaults(markdown: string): boolean {
  const { text, issues } = prepareText(markdown, "md");
  return issues.length > 0 || (text.includes("<") && treeOf(text) === null);
}

/** The tree of a Markdown text, with its HTML as elements; null if the HTML would fail the build. */
export function wholeTree(markdown: string): Root | null {
  const { text, issues } = prepareText(markdown, "md");
  return issues.length > 0 ? null : treeOf(text);
}

function treeOf(text: string): Root | null {
  if (!isWithinBounds(text, BOUNDS)) return null;
  try {
    const tree: unknown = markdownToHast(text, { features: { frontmatter: false } });
    if (!isRoot(tree)) return null;
    const { root, issues: faults } = assembleHtml(tree, text);
    return faults.length > 0 ? null : root;
  } catch (error) {
    // The HTML is too deeply nested for the parser.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isRoot(node: unknown): node is Root {
  return typeof node === "object" && node !== null && "type" in node && node.type === "root";
}
