import { htmlToHast } from "satteri";
import { toHtml } from "hast-util-to-html";
import type { Element, ElementContent, Nodes, Properties } from "hast";
import { classesOf, h } from "./hast.ts";
import { textOf } from "./plain-text.ts";

export interface FeedHtmlOptions {
  /** Turns any address in the page's HTML (`/posts/x/`, `#part`) into an absolute one; absolute ones come back unchanged. */
  readonly absolute: (url: string) => string;
}

/**
 * Page HTML as feed readers keep it: plain elements with absolute addresses, no scripts, styles, classes or data;
 * films as poster and link, bars of surveys as their numbers, folded parts opened. Applying
 * it twice changes nothing.
 */
export function feedHtml(html: string, options: FeedHtmlOptions): string {
  const tree = htmlToHast(html, { fragment: true });
  const children = "children" in tree ? tree.children.flatMap((child) => keep(child, options)) : [];
  return toHtml({ type: "root", children }, { closeSelfClosing: true, upperDoctype: true }).replace(
    NOT_XML,
    "",
  );
}

/** What a reader reads, without markup; one line for each block. */
export function plainText(html: string): string {
  return textOf(htmlToHast(html, { fragment: true }));
}

const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const DROPPED = new Set(
  "script style template noscript button dialog link meta base object embed form select textarea".split(" "),
);
const DROPPED_CLASSES = new Set(["anchor"]);
const UNWRAPPED = new Set(["picture", "html", "body", "head", "center", "font"]);
const UNWRAPPED_CLASSES = new Set(["section-head", "table-region", "zoom", "video-screen", "video-play"]);

/** Attributes that mean something outside the page; all others are left out. */
const KEPT = new Set(
  (
    "href src alt title width height cite dateTime colSpan rowSpan headers scope lang dir start reversed value type " +
    "controls poster kind label srcLang abbr open"
  ).split(" "),
);
const ADDRESSES = ["href", "src", "cite", "poster"] as const;

function keep(node: Nodes, options: FeedHtmlOptions): ElementContent[] {
  if (node.type === "text") return [{ type: "text", value: node.value }];
  if (node.type !== "element" || isDropped(node)) return [];
  const children = (): ElementContent[] => node.children.flatMap((child) => keep(child, options));
  if (isUnwrapped(node)) return children();
  switch (node.tagName) {
    case "source":
      return node.properties["src"] === undefined ? [] : [kept(node, [], options)];
    case "input":
      return [{ type: "text", value: node.properties["checked"] === true ? "☑" : "☐" }];
    case "details":
      return children();
    case "summary":
      return [h("p", {}, h("strong", {}, children()))];
    case "span": {
      const span = kept(node, children(), options);
      return Object.keys(span.properties).length === 0 ? span.children : [span];
    }
    case "iframe":
      return framed(node, options);
  }
  return [kept(node, children(), options)];
}

function isDropped(node: Element): boolean {
  if (DROPPED.has(node.tagName) || String(node.properties["ariaHidden"] ?? "") === "true") return true;
  return classesOf(node).some((name) => DROPPED_CLASSES.has(name));
}

function isUnwrapped(node: Element): boolean {
  if (UNWRAPPED.has(node.tagName) || node.tagName.includes("-")) return true;
  return classesOf(node).some((name) => UNWRAPPED_CLASSES.has(name));
}

function kept(node: Element, children: ElementContent[], { absolute }: FeedHtmlOptions): Element {
  const properties: Properties = {};
  for (const [name, value] of Object.entries(node.properties)) {
    if (!KEPT.has(name) || value === null || value === undefined || value === false) continue;
    properties[name] = value;
  }
  for (const name of ADDRESSES) {
    const value = properties[name];
    if (typeof value === "string") properties[name] = absolute(value);
  }
  return { type: "element", tagName: node.tagName, properties, children };
}

function framed(node: Element, { absolute }: FeedHtmlOptions): ElementContent[] {
  const src = node.properties["src"];
  if (typeof src !== "string") return [];
  const title = node.properties["title"];
  return [h("p", {}, h("a", { href: absolute(src) }, typeof title === "string" ? title : absolute(src)))];
}
