import type { Root } from "hast";
import { markdownToHast } from "satteri";
import { isWithinBounds } from "../../bounded-html.ts";
import { prepareText } from "../../markdown/dialect/prepare.ts";
import { assembleHtml } from "../../markdown/raw-html.ts";

/** Texts of people nest less deeply; parsers take much longer for what nests more. */
const BOUNDS = { elements: 100_000, attributes: 200_000, depth: 200 };

/** Whether the HTML within a text of Markdown holds together: a build would refuse tags that are closed twice, or never. */
export function hasFaults(markdown: string): boolean {
  const { text, issues } = prepareText(markdown, "md");
  return issues.length > 0 || (text.includes("<") && treeOf(text) === null);
}

/** The tree of a text of Markdown, its HTML as elements; null for a text whose HTML doesn't hold together. */
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
    // HTML that is too deeply nested for the parser.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isRoot(node: unknown): node is Root {
  return typeof node === "object" && node !== null && "type" in node && node.type === "root";
}
