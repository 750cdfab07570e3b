import type { Element } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { formatOf, report } from "./body-context.ts";
import { isElement } from "./hast.ts";

/**
 * Reports a paragraph of MDX that stands four spaces in: Markdown makes code of it, MDX joins its lines to a paragraph,
 * and an author who writes it means code.
 */
export function checkIndented(paragraph: Element, context: BodyContext, place: Place): void {
  if (place.depth > 0 || formatOf(context.source) !== "mdx") return;
  const line = context.source.source.split("\n")[(paragraph.position?.start.line ?? 1) - 1] ?? "";
  if ((paragraph.position?.start.column ?? 1) >= 5 && /^(?: {4}| {0,3}\t)/.test(line))
    reportCode(paragraph, context);
}

/** The same for the paragraphs of a list item, which are compared with its first one. */
export function checkIndentedItem(item: Element, context: BodyContext): void {
  if (formatOf(context.source) !== "mdx") return;
  const paragraphs = item.children.filter((child): child is Element => isElement(child, "p"));
  const first = paragraphs[0]?.position?.start.column ?? 1;
  for (const paragraph of paragraphs.slice(1)) {
    if ((paragraph.position?.start.column ?? 1) >= first + 4) reportCode(paragraph, context);
  }
}

function reportCode(paragraph: Element, context: BodyContext): void {
  const { start, end } = paragraph.position ?? { start: { line: 1 }, end: { line: 1 } };
  const lines = context.source.source.split("\n").slice(start.line - 1, end.line);
  const indent = Math.min(...lines.map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
  const outer = " ".repeat(Math.max(0, indent - 4));
  const code = lines.map((line) => outer + line.slice(indent)).join("\n");
  report(
    context,
    paragraph,
    "In MDX, four spaces don't make code: these lines would become a paragraph",
    `Put them between two lines of three backticks, or name the file .md:\n${outer}\`\`\`\n${code}\n${outer}\`\`\``,
  );
}
