/** Converts cards of Ghost's editor to plain elements, without players, icons and parts shown only in emails. */
import type { Element, ElementContent, Root } from "hast";
import { bareText } from "../html/bare-text.ts";
import { element, property, text } from "../html/elements.ts";
import { findElement, hasClass, replaceElements } from "../html/tree.ts";
import { changedHtml } from "./change-html.ts";

const MAIL = ["kg-email-card", "kg-email-cta-card", "kg-signup-card", "kg-cta-card"];

/** @returns the HTML, and the number of email and sign-up cards that were removed. */
export function plainCards(html: string): { readonly html: string; readonly removed: number } {
  let removed = 0;
  const changed = changedHtml(html, (root: Root) => {
    replaceElements(root, (node) => {
      if (MAIL.some((name) => hasClass(node, name))) {
        removed += 1;
        return [];
      }
      return cardOf(node);
    });
  });
  return { html: changed, removed };
}

function cardOf(node: Element): ElementContent[] | null {
  const is = (name: string): boolean => hasClass(node, name);
  if (is("kg-bookmark-card")) return bookmark(node);
  if (is("kg-toggle-card")) return toggle(node);
  if (is("kg-callout-card")) return [element("blockquote", {}, node.children)];
  if (is("kg-audio-card")) return media(node, "audio", "kg-audio-title");
  if (is("kg-video-card")) return media(node, "video", "kg-card-caption");
  if (is("kg-file-card")) return file(node);
  return null;
}

function wordsIn(node: Element, name: string): string {
  const found = findElement(node, (inner) => hasClass(inner, name) || inner.tagName === name);
  return found === null ? "" : bareText(found).replaceAll(/\s+/g, " ").trim();
}

function addressIn(node: Element): string {
  const link = findElement(node, ({ tagName }) => tagName === "a");
  return link === null ? "" : property(link, "href");
}

function bookmark(node: Element): ElementContent[] {
  const href = addressIn(node);
  const about = wordsIn(node, "kg-bookmark-description");
  const caption = wordsIn(node, "figcaption");
  const words = [about, caption].filter((part) => part !== "").join(" ");
  const link = element("a", { href }, [text(wordsIn(node, "kg-bookmark-title") || href)]);
  return [element("p", {}, words === "" ? [link] : [link, text(`: ${words}`)])];
}

function toggle(node: Element): ElementContent[] {
  const heading = wordsIn(node, "kg-toggle-heading-text");
  const content = findElement(node, (inner) => hasClass(inner, "kg-toggle-content"));
  return [element("details", {}, [element("summary", {}, [text(heading)]), ...(content?.children ?? [])])];
}

function media(node: Element, tagName: "audio" | "video", titleClass: string): ElementContent[] {
  const player = findElement(node, (inner) => inner.tagName === tagName);
  const src = player === null ? "" : property(player, "src");
  const title = wordsIn(node, titleClass) || wordsIn(node, "figcaption");
  const words = title === "" ? [] : [element("p", {}, [element("em", {}, [text(title)])])];
  return [element(tagName, { src }), ...words];
}

function file(node: Element): ElementContent[] {
  const href = addressIn(node);
  const title = wordsIn(node, "kg-file-card-title") || wordsIn(node, "kg-file-card-filename") || href;
  const caption = wordsIn(node, "kg-file-card-caption");
  const link = element("a", { href }, [text(title)]);
  return [element("p", {}, caption === "" ? [link] : [link, text(`: ${caption}`)])];
}
