/**
 * HTML from strangers → the little markup that a comment needs, always well nested, always the same when sanitised
 * again. Used when a response is stored and once more when it is shown.
 */
import type { Element, ElementContent, Root, RootContent, Text } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize, type Schema } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { cleanLines, safeUrl, stripInvisible } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";

/** HTML beyond this length isn't parsed; the plain text is used instead. */
const MAX_HTML = 40_000;
const MAX_TEXT = 20_000;
/** Lists and quotations nested deeper than this lose their wrapper. */
const MAX_NESTING = 5;

const INLINE = ["a", "abbr", "b", "cite", "code", "del", "em", "i", "q", "s", "strong"];
const BLOCK = ["blockquote", "li", "ol", "p", "pre", "ul"];
/** Blocks that aren't kept but that separate paragraphs. */
const SEPARATORS =
  /^(?:address|article|aside|center|dd|details|dir|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|main|menu|nav|section|summary|table|tbody|td|tfoot|th|thead|tr)$/;

const SCHEMA: Schema = {
  tagNames: [...INLINE, ...BLOCK, "br"],
  attributes: { a: ["href"] },
  protocols: { href: ["http", "https"] },
  ancestors: { li: ["ol", "ul"] },
  clobber: [],
  required: {},
  strip: [
    ...[
      "applet",
      "audio",
      "canvas",
      "datalist",
      "embed",
      "frame",
      "frameset",
      "head",
      "iframe",
      "math",
      "noembed",
    ],
    ...[
      "noframes",
      "noscript",
      "object",
      "option",
      "plaintext",
      "script",
      "select",
      "style",
      "svg",
      "template",
    ],
    ...["textarea", "title", "video", "xmp"],
  ],
  allowComments: false,
  allowDoctypes: false,
};

export interface SafeContent {
  /** Allow-listed HTML: block elements only at its top. */
  readonly html: string;
  /** What the HTML says, paragraphs separated by an empty line. */
  readonly text: string;
}

/**
 * Keeps `a[href]` (http and https, with `rel="nofollow ugc noopener"`), `abbr b blockquote br cite code del em i li ol
 * p pre q s strong ul` and nothing else. Sanitising its result again changes nothing.
 *
 * @returns null for HTML that is too long or nested too deep to be a person's; use the plain text then.
 */
export function sanitiseHtml(html: string): SafeContent | null {
  if (html.length > MAX_HTML) return null;
  let tree = tidied(html);
  // Markup that reads differently once written out (misnested tables, stray ends) settles in a second round.
  for (let round = 0; tree !== null && round < 4; round++) {
    const written = toHtml(tree);
    const again = tidied(written);
    if (again !== null && toHtml(again) === written) return { html: written, text: textOf(tree) };
    tree = again;
  }
  return null;
}

/** The HTML that a page may show for a response: from its stored HTML, else from its text. */
export function safeResponseHtml(content: PostResponse["content"]): string {
  if (content === undefined) return "";
  const safe = content.html === undefined ? null : sanitiseHtml(content.html);
  return safe?.html ?? htmlOfText(content.text);
}

/** Plain text as HTML: empty lines separate paragraphs, single line breaks stay. */
export function htmlOfText(raw: string): string {
  const paragraphs = cleanLines(raw, MAX_TEXT).split("\n\n");
  const children = paragraphs
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => element("p", withBreaks(paragraph)));
  return toHtml({ type: "root", children });
}

function withBreaks(paragraph: string): ElementContent[] {
  return paragraph
    .split("\n")
    .flatMap((line, index): ElementContent[] =>
      index === 0 ? [text(line)] : [element("br", []), text(line)],
    );
}

/** @returns null when the nesting exhausts the stack: a bomb, not a comment. */
function tidied(html: string): Root | null {
  try {
    const parsed = fromHtml(html, { fragment: true });
    separate(parsed);
    const safe = sanitize(parsed, SCHEMA);
    const nodes = safe.type === "root" ? safe.children : safe.type === "doctype" ? [] : [safe];
    return { type: "root", children: flow(nodes.filter(isContent), 0) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Makes paragraphs of blocks that the allow-list drops, so that "one" and "two" of two divs don't become "onetwo". */
function separate(parent: Root | Element): void {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    if (SEPARATORS.test(child.tagName)) child.tagName = "p";
    separate(child);
  }
}

/** Block context: runs of phrasing become paragraphs, blocks are tidied inside. */
function flow(nodes: readonly ElementContent[], depth: number): Element[] {
  const blocks: Element[] = [];
  let run: ElementContent[] = [];
  const endRun = () => {
    const inline = trimmed(phrasing(run));
    if (hasText(inline)) blocks.push(element("p", inline));
    run = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || !containsBlock(node)) {
      run.push(node);
      continue;
    }
    endRun();
    blocks.push(...block(node, depth));
  }
  endRun();
  return blocks;
}

function block(node: Element, depth: number): Element[] {
  const isNested = node.tagName === "ul" || node.tagName === "ol" || node.tagName === "blockquote";
  if (isNested && depth >= MAX_NESTING) return flow(node.children, depth);
  if (node.tagName === "ul" || node.tagName === "ol") {
    const items = list(node.children, depth + 1);
    return items.length === 0 ? [] : [element(node.tagName, items)];
  }
  if (node.tagName === "blockquote") {
    const inner = flow(node.children, depth + 1);
    return inner.length === 0 ? [] : [element("blockquote", inner)];
  }
  if (node.tagName === "pre") {
    const inner = phrasing(node.children, { isPreformatted: true });
    return hasText(inner) ? [element("pre", inner)] : [];
  }
  if (node.tagName === "a") return [element("p", trimmed(phrasing([node])))];
  // A paragraph, a stray list item, or an inline element around blocks: its blocks stand for themselves.
  return flow(node.children, depth);
}

function list(nodes: readonly ElementContent[], depth: number): Element[] {
  return nodes.flatMap((node) => {
    const isItem = isElement(node) && node.tagName === "li";
    const inner = isItem ? item(node, depth) : flow([node], depth);
    return inner.length === 0 ? [] : [element("li", inner)];
  });
}

/** The only paragraph of a list item goes without its `<p>`. */
function item(node: Element, depth: number): ElementContent[] {
  const blocks = flow(node.children, depth);
  const [first] = blocks;
  return blocks.length === 1 && first?.tagName === "p" ? first.children : blocks;
}

interface Phrasing {
  readonly isInLink?: boolean;
  readonly isPreformatted?: boolean;
}

/** Phrasing context: blocks dissolve into line breaks, links don't nest, empty elements go. */
function phrasing(nodes: readonly ElementContent[], context: Phrasing = {}): ElementContent[] {
  return merged(
    nodes.flatMap((node): ElementContent[] => {
      if (node.type === "text") return [text(words(node.value, context))];
      if (!isElement(node)) return [];
      if (node.tagName === "br") return [element("br", [])];
      if (node.tagName === "a") return link(node, context);
      const inner = phrasing(node.children, context);
      if (BLOCK.includes(node.tagName)) return [element("br", []), ...trimmed(inner), element("br", [])];
      return hasText(inner) ? [element(node.tagName, inner)] : inner;
    }),
  );
}

function words(value: string, context: Phrasing): string {
  const visible = stripInvisible(value);
  return context.isPreformatted === true ? visible : visible.replace(/[ \t\n\f]+/g, " ");
}

function link(node: Element, context: Phrasing): ElementContent[] {
  const href = context.isInLink === true ? null : safeUrl(node.properties["href"]);
  const inner = phrasing(node.children, { ...context, isInLink: context.isInLink === true || href !== null });
  if (href === null || !hasText(inner)) return inner;
  return [
    { ...element("a", withoutEndBreaks(inner)), properties: { href, rel: ["nofollow", "ugc", "noopener"] } },
  ];
}

/** Neighbouring texts as one, so that writing and reading again gives the same tree. */
function merged(nodes: readonly ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.type === "text" && last?.type === "text")
      result[result.length - 1] = text(last.value + node.value);
    else if (node.type !== "text" || node.value !== "") result.push(node);
  }
  return result;
}

function withoutEndBreaks(nodes: readonly ElementContent[]): ElementContent[] {
  const isBreak = (node: ElementContent | undefined) => node?.type === "element" && node.tagName === "br";
  const start = nodes.findIndex((node) => !isBreak(node));
  const end = nodes.findLastIndex((node) => !isBreak(node));
  return nodes.slice(start, end + 1);
}

/** Without line breaks and spaces at both ends. */
function trimmed(nodes: readonly ElementContent[]): ElementContent[] {
  const isBlank = (node: ElementContent | undefined) =>
    node !== undefined &&
    (node.type === "text" ? node.value.trim() === "" : isElement(node) && node.tagName === "br");
  let start = 0;
  let end = nodes.length;
  while (start < end && isBlank(nodes[start])) start++;
  while (end > start && isBlank(nodes[end - 1])) end--;
  const kept = nodes.slice(start, end);
  const [first] = kept;
  if (first?.type === "text") kept[0] = text(first.value.trimStart());
  const last = kept.at(-1);
  if (last?.type === "text") kept[kept.length - 1] = text(last.value.trimEnd());
  return kept;
}

function textOf(root: Root): string {
  const parts: string[] = [];
  const walk = (node: RootContent | Root) => {
    if (node.type === "text") parts.push(node.value);
    if (!("children" in node)) {
      return;
    }
    if (node.type === "element" && node.tagName === "br") parts.push("\n");
    for (const child of node.children) walk(child);
    if (node.type === "element" && BLOCK.includes(node.tagName))
      parts.push(node.tagName === "li" ? "\n" : "\n\n");
  };
  walk(root);
  return cleanLines(parts.join(""), MAX_TEXT);
}

function containsBlock(node: Element): boolean {
  return (
    BLOCK.includes(node.tagName) || node.children.some((child) => isElement(child) && containsBlock(child))
  );
}

function hasText(nodes: readonly ElementContent[]): boolean {
  return nodes.some((node) =>
    node.type === "text" ? node.value.trim() !== "" : isElement(node) && hasText(node.children),
  );
}

function isContent(node: RootContent): node is ElementContent {
  return node.type === "element" || node.type === "text";
}

function isElement(node: ElementContent): node is Element {
  return node.type === "element";
}

function element(tagName: string, children: ElementContent[]): Element {
  return { type: "element", tagName, properties: {}, children };
}

function text(value: string): Text {
  return { type: "text", value };
}
