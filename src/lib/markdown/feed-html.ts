import { htmlToHast } from "satteri";
import type { Element, ElementContent, Nodes, Properties, Root } from "hast";
import { h, hasClassIn } from "./hast.ts";
import { textOf } from "./plain-text.ts";
import { htmlWriter } from "./to-html.ts";

export interface FeedHtmlOptions {
  /** Makes any address in the page's HTML (`/posts/x/`, `#part`) absolute; returns absolute ones unchanged. */
  readonly absolute: (url: string) => string;
}

/**
 * Converts page HTML for feed readers: plain elements with absolute addresses, without scripts, styles, classes or data
 * attributes. Videos become a poster and a link, survey bars their numbers, and collapsed parts are expanded. Applying
 * it twice changes nothing.
 */
export function feedHtml(html: string, { absolute }: FeedHtmlOptions): string {
  return withAddresses(feedHtmlWithMarkedUrls(htmlToHast(html, { fragment: true })), absolute);
}

/** Placed before and after an address that still has to be made absolute. */
const MARK = "\u0001";

/** Converts a tree for feeds before the text's address is known; addresses are marked for `withAddresses`. */
export function feedHtmlWithMarkedUrls(tree: Nodes): string {
  return write({ type: "root", children: "children" in tree ? keepAll(tree.children, FEED) : [] });
}

/** Settings for output without the site's styles and scripts: feeds and books. */
interface Form {
  readonly attributes: ReadonlySet<string>;
  readonly address: (address: string) => string;
  /** Whether formulas stay MathML. */
  readonly hasMath: boolean;
}

/** A body's tree for a book: as for feeds, but with ids, roles and MathML, and with addresses unchanged. */
export function bookTree(html: string): Root {
  const tree: Nodes = htmlToHast(html, { fragment: true });
  return { type: "root", children: "children" in tree ? keepAll(tree.children, BOOK) : [] };
}

const write = htmlWriter({ closeSelfClosing: true, upperDoctype: true });

const MARKED = new RegExp(`${MARK}([^${MARK}]*)${MARK}`, "g");

/**
 * Makes the marked addresses absolute.
 * @param absolute see `FeedHtmlOptions`.
 */
export function withAddresses(placeless: string, absolute: (url: string) => string): string {
  return placeless.replace(MARKED, (_, marked: string) => escapeAddress(absolute(unescapeAddress(marked))));
}

function unescapeAddress(text: string): string {
  return text.replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
}

function escapeAddress(url: string): string {
  return url.replaceAll("&", "&#x26;").replaceAll('"', "&#x22;").replaceAll("<", "&#x3C;");
}

const DROPPED = new Set(
  "script style template noscript button dialog link meta base object embed form select textarea".split(" "),
);
const DROPPED_CLASSES = new Set(["anchor"]);
const LINE = new Set(["line"]);
const UNWRAPPED = new Set(["picture", "html", "body", "head", "center", "font"]);
const UNWRAPPED_CLASSES = new Set(["section-head", "table-region", "zoom", "video-screen", "video-play"]);

/** Attributes that are meaningful outside the page; all others are removed. */
const KEPT = new Set(
  (
    "href src alt title width height cite dateTime colSpan rowSpan headers scope lang dir start reversed value type " +
    "controls poster kind label srcLang abbr open"
  ).split(" "),
);
const ADDRESSES = ["href", "src", "cite", "poster"] as const;

const FEED: Form = { attributes: KEPT, address: marked, hasMath: false };
const BOOK: Form = {
  attributes: new Set([...KEPT, "id", "role"]),
  address: (address) => address,
  hasMath: true,
};

const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const NOT_XML_OR_CR = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/;

/** Normalizes line endings and removes characters that XML doesn't allow, including {@link MARK}. */
function xmlText(text: string): string {
  return NOT_XML_OR_CR.test(text) ? text.replaceAll(/\r\n?/g, "\n").replace(NOT_XML, "") : text;
}

function keepAll(nodes: readonly Nodes[], form: Form): ElementContent[] {
  const all: ElementContent[] = [];
  for (const node of nodes) keep(node, all, form);
  return all;
}

/** Appends the converted node to a list. */
function keep(node: Nodes, to: ElementContent[], form: Form): void {
  if (node.type === "text") to.push({ type: "text", value: xmlText(node.value) });
  if (node.type !== "element" || isDropped(node)) return;
  if (isUnwrapped(node) || node.tagName === "details") {
    for (const child of node.children) keep(child, to, form);
  } else to.push(...replaced(node, form));
}

function replaced(node: Element, form: Form): readonly ElementContent[] {
  switch (node.tagName) {
    case "source":
      return node.properties["src"] === undefined ? [] : [kept(node, [], form)];
    case "label":
      return [h("p", {}, h("strong", {}, keepAll(node.children, form)))];
    case "input":
      if (node.properties["type"] === "radio") return [];
      return [{ type: "text", value: node.properties["checked"] === true ? "☑" : "☐" }];
    case "summary":
      return [h("p", {}, h("strong", {}, keepAll(node.children, form)))];
    case "span": {
      const span = kept(node, keepAll(node.children, form), form);
      return Object.keys(span.properties).length === 0 ? span.children : [span];
    }
    case "iframe":
      return framed(node, form);
    // Feed readers without MathML support would show a formula's characters in a row.
    case "math":
      return form.hasMath ? [node] : [h("code", {}, textOf(node))];
    case "mark":
      return hasClassIn(node, LINE)
        ? keepAll(node.children, form)
        : [kept(node, keepAll(node.children, form), form)];
    default:
      return [kept(node, keepAll(node.children, form), form)];
  }
}

function isDropped(node: Element): boolean {
  if (DROPPED.has(node.tagName) || String(node.properties["ariaHidden"] ?? "") === "true") return true;
  return hasClassIn(node, DROPPED_CLASSES);
}

function isUnwrapped(node: Element): boolean {
  if (UNWRAPPED.has(node.tagName) || node.tagName.includes("-")) return true;
  return hasClassIn(node, UNWRAPPED_CLASSES);
}

function kept(node: Element, children: ElementContent[], form: Form): Element {
  const properties: Properties = {};
  for (const name in node.properties) {
    const value = node.properties[name];
    if (!form.attributes.has(name) || value === null || value === undefined || value === false) continue;
    properties[name] = typeof value === "string" ? xmlText(value) : value;
  }
  for (const name of ADDRESSES) {
    const value = properties[name];
    if (typeof value === "string") properties[name] = form.address(value);
  }
  return { type: "element", tagName: node.tagName, properties, children };
}

function marked(address: string): string {
  return MARK + address + MARK;
}

function framed(node: Element, form: Form): ElementContent[] {
  const src = node.properties["src"];
  if (typeof src !== "string") return [];
  const title = node.properties["title"];
  const address = form.address(xmlText(src));
  return [h("p", {}, h("a", { href: address }, typeof title === "string" ? xmlText(title) : address))];
}
