/** Targets of URL fragments in texts: headings, whose ids differ between generators, and ids in HTML. */
import { nameToEmoji } from "gemoji";
import type { Nodes, Root } from "hast";
import { givenId, headingIds } from "../markdown/heading.ts";
import { textOf } from "../markdown/plain-text.ts";
import { resolveMarks } from "../markdown/text-marks.ts";
import { percentDecoded } from "../percent-decoded.ts";
import { wholeTree } from "./write/markdown-faults.ts";

/** The ids that a text has in the new blog. */
export interface TextPlaces {
  /** Ids by the names of elements and headings. */
  readonly ids: ReadonlyMap<string, string>;
  /** Ids of headings by their folded text. */
  readonly headings: ReadonlyMap<string, string>;
}

/** Fragment targets in a Markdown text; null if its HTML isn't well-formed. */
export function placesIn(markdown: string): TextPlaces | null {
  const ids = new Map<string, string>();
  const headings = new Map<string, string>();
  const root = wholeTree(markdown);
  if (root === null) return null;
  resolveMarks(root, (name) => (Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? null) : null));
  const given = headingIds();
  const visit = (node: Nodes): void => {
    const own = node.type === "element" ? (node.properties["id"] ?? node.properties["name"]) : undefined;
    if (typeof own === "string") {
      ids.set(own, own);
      given.claim(own);
    }
    if (node.type === "element" && /^h[1-6]$/.test(node.tagName)) {
      const marked = givenId(node);
      if (marked !== null) given.claim(marked);
      const text = textOf(marked === null ? node : { ...node, children: node.children.slice(0, -1) });
      const id = marked ?? (typeof own === "string" ? own : given.next(text.replaceAll("\n", " ")));
      ids.set(id, id);
      // Some generators drop everything before the first letter, such as a section number.
      for (const words of [folded(text), folded(text.replace(/^[^\p{L}]+/u, ""))])
        if (words !== "" && !headings.has(words)) headings.set(words, id);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  return { ids, headings };
}

/**
 * Fragment targets in an HTML text that is converted to Markdown: named headings get the ids of the new headings.
 * @param markdown the converted text.
 * @param markName returns the id of the mark for any other named element.
 */
export function placesInHtml(root: Root, markdown: string, markName: (name: string) => string): TextPlaces {
  const headings = placesIn(markdown)?.headings ?? new Map<string, string>();
  const words = new Map<string, string>();
  const seen = new Map<string, number>();
  const nodes: { readonly node: Nodes; readonly heading: string }[] = [{ node: root, heading: "" }];
  for (let next = nodes.pop(); next !== undefined; next = nodes.pop()) {
    const { node } = next;
    let { heading } = next;
    if (node.type === "element") {
      if (/^h[1-6]$/.test(node.tagName)) {
        heading = folded(textOf(node));
        seen.set(heading, (seen.get(heading) ?? 0) + 1);
      }
      for (const name of [node.properties["id"], node.properties["name"]])
        if (typeof name === "string" && name !== "" && !words.has(name)) words.set(name, heading);
    }
    if ("children" in node) for (const child of node.children) nodes.push({ node: child, heading });
  }
  const idOf = (name: string, heading: string): string =>
    (seen.get(heading) === 1 ? headings.get(heading) : undefined) ?? markName(name);
  return { ids: new Map([...words].map(([name, heading]) => [name, idOf(name, heading)])), headings };
}

/** The new id for a fragment of the old blog; null if the text has no such target. @param fragment without `#`. */
export function placeFor(fragment: string, { ids, headings }: TextPlaces): string | null {
  const name = percentDecoded(fragment);
  return ids.get(name) ?? headings.get(folded(name)) ?? null;
}

/** Letters and digits of a heading, which all generators keep in some form. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
