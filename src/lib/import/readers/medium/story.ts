/** One page of a Medium export: a story, a draft or a response. */
import type { Element, ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { bareText } from "../../html/bare-text.ts";
import { element, isElement, property, text } from "../../html/elements.ts";
import { findElement, findElements, hasClass, replaceElements } from "../../html/tree.ts";
import { treeOf } from "../change-html.ts";

export interface Story {
  readonly title: string;
  readonly subtitle: string;
  readonly html: string;
  readonly published: string | null;
  readonly tags: readonly string[];
  readonly author: { readonly name: string; readonly url: string | null } | null;
  readonly canonical: string | null;
  /** Medium's short addresses, such as `https://medium.com/p/abc`. */
  readonly shortAddresses: readonly string[];
  /** Whether it looks like a response to another author's story, which Medium doesn't mark. */
  readonly isResponse: boolean;
}

export function isStory(head: string): boolean {
  return (
    /<article[^<>]*\sclass="h-entry"/.test(head) &&
    /<section[^<>]*\sdata-field="(?:body|subtitle)"/.test(head)
  );
}

/** Null for HTML that isn't safe to parse. */
export function readStory(page: string): Story | null {
  const root = treeOf(page);
  if (root === null) return null;
  const find = (name: string): Element | null => findElement(root, (node) => hasClass(node, name));
  const title = wordsOf(find("p-name"));
  const subtitle = wordsOf(find("p-summary"));
  const body = findElement(root, (node) => hasClass(node, "e-content"));
  const author = find("p-author");
  const canonical = find("p-canonical");
  const time = find("dt-published");
  const footer = findElement(root, ({ tagName }) => tagName === "footer");
  const short = footer === null ? [] : findElements(footer, isShortAddress);
  const isResponse = body !== null && looksLikeResponse(body, title);
  const whole = body === null ? null : findElement(body, (node) => hasClass(node, "graf--subtitle"));
  const said = whole !== null && sameWords(wordsOf(whole), subtitle) ? wordsOf(whole) : subtitle;
  if (body !== null) clean(body, title, subtitle);
  return {
    title,
    subtitle: said,
    html: body === null ? "" : toHtml({ type: "root", children: body.children }),
    published: time === null ? null : property(time, "dateTime"),
    tags: findElements(root, (node) => hasClass(node, "p-tag")).map(wordsOf),
    author: author === null ? null : { name: wordsOf(author), url: property(author, "href") || null },
    canonical: canonical === null ? null : property(canonical, "href") || null,
    shortAddresses: [...new Set(short.map((node) => property(node, "href")))],
    isResponse,
  };
}

/** Reads name and address from `profile/profile.html`. */
export function readProfile(page: string): { readonly name: string; readonly url: string | null } | null {
  const root = treeOf(page);
  if (root === null) return null;
  const name = findElement(root, (node) => hasClass(node, "p-name"));
  const url = findElement(root, (node) => hasClass(node, "u-url"));
  return name === null
    ? null
    : { name: wordsOf(name), url: url === null ? null : property(url, "href") || null };
}

function wordsOf(node: Element | null): string {
  return node === null ? "" : bareText(node).replaceAll(/\s+/g, " ").trim();
}

function isShortAddress(node: Element): boolean {
  return /^https:\/\/medium\.com\/p\/\w+$/.test(property(node, "href"));
}

/** A response has no heading, and its title is the start of its text. */
function looksLikeResponse(body: Element, title: string): boolean {
  const first = findElement(body, (node) => hasClass(node, "graf"));
  if (first === null || hasClass(first, "graf--title") || /^h[1-6]$/.test(first.tagName)) return false;
  const start = title.replace(/…$|\.{3}$/, "").trim();
  return start !== "" && wordsOf(first).startsWith(start) && hasClass(first, "graf--leading");
}

/** Removes the title and subtitle, which the front matter has, and converts link cards and code to plain elements. */
function clean(body: Element, title: string, subtitle: string): void {
  const first = findElement(body, (node) => hasClass(node, "graf"));
  let dividers = 0;
  replaceElements(body, (node) => {
    // Each section starts with a divider; the first one is at the top of the page.
    if (hasClass(node, "section-divider") && node.tagName === "div") return dividers++ === 0 ? [] : null;
    const isHeading = /^h[1-6]$/.test(node.tagName);
    const isTitle = hasClass(node, "graf--title") || node === first;
    if (isHeading && isTitle && wordsOf(node) === title) return [];
    if (isHeading && hasClass(node, "graf--subtitle") && sameWords(wordsOf(node), subtitle)) return [];
    if (hasClass(node, "graf--mixtapeEmbed")) return [linkCard(node)];
    if (node.tagName === "pre") return [code(node)];
    return null;
  });
}

/** Whether a heading is the subtitle, which Medium truncates in the page header. */
function sameWords(heading: string, subtitle: string): boolean {
  const start = subtitle.replace(/…$/, "").trim();
  return start !== "" && (heading === start || (subtitle.endsWith("…") && heading.startsWith(start)));
}

function linkCard(node: Element): ElementContent {
  const link = findElement(node, ({ tagName }) => tagName === "a");
  const title = findElement(node, ({ tagName }) => tagName === "strong");
  const href = link === null ? "" : property(link, "href");
  const about = findElement(node, ({ tagName }) => tagName === "em");
  const words = title === null ? wordsOf(node) || href : wordsOf(title);
  const after = about === null ? [] : [text(": "), text(wordsOf(about))];
  return element("p", {}, [element("a", { href }, [text(words)]), ...after]);
}

function code(node: Element): Element {
  const language = property(node, "dataCodeBlockLang");
  const className = language === "" ? [] : [`language-${language}`];
  const inner = node.children.find((child) => isElement(child, "code"));
  const children = isElement(inner, "code") ? inner.children : node.children;
  return element("pre", {}, [element("code", { className }, children)]);
}
