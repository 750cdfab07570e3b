import Slugger from "github-slugger";
import type { Element, ElementContent } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { report } from "./body-context.ts";
import { h } from "./hast.ts";
import { textOf } from "./plain-text.ts";

/** Ids that belong to the page around a body; a heading never takes one of them. */
export const RESERVED_IDS: readonly string[] = [
  "main",
  "content",
  "contents",
  "toc",
  "top",
  "search",
  "responses",
  "respond",
  "comments",
  "reply",
  "about-author",
  "related",
  "footer",
  "header",
  "menu",
  "theme",
  "footnote-label",
];

/** Gives out ids, each once in a body. */
export interface HeadingIds {
  next(text: string): string;
  /** Keeps an id from being given to a heading. */
  reserve(id: string): void;
}

export function headingIds(): HeadingIds {
  const slugger = new Slugger();
  const reserve = (id: string): void => {
    slugger.occurrences[id] ??= 0;
  };
  for (const id of RESERVED_IDS) reserve(id);
  return {
    reserve,
    next: (text) =>
      slugger.slug(text.replace(/[^\p{L}\p{N}]/gu, "") === "" ? "section" : text.normalize("NFC")),
  };
}

/** A heading with an id, and beside it the link to itself that a reader can copy. */
export function renderHeading(node: Element, context: BodyContext, place: Place): ElementContent[] {
  const children = context.visit(node.children, { ...place, isPhrasing: true, depth: place.depth + 1 });
  const depth = Number(node.tagName.slice(1));
  if (depth === 1) {
    report(
      context,
      node,
      "The text has a heading of the first level, which is the title's",
      `Begin sections with two signs:\n## ${textOf(node)}`,
    );
  }
  const text = textOf({ type: "root", children }).replaceAll("\n", " ");
  const own = node.properties["id"];
  const id = typeof own === "string" && own !== "" ? own : context.ids.next(text);
  if (place.depth === 0) context.found.headings.push({ depth, id, text });
  const heading = h(node.tagName, { ...node.properties, id }, children);
  if (place.isInLink || text === "") return [heading];
  const anchor = h(
    "a",
    { className: ["anchor"], href: `#${id}`, ariaLabel: context.words.linkTo(text) },
    "#",
  );
  return [h("div", { className: ["section-head"] }, heading, anchor)];
}
