/**
 * Reduces untrusted HTML to the few elements that comments need. The result is well nested, and sanitizing it again
 * doesn't change it. Used before a response is stored and again before it's displayed.
 */
import type { Element, ElementContent, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize, type Schema } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { isWithinBounds } from "../bounded-html.ts";
import { htmlWriter } from "../markdown/to-html.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import { cleanLines } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { BLOCKS, element, flow, text } from "./tidy-html.ts";

/** Longer HTML isn't parsed; the plain text is used instead. */
const MAX_HTML = 40_000;
const MAX_TEXT = 20_000;
/** Larger than any comment by a person. Depth is limited because the functions that walk the tree are recursive. */
const BOUNDS = { elements: 8000, attributes: 16_000, depth: 150 };
const FEW_TAGS = 100;

const INLINE = ["a", "abbr", "b", "cite", "code", "del", "em", "i", "q", "s", "strong"];
/** Block elements that aren't kept, but separate paragraphs. */
const SEPARATORS =
  /^(?:address|article|aside|center|dd|details|dir|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|main|menu|nav|section|summary|table|tbody|td|tfoot|th|thead|tr)$/;

const SCHEMA: Schema = {
  tagNames: [...INLINE, ...BLOCKS, "br"],
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
  /** HTML with allow-listed elements; its top level has only block elements. */
  readonly html: string;
  /** Text of the HTML, with paragraphs separated by an empty line. */
  readonly text: string;
}

/**
 * Keeps only `a[href]` (http and https, with `rel="nofollow ugc noopener"`) and `abbr b blockquote br cite code del em
 * i li ol p pre q s strong ul`. Sanitizing the result again doesn't change it.
 *
 * @returns null for HTML that is too long or nested too deep for a comment; use the plain text instead.
 */
export function sanitizeHtml(html: string): SafeContent | null {
  return html.length > MAX_HTML ? null : untilStable(tidied(html));
}

/** Same as `sanitizeHtml`, for HTML already parsed within the limits of a comment. Modifies the tree. */
export function sanitizeTree(parsed: Root): SafeContent | null {
  return untilStable(tidiedTree(parsed));
}

/** Whether HTML is too long, too large or nested too deep for a comment by a person. */
export function isTooLarge(html: string): boolean {
  return html.length > MAX_HTML || (isSuspect(html) && !isWithinBounds(html, BOUNDS));
}

function untilStable(first: Root | null): SafeContent | null {
  let tree = first;
  // Markup that parses differently once serialized (misnested tables, stray end tags) is stable after a second round.
  for (let round = 0; tree !== null && round < 4; round++) {
    const written = toHtml(tree);
    const again = tidied(written);
    if (again !== null && toHtml(again) === written) return { html: written, text: textOf(tree) };
    tree = again;
  }
  return null;
}

/** Returns the sanitized HTML of a response's content: from its stored HTML, else from its text. */
export function safeResponseHtml(content: PostResponse["content"]): string {
  return content === undefined ? "" : safeHtmlOf(content);
}

/** Memoized, because the conversation's page and feed use the same HTML. */
const safeHtmlOf = memoizeWeak((content: NonNullable<PostResponse["content"]>): string => {
  const safe = content.html === undefined ? null : sanitizeHtml(content.html);
  return safe?.html ?? htmlOfText(content.text);
});

/** Converts plain text to HTML: empty lines separate paragraphs, single line breaks are kept. */
export function htmlOfText(raw: string): string {
  const paragraphs = cleanLines(raw, MAX_TEXT).split("\n\n");
  const children = paragraphs
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => element("p", withBreaks(paragraph)));
  return writeText({ type: "root", children });
}

const writeText = htmlWriter({});

function withBreaks(paragraph: string): ElementContent[] {
  return paragraph
    .split("\n")
    .flatMap((line, index): ElementContent[] =>
      index === 0 ? [text(line)] : [element("br", []), text(line)],
    );
}

/** @returns null for an HTML bomb. */
function tidied(html: string): Root | null {
  if (isSuspect(html) && !isWithinBounds(html, BOUNDS)) return null;
  return tidiedTree(fromHtml(html, { fragment: true }));
}

function tidiedTree(parsed: Root): Root {
  separate(parsed);
  const safe = sanitize(parsed, SCHEMA);
  const nodes = safe.type === "root" ? safe.children : safe.type === "doctype" ? [] : [safe];
  return { type: "root", children: flow(nodes.filter(isContent), 0) };
}

/** HTML with few tags is harmless: at worst, each tag reopens all the others. */
function isSuspect(html: string): boolean {
  return html.split("<", FEW_TAGS + 1).length > FEW_TAGS;
}

/** Converts blocks not on the allow-list to paragraphs, so that `<div>one</div><div>two</div>` isn't "onetwo". */
function separate(parent: Root | Element): void {
  for (const child of parent.children) {
    if (child.type !== "element") continue;
    if (SEPARATORS.test(child.tagName)) child.tagName = "p";
    separate(child);
  }
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
    if (node.type === "element" && BLOCKS.includes(node.tagName))
      parts.push(node.tagName === "li" ? "\n" : "\n\n");
  };
  walk(root);
  return cleanLines(parts.join(""), MAX_TEXT);
}

function isContent(node: RootContent): node is ElementContent {
  return node.type === "element" || node.type === "text";
}
