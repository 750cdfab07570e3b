import type { Element, Nodes, Root } from "hast";
import { hasClassIn } from "./hast.ts";
import { collapseWhitespace } from "./collapse-whitespace.ts";

const BLOCKS = new Set(
  (
    "address article aside blockquote br caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li main " +
    "ol p pre section summary table tbody tfoot thead tr ul"
  ).split(" "),
);
const CELLS = new Set(["td", "th"]);
const UNREAD = new Set([
  "script",
  "style",
  "template",
  "svg",
  "button",
  "dialog",
  "noscript",
  "iframe",
  "head",
]);
const UNREAD_CLASSES = new Set(["anchor", "engine-word", "note-back", "note-ref"]);

/**
 * The visible text of a tree: one line for each block, trimmed.
 * Omits text that isn't the author's: heading anchors, footnote numbers and back links, and text added by the engine
 * (class `engine-word`). Elements with `aria-hidden`, such as pull quotes, are also omitted.
 */
export function textOf(tree: Nodes): string {
  const lines: string[] = [""];
  collect(tree, lines);
  return lines
    .map(collapseWhitespace)
    .filter((line) => line !== "")
    .join("\n");
}

function collect(node: Nodes, lines: string[]): void {
  if (node.type === "text") {
    lines.push((lines.pop() ?? "") + node.value);
    return;
  }
  if (!("children" in node)) return;
  if (node.type === "element" && isUnread(node)) return;
  if (node.type === "element" && node.tagName === "math") {
    lines.push((lines.pop() ?? "") + texOf(node));
    return;
  }
  const isBlock = node.type === "element" && BLOCKS.has(node.tagName);
  if (isBlock) lines.push("");
  for (const child of node.children) collect(child, lines);
  if (isBlock) lines.push("");
  else if (node.type === "element" && CELLS.has(node.tagName)) lines.push(`${lines.pop() ?? ""} `);
}

function isUnread(element: Element): boolean {
  if (UNREAD.has(element.tagName)) return true;
  if (String(element.properties["ariaHidden"] ?? "") === "true") return true;
  return hasClassIn(element, UNREAD_CLASSES);
}

/**
 * The beginning of the text, at most `most` characters; if shortened, it is cut between words and ends with `…`.
 * Uses only top-level paragraphs, or the whole text if there are none.
 */
export function excerptOf(body: Root, most = 200): string {
  const paragraphs: string[] = [];
  let length = 0;
  for (const child of body.children) {
    if (length > most) break;
    if (child.type !== "element" || child.tagName !== "p") continue;
    const text = textOf(child).replaceAll("\n", " ");
    paragraphs.push(text);
    length += text.length + 1;
  }
  const text = length > 0 ? paragraphs.join(" ") : textOf(body).replaceAll("\n", " ");
  return shorten(text.trim(), most);
}

function shorten(text: string, most: number): string {
  // A code point takes one or two UTF-16 units, so splitting the beginning of a long text is enough.
  const characters = [...text.slice(0, 2 * most + 2)];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most).join("");
  const space = cut.search(/\s\S*$/u);
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–—-]+$/u, "")}…`;
}

/** The TeX source of a formula, which can be searched for. */
function texOf(math: Element): string {
  for (const child of math.children) {
    if (child.type !== "element") continue;
    if (child.tagName !== "annotation") {
      const tex = texOf(child);
      if (tex !== "") return tex;
    } else return child.children.map((text) => (text.type === "text" ? text.value : "")).join("");
  }
  return "";
}
