/**
 * HTML of an export → a tree that Markdown or plain HTML can express: without scripts and styling, with pictures and
 * links at their new places, blocks only next to blocks.
 */
import type { Element, ElementContent, Root } from "hast";
import { bareText } from "./bare-text.ts";
import { embedded } from "./embeds.ts";
import {
  BLOCKS,
  element,
  holdsBlock,
  isBlank,
  isBlock,
  isElement,
  property,
  text,
  TRANSPARENT,
  UNSEEN,
} from "./elements.ts";
import { NOTE_DEFINITION, NOTE_REFERENCE } from "./footnotes.ts";
import { FORMULA } from "./formula.ts";
import { figure, picture } from "./pictures.ts";
import { findElements, hasClass } from "./tree.ts";
import type { BodyContext } from "./body-context.ts";

const HEADING = /^h[1-6]$/;
/** Inline elements whose nesting has no further effect, with their canonical names. */
const EMPHASIS: Readonly<Record<string, string>> = { b: "strong", strong: "strong", i: "em", em: "em" };

/** The cleaned content of a body; block and inline nodes may be mixed. */
export function cleanBody(root: Root, context: BodyContext): ElementContent[] {
  const nodes = root.children.filter((node): node is ElementContent => node.type !== "doctype");
  return cleanAll(nodes, context);
}

export function cleanAll(nodes: readonly ElementContent[], context: BodyContext): ElementContent[] {
  return nodes.flatMap((node) => clean(node, context));
}

function clean(node: ElementContent, context: BodyContext): ElementContent[] {
  if (node.type === "text") return [text(context.mask(node.value))];
  if (node.type !== "element") return [];
  const placed = withPlaceInside(node, context);
  return [...anchorOf(placed, context), ...cleanElement(placed, context)];
}

function cleanElement(node: Element, context: BodyContext): ElementContent[] {
  const { tagName } = node;
  const embed = embedded(node, context);
  if (embed !== null) return embed;
  if (UNSEEN.has(tagName)) {
    if (!SILENT.has(tagName)) context.lose(`<${tagName}>`);
    return tagName === "noscript" || tagName === "map" ? cleanAll(node.children, context) : [];
  }
  if (tagName === "img") return picture(node, context);
  if (tagName === "figure") return figure(node, context);
  if (tagName === "div" && hasClass(node, "wp-caption")) return figure(captionBox(node), context);
  if (tagName === "table" && hasClass(node, "tr-caption-container"))
    return figure(captionTable(node), context);
  // The button of WordPress's file block follows the link without a space.
  if (tagName === "a")
    return hasClass(node, "wp-block-file__button")
      ? [text(" "), ...link(node, context)]
      : link(node, context);
  if (tagName === "pre" || (tagName === "code" && /\S\n\s*\S/.test(codeText(node))))
    return [...placesWithin(node, context), preformatted(node, context)];
  if (tagName === "code")
    return [...placesWithin(node, context), ...inline(tagName, {}, cleanAll(node.children, context))];
  if (tagName === "br" || tagName === "hr" || tagName === "wbr") return [element(tagName, {})];
  if (tagName === NOTE_REFERENCE) return [element(tagName, { name: noteName(node) })];
  if (tagName === NOTE_DEFINITION)
    return [element(tagName, { name: noteName(node) }, asBlocks(cleanAll(node.children, context)))];
  if (tagName === "ul" && isGallery(node)) return asBlocks(cleanAll(itemsIn(node), context));
  const children = cleanAll(node.children, context);
  if (tagName === "svg" || tagName === "math") return drawing(node, context);
  if (HEADING.test(tagName)) return heading(tagName, children, context);
  if (tagName === "span" && hasClass(node, FORMULA)) return [element(FORMULA, {}, children)];
  if (tagName === "acronym") return inline("abbr", kept({ ...node, tagName: "abbr" }), children);
  if (tagName === "span" || tagName === "font")
    return stylesOf(node).reduce((inner, name) => inline(name, {}, inner), children);
  if (TRANSPARENT.has(tagName)) return unwrapped(tagName, children);
  if (tagName === "blockquote")
    return children.every(isBlank) ? [] : [element("blockquote", {}, asBlocks(children))];
  if (tagName === "p") return paragraph(children);
  if (PARENTS.has(tagName))
    return [
      element(
        tagName,
        kept(node),
        children.filter((child) => !isElement(child, "br")),
      ),
    ];
  if (BLOCKS.has(tagName)) return [element(tagName, kept(node), children)];
  if (isUnstyled(node)) return children;
  return inline(EMPHASIS[tagName] ?? tagName, kept(node), children);
}

/** Editors such as Blogger's write emphasis as inline styles. */
const STYLES: readonly (readonly [name: string, style: RegExp])[] = [
  ["strong", /font-weight\s*:\s*(?:bold|[6-9]00)/i],
  ["em", /font-style\s*:\s*(?:italic|oblique)/i],
  ["s", /text-decoration[\w-]*\s*:[^;]*line-through/i],
];

function stylesOf(node: Element): string[] {
  const style = property(node, "style");
  return style === "" ? [] : STYLES.flatMap(([name, pattern]) => (pattern.test(style) ? [name] : []));
}

/** Google Docs wraps whole texts in `<b style="font-weight:normal">`. */
function isUnstyled(node: Element): boolean {
  const style = property(node, "style");
  if (style === "") return false;
  const name = EMPHASIS[node.tagName];
  return (
    (name === "strong" && /font-weight\s*:\s*(?:normal|400)/i.test(style)) ||
    (name === "em" && /font-style\s*:\s*normal/i.test(style))
  );
}

/** WordPress's box with a picture and its caption, used before `<figure>`. */
function captionBox(node: Element): Element {
  const children = node.children.map((child) =>
    isElement(child) && hasClass(child, "wp-caption-text")
      ? element("figcaption", {}, child.children)
      : child,
  );
  return element("figure", {}, children);
}

/** Blogger's table with a picture and its caption, as a figure. */
function captionTable(node: Element): Element {
  const [words = [], others = []] = [true, false].map((isCaption) =>
    findElements(node, (cell) => cell.tagName === "td" && hasClass(cell, "tr-caption") === isCaption).flatMap(
      (cell) => cell.children,
    ),
  );
  return element("figure", {}, words.length === 0 ? others : [...others, element("figcaption", {}, words)]);
}

/** Whether all items of a list are pictures or figures. */
function isGallery(node: Element): boolean {
  const items = node.children.filter((child) => isElement(child, "li"));
  return (
    items.length > 0 &&
    node.children.every((child) => isElement(child, "li") || isBlank(child)) &&
    items.every((item) => {
      const [only, ...others] = isElement(item) ? item.children.filter((child) => !isBlank(child)) : [];
      return others.length === 0 && (isElement(only, "figure") || isElement(only, "img"));
    })
  );
}

function itemsIn(node: Element): ElementContent[] {
  return node.children.flatMap((item) =>
    isElement(item, "li") ? [element("span", { id: placeName(item) }), ...item.children] : [],
  );
}

/** Elements whose children are only items, rows or cells; old editors put `<br>` between them. */
const PARENTS = new Set(["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"]);

/** Name of a footnote, reduced to digits. */
function noteName(node: Element): string {
  return property(node, "name").replaceAll(/\D/g, "").slice(0, 6) || "0";
}

const SILENT = new Set([
  "meta",
  "link",
  "noscript",
  "map",
  "area",
  "template",
  "source",
  "track",
  "param",
  "base",
  "head",
  "style",
]);

/** Attributes with meaning; styling is dropped. */
function kept(node: Element): Element["properties"] {
  const names = [
    "colSpan",
    "rowSpan",
    "start",
    "reversed",
    "dateTime",
    "cite",
    "lang",
    "dir",
    "open",
    "value",
  ];
  const titled = node.tagName === "abbr" || node.tagName === "dfn" ? [...names, "title"] : names;
  const entries = titled.flatMap((name): [string, string | number | true][] => {
    const value = node.properties[name];
    const isPlain = typeof value === "string" || typeof value === "number" || value === true;
    const isUseless = (name === "colSpan" || name === "rowSpan") && Number(value) === 1;
    return isPlain && !isUseless ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** A mark for an element, if a text links to its fragment. */
function anchorOf(node: Element, context: BodyContext): ElementContent[] {
  const name = placeName(node);
  if (name === "" || !context.anchors.has(name)) return [];
  context.anchors.delete(name);
  return [element("span", { id: context.anchorName(name) })];
}

/** The fragment that refers to an element; empty if it has none. */
function placeName(node: Element): string {
  return property(node, "id") || property(node, "name");
}

/** A mark can't precede an item of a list or a part of a table, so it's moved inside. */
function withPlaceInside(node: Element, { anchors }: BodyContext): Element {
  const name = placeName(node);
  if (!PARTS.has(node.tagName) || !anchors.has(name)) return node;
  const { id: _id, name: _name, ...properties } = node.properties;
  return withFirst({ ...node, properties }, name);
}

function withFirst(node: Element, id: string): Element {
  const index = ROWS.has(node.tagName) ? node.children.findIndex((child) => isElement(child)) : -1;
  const first = node.children[index];
  const children: ElementContent[] = isElement(first)
    ? node.children.with(index, withFirst(first, id))
    : [element("span", { id }), ...node.children];
  return { ...node, children };
}

const ROWS = new Set(["thead", "tbody", "tfoot", "tr"]);
const PARTS = new Set([...ROWS, "li", "dt", "dd", "td", "th", "caption", "summary"]);

/** Marks for elements within code, put before it, since code contains only text. */
function placesWithin(node: Element, context: BodyContext): ElementContent[] {
  return findElements(node, () => true).flatMap((inner) => anchorOf(inner, context));
}

function link(node: Element, context: BodyContext): ElementContent[] {
  const written = property(node, "href").trim();
  const href = context.pictureOf?.(written) ?? written;
  const img = onlyPicture(node);
  if (img !== null) return picture(img, context, href);
  const children = cleanAll(node.children, context);
  if (href === "") return children;
  const target = context.link(href);
  if (target === null) return children;
  if (children.every(isBlank)) return children;
  const title = property(node, "title");
  const wrap = (inner: ElementContent[]): ElementContent[] => [
    element("a", title === "" ? { href: target } : { href: target, title }, inner),
  ];
  return wrapRuns(
    children.flatMap((child) => (isElement(child, "a") ? child.children : [child])),
    wrap,
  );
}

/** The picture of a link that contains nothing else, at any depth. */
function onlyPicture(node: Element): Element | null {
  const [only, ...others] = node.children.filter((child) => !isBlank(child));
  if (!isElement(only) || others.length > 0) return null;
  if (only.tagName === "img") return only;
  return only.tagName === "a" || only.tagName === "figure" ? null : onlyPicture(only);
}

function inline(
  tagName: string,
  properties: Element["properties"],
  children: ElementContent[],
): ElementContent[] {
  if (children.every(isBlank)) return children;
  return wrapRuns(children, (run) => {
    const flat = run.flatMap((child) => (isElement(child, tagName) ? child.children : [child]));
    return hoisted(tagName, properties, flat);
  });
}

/** `<b>word </b>` as `<b>word</b> `: Markdown's markers must be next to letters. */
function hoisted(
  tagName: string,
  properties: Element["properties"],
  children: ElementContent[],
): ElementContent[] {
  let [first, last] = [children[0], children.at(-1)];
  const result = [...children];
  const before: ElementContent[] = [];
  const after: ElementContent[] = [];
  while (
    first !== undefined &&
    (isElement(first, "br") || (first.type === "text" && /^\s/.test(first.value)))
  ) {
    result.shift();
    if (first.type === "text") {
      before.push(text(" "));
      const rest = first.value.trimStart();
      if (rest !== "") result.unshift(text(rest));
      if (rest !== "") break;
    } else before.push(first);
    first = result[0];
  }
  last = result.at(-1);
  while (last !== undefined && (isElement(last, "br") || (last.type === "text" && /\s$/.test(last.value)))) {
    result.pop();
    if (last.type === "text") {
      after.unshift(text(" "));
      const rest = last.value.trimEnd();
      if (rest !== "") result.push(text(rest));
      if (rest !== "") break;
    } else after.unshift(last);
    last = result.at(-1);
  }
  return result.length === 0
    ? [...before, ...after]
    : [...before, element(tagName, properties, result), ...after];
}

/** Wraps inline content, including that of nested blocks. */
function wrapRuns(
  nodes: readonly ElementContent[],
  wrap: (run: ElementContent[]) => ElementContent[],
): ElementContent[] {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  const endRun = (): void => {
    if (run.length > 0) result.push(...(run.every(isBlank) ? run : wrap(run)));
    run = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || !holdsBlock(node)) {
      run.push(node);
      continue;
    }
    endRun();
    const isCode = node.tagName === "pre" || node.tagName === "hr";
    result.push(isCode ? node : { ...node, children: wrapRuns(node.children, wrap) });
  }
  endRun();
  return result;
}

function heading(
  tagName: string,
  children: ElementContent[],
  { hasTopHeading }: BodyContext,
): ElementContent[] {
  if (children.every(isBlank)) return children;
  const level = Math.min(6, Number(tagName.slice(1)) + (hasTopHeading ? 1 : 0));
  if (!children.some(holdsBlock)) return [element(`h${level}`, {}, children)];
  return children.flatMap((child) => (holdsBlock(child) ? [child] : [element(`h${level}`, {}, [child])]));
}

/** Replaces a block without meaning by its content: text becomes paragraphs, inner blocks stay. */
function unwrapped(tagName: string, children: ElementContent[]): ElementContent[] {
  return BLOCKS.has(tagName) && !children.every(isBlank) ? asBlocks(children) : children;
}

/** Wraps runs of inline nodes in paragraphs, so that only blocks remain. */
export function asBlocks(nodes: readonly ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  const endRun = (): void => {
    result.push(...paragraph(run));
    run = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) run.push(node);
    else {
      endRun();
      result.push(node);
    }
  }
  endRun();
  return result;
}

/**
 * Trims a paragraph. Blocks inside it become its siblings, and two consecutive breaks split it, as old editors wrote
 * paragraphs that way.
 */
function paragraph(children: readonly ElementContent[]): ElementContent[] {
  if (children.some(isBlock)) return asBlocks(children);
  const runs: ElementContent[][] = [];
  let run: ElementContent[] = [];
  let space: ElementContent[] = [];
  let breaks = 0;
  for (const node of children) {
    const isBreak = isElement(node, "br");
    if (isBreak) breaks += 1;
    if (isBreak || (isBlank(node) && !isPlace(node))) {
      space.push(node);
      continue;
    }
    if (run.length === 0 || breaks > 1) {
      run = [];
      runs.push(run);
    } else run.push(...space);
    run.push(node);
    space = [];
    breaks = 0;
  }
  const all = runs.flat();
  return all.every(isPlace) ? all : runs.map((nodes) => element("p", {}, nodes));
}

/** Whether a node is a mark for a link target. */
function isPlace(node: ElementContent): boolean {
  return isElement(node, "span");
}

/** A code block with its text and language. */
function preformatted(node: Element, { mask }: BodyContext): Element {
  const inner = node.children.find((child) => isElement(child, "code"));
  const innerClasses = inner === undefined ? "" : property(inner, "className");
  const classes = `${property(node, "className")} ${innerClasses}`.trim();
  const language = /(?:lang(?:uage)?-|brush:\s*|^\s*)([\w+#-]+)/.exec(classes)?.[1] ?? property(node, "lang");
  const known =
    language === "" || /^(?:wp|prettyprint|code|gutter|preserve)/.test(language)
      ? ""
      : language.toLowerCase();
  const lines = mask(codeText(node)).replaceAll("\u00A0", " ").replace(/^\n/, "").trimEnd();
  return element("pre", {}, [
    element("code", known === "" ? {} : { className: [`language-${known}`] }, [text(lines)]),
  ]);
}

function codeText(node: ElementContent): string {
  if (node.type === "text") return node.value;
  if (!isElement(node)) return "";
  if (node.tagName === "br") return "\n";
  const inner = node.children.map(codeText).join("");
  return node.tagName !== "pre" && BLOCKS.has(node.tagName) && !inner.endsWith("\n") ? `${inner}\n` : inner;
}

function drawing(node: Element, context: BodyContext): ElementContent[] {
  const words = bareText(node).trim();
  context.lose(`<${node.tagName}>`);
  return words === "" ? [] : [text(words)];
}
