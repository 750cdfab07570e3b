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
  if (issues.length > 0) return true;
  if (!text.includes("<")) return false;
  if (!isWithinBounds(text, BOUNDS)) return true;
  try {
    const tree: unknown = markdownToHast(text, { features: { frontmatter: false } });
    return !isRoot(tree) || assembleHtml(tree, text).issues.length > 0;
  } catch (error) {
    // HTML that is too deeply nested for the parser.
    if (error instanceof RangeError) return true;
    throw error;
  }
}

function isRoot(node: unknown): node is Root {
  return typeof node === "object" && node !== null && "type" in node && node.type === "root";
}
