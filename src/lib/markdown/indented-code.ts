import type { Element } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { formatOf, report } from "./body-context.ts";
import { indentOf } from "./dialect/blocks.ts";
import { isElement } from "./hast.ts";

/**
 * Reports a paragraph in MDX that is indented by four spaces: Markdown reads it as code, but MDX as a paragraph, and
 * the author probably intended code.
 */
export function checkIndented(paragraph: Element, context: BodyContext, place: Place): void {
  if (place.depth > 0 || formatOf(context.source) !== "mdx") return;
  if (beginsLine(paragraph, context) && columnOf(paragraph, context) >= 4) reportCode(paragraph, context, 0);
}

/** The same for the paragraphs of a list item, relative to the first one. */
export function checkIndentedItem(item: Element, context: BodyContext): void {
  if (formatOf(context.source) !== "mdx") return;
  const paragraphs = item.children.filter((child): child is Element => isElement(child, "p"));
  const [first, ...others] = paragraphs;
  if (first === undefined) return;
  const place = columnOf(first, context);
  for (const paragraph of others)
    if (beginsLine(paragraph, context) && columnOf(paragraph, context) >= place + 4)
      reportCode(paragraph, context, place);
}

/** The text before a paragraph on its line. */
function lineBefore(paragraph: Element, { source }: BodyContext): string {
  const { line, column } = paragraph.position?.start ?? { line: 1, column: 1 };
  return (source.source.split("\n")[line - 1] ?? "").slice(0, column - 1);
}

function beginsLine(paragraph: Element, context: BodyContext): boolean {
  return /^[\s>]*$/.test(lineBefore(paragraph, context));
}

/** 0-based column at which a paragraph begins; a tab advances to the next multiple of four. */
function columnOf(paragraph: Element, context: BodyContext): number {
  return indentOf(lineBefore(paragraph, context).replace(/[^\t]/g, " "));
}

/** @param column indentation of the code fence in the hint. */
function reportCode(paragraph: Element, context: BodyContext, column: number): void {
  const { start, end } = paragraph.position ?? { start: { line: 1 }, end: { line: 1 } };
  const lines = context.source.source.split("\n").slice(start.line - 1, end.line);
  const indent = Math.min(...lines.map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
  const outer = " ".repeat(column);
  const code = lines.map((line) => outer + line.slice(indent)).join("\n");
  report(
    context,
    paragraph,
    "In MDX, four spaces don't make code: these lines would become a paragraph",
    `Put them between two lines of three backticks, or name the file .md:\n${outer}\`\`\`\n${code}\n${outer}\`\`\``,
  );
}
