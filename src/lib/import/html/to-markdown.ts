/** Converts bodies of exports to Markdown through syntax trees. Markup without a Markdown equivalent stays HTML. */
import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { defaultHandlers, toMdast } from "hast-util-to-mdast";
import type { Handle, State } from "hast-util-to-mdast";
import { toHtml } from "hast-util-to-html";
import type { Html, Nodes as MdastNodes, PhrasingContent, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Options } from "mdast-util-to-markdown";
import { isWithinBounds } from "../../bounded-html.ts";
import { paragraphsFromBreaks, paragraphsOutsideBlocks } from "./autop.ts";
import type { BodyContext } from "./body-context.ts";
import { withBareLinks } from "./bare-links.ts";
import { asBlocks, cleanBody } from "./clean.ts";
import { FORMULA } from "./formula.ts";
import { markFootnotes, NOTE_DEFINITION, NOTE_REFERENCE } from "./footnotes.ts";
import { holdsBlock, INLINE_HTML, isElement, property } from "./elements.ts";

const BOUNDS = { elements: 400_000, attributes: 800_000, depth: 400 };

/** Thrown for HTML that isn't safe to parse: it nests too deep or has too many elements. */
export class UnreadableBodyError extends Error {
  override readonly name = "UnreadableBodyError";
}

/**
 * Converts a body to Markdown for a `.md` file.
 * @param breaks whether line breaks form paragraphs.
 * @throws UnreadableBodyError for HTML that nests too deep or has too many elements.
 */
export function bodyToMarkdown(
  html: string,
  breaks: boolean,
  context: Omit<BodyContext, "hasTopHeading">,
): string {
  const root = parsedBody(html);
  markFootnotes(root);
  if (breaks) paragraphsFromBreaks(root);
  else if (html.includes("<!-- wp:")) paragraphsOutsideBlocks(root);
  const hasTopHeading = holdsTopHeading(root);
  const children = withBareLinks(
    withoutDeepHtml(asBlocks(cleanBody(root, { ...context, hasTopHeading }))),
    context.link,
  );
  const tree = toMdast(
    { type: "root", children },
    { handlers: HANDLERS, nodeHandlers: { comment: () => undefined } },
  );
  return writeMarkdown(tree);
}

/** @throws UnreadableBodyError for HTML that nests too deep or has too many elements. */
export function parsedBody(html: string): Root {
  if (html.split("<", 200).length === 200 && !isWithinBounds(html, BOUNDS))
    throw new UnreadableBodyError("The HTML nests too deep, or has too many elements");
  return fromHtml(html, { fragment: true });
}

function writeMarkdown(tree: MdastNodes): string {
  return toMarkdown(tree, OPTIONS).replace(/\n+$/, "\n").replace(/^\n+/, "");
}

/** Characters that have a meaning in the Markdown dialects of `.md` files and must be escaped. */
const DIALECTS: NonNullable<Options["unsafe"]> = [
  { character: "=", after: "=", inConstruct: "phrasing" },
  { character: "%", after: "%", inConstruct: "phrasing" },
  { character: "$", inConstruct: "phrasing" },
  { character: "^", inConstruct: "phrasing" },
  { character: "~", inConstruct: "phrasing" },
  { character: "{", inConstruct: "phrasing" },
  { character: ":", after: "[a-z0-9_+-]+:", inConstruct: "phrasing" },
  { atBreak: true, character: ":" },
];

const OPTIONS: Options = {
  bullet: "-",
  emphasis: "_",
  fences: true,
  listItemIndent: "one",
  rule: "-",
  unsafe: DIALECTS,
  extensions: [gfmToMarkdown()],
};

function holdsTopHeading(node: Root | Element): boolean {
  return node.children.some(
    (child) => child.type === "element" && (child.tagName === "h1" || holdsTopHeading(child)),
  );
}

/** Flattens HTML below 60 levels, since the converter and the writer are recursive. */
function withoutDeepHtml(nodes: readonly ElementContent[], depth = 0): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const children = withoutDeepHtml(node.children, depth + 1);
    return depth > 60 && !VOID.has(node.tagName) ? children : [{ ...node, children }];
  });
}

const VOID = new Set(["img", "br", "hr", "wbr"]);

/** An inline element as tags around Markdown. */
const inlineHtml: Handle = (state: State, node: Element) => {
  const [start = "", end = ""] = tagsOf(node);
  return [htmlNode(start), ...phrasingIn(state, node), htmlNode(end)] as PhrasingContent[];
};

/** A block element as HTML, without empty lines, since an empty line ends an HTML block. */
const blockHtml: Handle = (_state: State, node: Element) => htmlNode(blockText(node));

const table: Handle = (state: State, node: Element, parent) =>
  isPlainTable(node) ? defaultHandlers.table(state, node) : blockHtml(state, node, parent);

/** A mark for a link target. */
const span: Handle = (state: State, node: Element) =>
  property(node, "id") === "" ? state.all(node) : [htmlNode(`<span id="${property(node, "id")}"></span>`)];

const code: Handle = (_state: State, node: Element) => {
  const value = textIn(node);
  return { type: "inlineCode", value: value.replaceAll(/\s*\n\s*/g, " ") };
};

const HANDLERS: Record<string, Handle> = {
  ...Object.fromEntries([...INLINE_HTML].map((name) => [name, inlineHtml])),
  dl: blockHtml,
  details: blockHtml,
  code,
  table,
  span,
  s: (state, node) => ({ type: "delete", children: phrasingIn(state, node) }),
  wbr: () => htmlNode("<wbr>"),
  // GitHub's syntax, so that no character of the formula is escaped.
  [FORMULA]: (_state, node) => htmlNode(`$\`${textIn(node).trim()}\`$`),
  [NOTE_REFERENCE]: (_state, node) => ({
    type: "footnoteReference",
    identifier: property(node, "name"),
    label: property(node, "name"),
  }),
  [NOTE_DEFINITION]: (state, node) => ({
    type: "footnoteDefinition",
    identifier: property(node, "name"),
    label: property(node, "name"),
    children: state.toFlow(state.all(node)).filter((child) => child.type !== "footnoteDefinition"),
  }),
};

function phrasingIn(state: State, node: Element): PhrasingContent[] {
  return state.all(node).filter((child): child is PhrasingContent => !BLOCK_NODES.has(child.type));
}

const BLOCK_NODES = new Set<RootContent["type"]>([
  "paragraph",
  "heading",
  "list",
  "listItem",
  "table",
  "blockquote",
  "code",
]);

function htmlNode(value: string): Html {
  return { type: "html", value };
}

function tagsOf(node: Element): string[] {
  const empty = toHtml({ ...node, children: [] });
  const end = `</${node.tagName}>`;
  return [empty.slice(0, -end.length), end];
}

function blockText(node: Element): string {
  return toHtml(node)
    .replaceAll(TAG_OR_TEXT, (part) =>
      part.startsWith("<") ? part : part.replaceAll(DIALECT_SIGNS, asReferences),
    )
    .replaceAll(/\n(?=\s*\n)/g, "&#10;");
}

const TAG_OR_TEXT = /<(?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+/g;
const DIALECT_SIGNS = /[$^~{}[\]`]|==|%%|::/g;

function asReferences(signs: string): string {
  return [...signs].map((sign) => `&#${sign.codePointAt(0) ?? 0};`).join("");
}

/** Whether a table has only inline content and no caption or spans. */
function isPlainTable(node: Element): boolean {
  return node.children.every((child) => {
    if (!isElement(child)) return true;
    if (child.tagName === "caption" || property(child, "colSpan") !== "" || property(child, "rowSpan") !== "")
      return false;
    if (child.tagName === "td" || child.tagName === "th")
      return !child.children.some((inner) => holdsBlock(inner));
    return isPlainTable(child);
  });
}

function textIn(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return isElement(node) ? (node.tagName === "br" ? "\n" : node.children.map(textIn).join("")) : "";
}
