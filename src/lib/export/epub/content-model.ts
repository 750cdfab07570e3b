/**
 * Converts any HTML tree to XHTML that EPUB allows (https://www.w3.org/TR/epub-33/#sec-xhtml): each element keeps the children
 * and attributes that its content model permits. Elements that fit nowhere are replaced by their content.
 */
import type { Element, ElementContent, Nodes } from "hast";
import { h, isBlank, isElement, withoutBlanks } from "../../markdown/hast.ts";
import { textOf } from "../../markdown/plain-text.ts";
import { attributesOf } from "./attributes.ts";
import { definitions, list } from "./lists.ts";
import { safeMath } from "./math.ts";
import { notesSection } from "./notes.ts";
import { table } from "./tables.ts";

/** Lookups in the book that contains a tree. */
export interface BookPlace {
  /** Resolved address of a link; null if it has no valid target. */
  link(href: string): string | null;
  /** Path of a picture in the book, relative to its chapter; null if the book can't contain it. */
  picture(src: string): string | null;
  /** Claims an id and returns it in the form that XML allows; null if it's already taken. */
  id(wanted: string): string | null;
}

const SIMPLE = new Set(
  "abbr b bdi cite code del em i ins kbd mark q s samp small span strong sub sup u var".split(" "),
);
const PHRASING = new Set([
  ...SIMPLE,
  ..."a bdo br data dfn font img label math output ruby time tt wbr".split(" "),
]);
const HEADINGS = new Set("h1 h2 h3 h4 h5 h6".split(" "));
/** Block containers that become `div`. */
const BOXES = new Set(
  (
    "address article aside body caption center dd details dialog div dt fieldset figcaption footer form header hgroup " +
    "legend li main nav summary td th"
  ).split(" "),
);
const BLOCKS = new Set([
  ...HEADINGS,
  ...BOXES,
  ..."blockquote dl dir figure hr menu ol p pre section table tbody tfoot thead tr ul".split(" "),
]);
const FORMULA = "math";

/** Converts nodes to flow content. */
export function flow(nodes: readonly Nodes[], place: BookPlace): ElementContent[] {
  return nodes.flatMap((node) => flowOf(node, place));
}

/** Converts nodes to phrasing content; blocks become lines. */
export function phrasing(nodes: readonly Nodes[], place: BookPlace): ElementContent[] {
  const line: ElementContent[] = [];
  for (const node of nodes) {
    if (node.type === "element" && BLOCKS.has(node.tagName)) {
      const inner = [...anchorOf(node, place), ...phrasing(node.children, place)];
      if (line.some((before) => !isBlank(before)) && inner.length > 0) line.push(h("br", {}));
      line.push(...inner);
    } else line.push(...phrasingOf(node, place));
  }
  return line;
}

function flowOf(node: Nodes, place: BookPlace): ElementContent[] {
  if (node.type === "text") return [node];
  if (node.type !== "element") return [];
  const { tagName, children } = node;
  if (PHRASING.has(tagName))
    return holdsBlock(node) ? [...anchorOf(node, place), ...flow(children, place)] : phrasingOf(node, place);
  if (tagName === "p" || tagName === "pre" || HEADINGS.has(tagName)) {
    const words = phrasing(children, place);
    const attributes = attributesOf(node, place);
    return words.every(isBlank) && attributes["id"] === undefined ? [] : [h(tagName, attributes, words)];
  }
  switch (tagName) {
    case "ul":
    case "ol":
    case "menu":
    case "dir":
      return list(node, place);
    case "dl":
      return definitions(node, place);
    case "table":
      return table(node, place);
    case "figure":
      return figure(node, place);
    case "hr":
      return [h("hr", {})];
    case "video":
    case "audio":
      return film(node, place);
    case "section":
      if (node.properties["role"] === "doc-endnotes") return notesSection(node, place);
      return box("section", node, place);
    case "blockquote":
      return box("blockquote", node, place);
  }
  return BOXES.has(tagName) ? box("div", node, place) : [...anchorOf(node, place), ...flow(children, place)];
}

function box(tagName: string, node: Element, place: BookPlace): ElementContent[] {
  const content = flow(node.children, place);
  const attributes = attributesOf(node, place);
  return content.every(isBlank) && attributes["id"] === undefined ? [] : [h(tagName, attributes, content)];
}

function phrasingOf(node: Nodes, place: BookPlace): ElementContent[] {
  if (node.type === "text") return [node];
  if (node.type !== "element") return [];
  const { tagName, children } = node;
  if (SIMPLE.has(tagName)) return [h(tagName, attributesOf(node, place), phrasing(children, place))];
  switch (tagName) {
    case "a":
      return link(node, place);
    case "br":
    case "wbr":
      return [h(tagName, {})];
    case "bdo":
      return [h("bdo", { dir: "ltr", ...attributesOf(node, place) }, phrasing(children, place))];
    case "img":
      return image(node, place);
    case FORMULA:
      return [safeMath(node) ?? h("code", {}, textOf(node))];
    case "ruby":
      return ruby(node, place);
    case "video":
    case "audio":
      return filmLinks(node, place);
    default:
      return [...anchorOf(node, place), ...phrasing(children, place)];
  }
}

/** A link nested in a link becomes its text. */
function link(node: Element, place: BookPlace): ElementContent[] {
  const words = phrasing(node.children, { ...place, link: () => null });
  const href = place.link(String(node.properties["href"] ?? ""));
  if (href === null) return [...anchorOf(node, place), ...words];
  const kind =
    node.properties["role"] === "doc-noteref" ? { "epub:type": "noteref", role: "doc-noteref" } : {};
  return [h("a", { ...attributesOf(node, place), href, ...kind }, words)];
}

function image(node: Element, place: BookPlace): ElementContent[] {
  const alt = String(node.properties["alt"] ?? "");
  const src = place.picture(String(node.properties["src"] ?? ""));
  if (src !== null) return [h("img", { ...attributesOf(node, place), src, alt })];
  if (alt === "") return [];
  const href = place.link(String(node.properties["src"] ?? ""));
  return [href === null ? { type: "text", value: alt } : h("a", { href }, alt)];
}

function figure(node: Element, place: BookPlace): ElementContent[] {
  const captions = node.children.filter((child) => isElement(child, "figcaption"));
  const content = flow(
    node.children.filter((child) => !isElement(child, "figcaption")),
    place,
  );
  const words = captions.map((caption) =>
    isElement(caption, "figcaption") ? flow(caption.children, place) : [],
  );
  const attributes = attributesOf(node, place);
  if (withoutBlanks(content).length === 0) return words.map((each) => h("div", {}, each));
  return [h("figure", attributes, content, words.length === 0 ? null : h("figcaption", {}, words.flat()))];
}

/** Video or audio as its poster and a link. */
function film(node: Element, place: BookPlace): ElementContent[] {
  const poster = place.picture(String(node.properties["poster"] ?? ""));
  const links = filmLinks(node, place);
  const alt = String(node.properties["title"] ?? "");
  const picture = poster === null ? null : h("p", {}, h("img", { src: poster, alt }));
  const around =
    picture === null && links.length === 0
      ? null
      : h("div", { className: ["film"] }, picture, h("p", {}, links));
  return around === null ? [] : [around];
}

function filmLinks(node: Element, place: BookPlace): ElementContent[] {
  const sources = [node, ...node.children.filter((child) => isElement(child, "source"))];
  const [href] = sources.flatMap((source) =>
    source.type === "element" ? (place.link(String(source.properties["src"] ?? "")) ?? []) : [],
  );
  if (href === undefined) return [];
  const title = String(node.properties["title"] ?? "").trim() || href.replace(/^https?:\/\//, "");
  return [h("a", { href }, `▶ ${title}`)];
}

/** Each `rt` annotates the base text before it; parts without a counterpart become plain text. */
function ruby(node: Element, place: BookPlace): ElementContent[] {
  const parts: ElementContent[] = [];
  let base: ElementContent[] = [];
  for (const child of node.children) {
    if (isElement(child, "rp")) continue;
    if (!isElement(child, "rt")) {
      base.push(...phrasing([child], place));
      continue;
    }
    const reading = phrasing(child.children, place);
    if (base.every(isBlank)) parts.push(...reading);
    else parts.push(h("ruby", {}, base, h("rt", {}, reading)));
    base = [];
  }
  return [...parts, ...base];
}

/** An empty link target with the id of an element that isn't kept. */
function anchorOf(node: Element, place: BookPlace): ElementContent[] {
  const id = place.id(String(node.properties["id"] ?? ""));
  return id === null ? [] : [h("span", { id })];
}

function holdsBlock(node: Element): boolean {
  return node.children.some(
    (child) => child.type === "element" && (BLOCKS.has(child.tagName) || holdsBlock(child)),
  );
}
