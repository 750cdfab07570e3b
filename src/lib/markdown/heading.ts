import Slugger from "github-slugger";
import type { Element, ElementContent, Nodes, Root } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { remark, report } from "./body-context.ts";
import { MARK } from "./dialect/markers.ts";
import { h, isElement } from "./hast.ts";
import { markedCode } from "./text-marks.ts";
import { textOf } from "./plain-text.ts";

/**
 * Ids used by the page around a body, which headings never get. The page's ids with capital letters needn't be listed:
 * generated ids are in lower case.
 */
export const RESERVED_IDS: readonly string[] = [
  "display",
  "footnote-label",
  "main",
  "newsletter-email",
  "newsletter-title",
  "q",
  "respond",
  "responses",
];

/** Generates ids that are unique in a body. */
export interface HeadingIds {
  next(text: string): string;
  /** Reserves an id; false when it is already taken. */
  claim(id: string): boolean;
}

/** @param given explicit ids of headings, which are never generated for another heading. */
export function headingIds(given: ReadonlySet<string> = new Set()): HeadingIds {
  const slugger = new Slugger();
  const claimed = new Set<string>();
  const claim = (id: string): boolean => {
    if (claimed.has(id) || (!given.has(id) && Object.hasOwn(slugger.occurrences, id))) return false;
    claimed.add(id);
    slugger.occurrences[id] ??= 0;
    return true;
  };
  for (const id of RESERVED_IDS) claim(id);
  return {
    claim,
    next: (text) => {
      const words = text.replace(/[^\p{L}\p{N}]/gu, "") === "" ? "section" : text.normalize("NFC");
      let id = slugger.slug(words);
      while (given.has(id)) id = slugger.slug(words);
      return id;
    },
  };
}

/** All explicit ids of headings. They have priority over generated ones, whatever their order. */
export function givenIds(root: Root): ReadonlySet<string> {
  const ids = new Set<string>();
  const walk = (node: Nodes): void => {
    const id = node.type === "element" && /^h[1-6]$/.test(node.tagName) ? givenId(node) : null;
    if (id !== null) ids.add(id);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(root);
  return ids;
}

/**
 * Renders a heading with an id and a link to itself; the link's symbol comes from the stylesheet, so it isn't in the
 * text. The class `body-head` keeps reader modes from dropping headings because of words in their ids: Readability
 * treats "community" or "media" as a sign of secondary content, and "body" as a sign of main content.
 */
export function renderHeading(node: Element, context: BodyContext, place: Place): ElementContent[] {
  const given = givenId(node);
  const children = context.visit(given === null ? node.children : withoutId(node.children), {
    ...place,
    isPhrasing: true,
    depth: place.depth + 1,
  });
  const level = Number(node.tagName.slice(1));
  if (level === 1) {
    remark(
      context,
      node,
      "The text has first-level headings, which are reserved for the title: all of its headings are shown one level lower",
      asSection(node, context),
    );
  }
  const depth = Math.min(level + context.headingShift, 6);
  const words = textOf({ type: "root", children }).replaceAll("\n", " ");
  const text = words.trim() === "" ? altsIn(children) : words;
  const own = given ?? node.properties["id"];
  if (given !== null && !context.ids.claim(given)) {
    report(
      context,
      node,
      `The id ${given} is used twice`,
      `An id can be used only once in a page, and some ids are reserved. Choose another one:\n${lineOfHeading(node, context).replace(`#${given}`, `#${given}-2`)}`,
    );
  }
  const id = typeof own === "string" ? own : context.ids.next(text);
  if (text === "")
    remark(
      context,
      node,
      "A heading has no text",
      `Give it some, or leave it out:\n${"#".repeat(level)} Text`,
    );
  if (place.depth === 0 && text !== "") context.found.headings.push({ depth, id, text });
  const heading = h(`h${depth}`, { ...node.properties, className: ["body-head"], id }, children);
  if (place.isInLink || text === "") return [heading];
  const anchor = h("a", { className: ["anchor"], href: `#${id}`, ariaLabel: context.words.linkTo(text) });
  return [h("header", { className: ["section-head"] }, heading, anchor)];
}

/** Hint that shows a first-level heading rewritten as a section heading. */
function asSection(node: Element, { source }: BodyContext): string {
  const line = lineOfHeading(node, { source });
  if (/^#\s/.test(line)) return `Begin sections with ##:\n#${line}`;
  const words = line.replace(/<\/?h1\b[^>]*>/gi, "").trim();
  return `Begin sections with ##, without the line of = below:\n## ${words}`;
}

function lineOfHeading(node: Element, { source }: Pick<BodyContext, "source">): string {
  return (source.source.split("\n")[(node.position?.start.line ?? 1) - 1] ?? "").trim();
}

/** Alternative texts of the pictures in a heading without words. */
function altsIn(nodes: readonly ElementContent[]): string {
  return nodes
    .map((node) => {
      if (node.type !== "element") return "";
      return isElement(node, "img") ? String(node.properties["alt"] ?? "") : altsIn(node.children);
    })
    .filter((alt) => alt !== "")
    .join(" ");
}

function withoutId(children: readonly ElementContent[]): ElementContent[] {
  const rest = children.slice(0, -1);
  const last = rest.at(-1);
  return last?.type === "text" ? [...rest.slice(0, -1), { ...last, value: last.value.trimEnd() }] : rest;
}

/** Explicit id at the end of a heading, `{#id}`; null if there is none. */
export function givenId(heading: Element): string | null {
  const last = heading.children.at(-1);
  const marked = last !== undefined && isElement(last, "code") ? markedCode(last) : null;
  return marked?.mark === MARK.headingId ? marked.text : null;
}
