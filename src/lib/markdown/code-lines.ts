import type { ElementContent } from "hast";
import type { WordMark } from "./code-fence.ts";
import { h } from "./hast.ts";

/** Splits highlighted code into lines; an element that spans several lines is repeated in each. */
export function splitLines(nodes: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  for (const node of nodes) {
    const parts = partsOf(node);
    parts.forEach((part, index) => {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(...part);
    });
  }
  return lines;
}

function partsOf(node: ElementContent): ElementContent[][] {
  if (node.type === "text") {
    return node.value
      .split("\n")
      .map((value): ElementContent[] => (value === "" ? [] : [{ type: "text", value }]));
  }
  if (node.type !== "element") return [[node]];
  return splitLines(node.children).map((children) => (children.length === 0 ? [] : [{ ...node, children }]));
}

/** Marks every occurrence of some words in highlighted code, except words split over several elements. */
export function markWords(nodes: readonly ElementContent[], words: readonly WordMark[]): ElementContent[] {
  const [word, ...rest] = words;
  if (word === undefined) return [...nodes];
  const { text, mark } = word;
  return markWords(
    nodes.flatMap((node): ElementContent[] => {
      if (node.type === "element") return [{ ...node, children: markWords(node.children, [word]) }];
      if (node.type !== "text" || !node.value.includes(text)) return [node];
      return node.value.split(text).flatMap((value, index): ElementContent[] => {
        const before = index === 0 ? [] : [h(mark, {}, text)];
        return value === "" ? before : [...before, { type: "text", value }];
      });
    }),
    rest,
  );
}
