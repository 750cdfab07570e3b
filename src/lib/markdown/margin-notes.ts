import type { Element, ElementContent, Nodes } from "hast";
import { classesOf, isElement } from "./hast.ts";
import { textOf } from "./plain-text.ts";

/** Maximum number of margin notes; the stylesheet positions each by its number. */
const MAX_NOTES = 8;

/** Height of a character in a margin note, which is narrow, in characters of the main text. */
const NOTE_CHARACTER_HEIGHT = 1.4;

/** Gap between two notes, in characters of the main text. */
const GAP = 100;

/**
 * Whether the footnotes fit in the margin: there are few, no picture is in the margin, and none is so long that it
 * would run into a wide picture below its reference. Heights are estimated in characters of the main text; pictures and
 * tables count as 0, which favors the list at the end.
 */
export function fitInMargin(body: readonly ElementContent[], notes: Element): boolean {
  const lengths = noteLengths(notes);
  if (lengths.size > MAX_NOTES) return false;
  let position = 0;
  let lastNoteEnds = 0;
  for (const block of body) {
    if (block === notes) continue;
    if (has(block, "margin") || (has(block, "wide") && lastNoteEnds > position)) return false;
    for (const { id, offset } of noteLinksIn(block)) {
      const length = lengths.get(id);
      if (length === undefined) continue;
      lastNoteEnds = Math.max(position + offset, lastNoteEnds) + length * NOTE_CHARACTER_HEIGHT + GAP;
    }
    position += textOf(block).length;
  }
  return true;
}

function has(block: ElementContent, name: string): boolean {
  return block.type === "element" && classesOf(block).includes(name);
}

/** Lengths of the notes by the id of the first link to each. */
function noteLengths(notes: Element): ReadonlyMap<string, number> {
  const list = notes.children.find((child) => isElement(child, "ol"));
  const items = list?.type === "element" ? list.children.filter((child) => isElement(child, "li")) : [];
  return new Map(items.map((item, index) => [`fnref-${index + 1}`, textOf(item).length]));
}

function noteLinksIn(block: Nodes): { id: string; offset: number }[] {
  const links: { id: string; offset: number }[] = [];
  let offset = 0;
  const walk = (node: Nodes): void => {
    if (node.type === "text") offset += node.value.length;
    if (node.type === "element" && node.properties["role"] === "doc-noteref") {
      links.push({ id: String(node.properties["id"]), offset });
    }
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(block);
  return links;
}
