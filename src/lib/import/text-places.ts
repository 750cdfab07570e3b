/** Places in texts that fragments of addresses name: headings, whose ids differ between generators, and ids in HTML. */
import { nameToEmoji } from "gemoji";
import type { Nodes } from "hast";
import { givenId, headingIds } from "../markdown/heading.ts";
import { textOf } from "../markdown/plain-text.ts";
import { resolveMarks } from "../markdown/text-marks.ts";
import { percentDecoded } from "../percent-decoded.ts";
import { wholeTree } from "./write/markdown-faults.ts";

/** The ids that a text of Markdown has in the new blog. */
export interface TextPlaces {
  /** Ids of elements and headings. */
  readonly ids: ReadonlySet<string>;
  /** Ids of headings by their words, folded. */
  readonly headings: ReadonlyMap<string, string>;
}

export function placesIn(markdown: string): TextPlaces {
  const ids = new Set<string>();
  const headings = new Map<string, string>();
  const root = wholeTree(markdown);
  if (root === null) return { ids, headings };
  resolveMarks(root, (name) => (Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? null) : null));
  const given = headingIds();
  const visit = (node: Nodes): void => {
    const own = node.type === "element" ? (node.properties["id"] ?? node.properties["name"]) : undefined;
    if (typeof own === "string") {
      ids.add(own);
      given.claim(own);
    }
    if (node.type === "element" && /^h[1-6]$/.test(node.tagName)) {
      const marked = givenId(node);
      if (marked !== null) given.claim(marked);
      const text = textOf(marked === null ? node : { ...node, children: node.children.slice(0, -1) });
      const id = marked ?? (typeof own === "string" ? own : given.next(text.replaceAll("\n", " ")));
      ids.add(id);
      // Some generators leave out what stands before the first letter: the number of a section.
      for (const words of [folded(text), folded(text.replace(/^[^\p{L}]+/u, ""))])
        if (words !== "" && !headings.has(words)) headings.set(words, id);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  return { ids, headings };
}

/** The id that a fragment of the old blog means; null when the text has no such place. @param fragment without `#`. */
export function placeFor(fragment: string, { ids, headings }: TextPlaces): string | null {
  const name = percentDecoded(fragment);
  return ids.has(name) ? name : (headings.get(folded(name)) ?? null);
}

/** What generators keep of a heading's words, in whatever form: its letters and digits. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
