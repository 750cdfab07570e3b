import type { Element, ElementContent } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { contentsPlaceholder, isContentsMark } from "./contents-list.ts";
import { networkOf, renderAddress, renderEmbed } from "./embed.ts";
import { classesOf, isElement, withoutBlanks } from "./hast.ts";
import { renderLoneImage } from "./image.ts";
import { checkIndented } from "./indented-code.ts";
import { isBareAddress } from "./link-text.ts";

/** Renders a paragraph, or the block that replaces one with only a `[TOC]`, picture, address or formula. */
export function renderParagraph(node: Element, context: BodyContext, place: Place): ElementContent[] {
  const image = node.children.find((child) => isElement(child, "img"));
  if (image !== undefined && withoutBlanks(node.children).length === 1) {
    // Obsidian embeds videos and posts with image syntax.
    const src = String(image.properties["src"] ?? "");
    const shown = networkOf(src) === null ? null : renderAddress(src, image, context);
    if (shown !== null) return [shown];
    const figure = renderLoneImage(image, context);
    if (figure !== null) return [figure];
  }
  if (isContentsMark(node)) return hasSections(node, context) ? [contentsPlaceholder()] : [];
  checkIndented(node, context, place);
  const embed = place.isInLink ? null : renderEmbed(node, context);
  if (embed !== null) return [embed];
  const split = place.isInLink ? null : splitAtAddresses(node);
  if (split !== null) return split.flatMap((part) => renderParagraph(part, context, place));
  const inside = { ...place, isPhrasing: true, depth: place.depth + 1 };
  const children = context.visit(node.children, inside);
  const [only] = withoutBlanks(children);
  const isBlock = children.length === 1 && only?.type === "element" && BLOCKS_OF_PARAGRAPHS.has(only.tagName);
  return isBlock ? [only] : [{ ...node, children: children.map(inSentence) }];
}

/** Splits a paragraph at lines with only a video's or post's address; null when there are none. */
function splitAtAddresses(paragraph: Element): readonly Element[] | null {
  const lines = linesOf(paragraph.children);
  if (lines.length < 2 || !lines.some(isShownAlone)) return null;
  const parts: ElementContent[][] = [];
  let isOpen = false;
  for (const line of lines) {
    const last = parts.at(-1);
    const isAlone = isShownAlone(line);
    if (isOpen && !isAlone && last !== undefined) last.push({ type: "text", value: "\n" }, ...line);
    else parts.push([...line]);
    isOpen = !isAlone;
  }
  return parts.map((children) => ({ ...paragraph, children }));
}

function linesOf(nodes: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const node of nodes) {
    if (node.type !== "text") {
      lines.at(-1)?.push(node);
      continue;
    }
    const [first = "", ...others] = node.value.split("\n");
    if (first !== "") lines.at(-1)?.push({ ...node, value: first });
    for (const value of others) lines.push(value === "" ? [] : [{ ...node, value }]);
  }
  return lines.filter((line) => line.length > 0);
}

function isShownAlone(line: readonly ElementContent[]): boolean {
  const [only, ...others] = withoutBlanks(line).filter((node) => !isElement(node, "br"));
  if (only === undefined || others.length > 0 || !isElement(only, "a")) return false;
  return isBareAddress(only) && networkOf(String(only.properties["href"])) !== null;
}

function hasSections(mark: Element, context: BodyContext): boolean {
  if (/^[ \t]{0,3}(?:#{2,6}[ \t]|.+\n[ \t]*-{2,}[ \t]*$)|<h[2-6]/m.test(context.text)) return true;
  remark(context, mark, "[TOC] lists no sections, because the text has none", "Begin sections with ##.");
  return false;
}

/** Elements that replace a paragraph if they are its only content. */
const BLOCKS_OF_PARAGRAPHS = new Set(["div", "figure"]);

/** Unwraps a display formula inside a sentence. */
function inSentence(node: ElementContent): ElementContent {
  if (node.type !== "element" || !classesOf(node).includes("math")) return node;
  return node.children[0] ?? node;
}
