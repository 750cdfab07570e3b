/**
 * Converts footnotes of other platforms to Markdown's: a reference, and the note at the end of the text. Supports
 * Substack's (`.footnote`) and the lists that Markdown converters generate (`.footnotes li`).
 */
import type { Element, ElementContent, Root } from "hast";
import { element, isElement, property } from "./elements.ts";
import { findElements, hasClass, replaceElements } from "./tree.ts";

/** Names of placeholder elements for footnotes until Markdown is written. */
export const NOTE_REFERENCE = "footnote-reference";
export const NOTE_DEFINITION = "footnote-definition";

/** Changes the tree; links to missing notes stay links. */
export function markFootnotes(root: Root): void {
  const places = notesIn(root);
  if (places.size === 0) return;
  const names = new Map<string, string>();
  for (const link of findElements(root, (node) => node.tagName === "a")) {
    const target = targetOf(link);
    const isFirst = places.has(target) && !names.has(target) && !isBackLink(link);
    if (isFirst) names.set(target, String(names.size + 1));
  }
  // A note without a link to it stays part of the text.
  const notes = [...places].filter(([id]) => names.has(id));
  const used = new Set(notes.map(([, place]) => place));
  const definitions = notes.map(([id, place]) => definitionOf(place, names.get(id) ?? ""));
  replaceElements(root, (node) => {
    if (used.has(node)) return [];
    const inner = node.tagName === "sup" ? onlyLink(node) : node;
    const name = inner !== null && inner.tagName === "a" ? names.get(targetOf(inner)) : undefined;
    return name === undefined || inner === null || isBackLink(inner)
      ? null
      : [element(NOTE_REFERENCE, { name })];
  });
  removeEmptyLists(root);
  root.children.push(...definitions);
}

/** Elements that contain notes, by id. */
function notesIn(root: Root): ReadonlyMap<string, Element> {
  const places = new Map<string, Element>();
  for (const note of findElements(root, (node) => hasClass(node, "footnote") && node.tagName === "div")) {
    const marked = findElements(note, (node) => property(node, "id") !== "")[0];
    const id = property(note, "id") || (marked === undefined ? "" : property(marked, "id"));
    if (id !== "") places.set(id, note);
  }
  const lists = findElements(
    root,
    (node) => hasClass(node, "footnotes") || "dataFootnotes" in node.properties,
  );
  for (const list of lists)
    for (const item of findElements(list, (node) => node.tagName === "li" && property(node, "id") !== ""))
      places.set(property(item, "id"), item);
  return places;
}

function definitionOf(note: Element, name: string): Element {
  const content = findElements(note, (node) => hasClass(node, "footnote-content"))[0] ?? note;
  replaceElements(content, (node) => (isBackLink(node) || hasClass(node, "footnote-number") ? [] : null));
  return element(NOTE_DEFINITION, { name }, content.children);
}

/** Whether a link leads from a note back to its reference. */
function isBackLink(node: Element): boolean {
  if (node.tagName !== "a") return false;
  return (
    hasClass(node, "footnote-number") ||
    hasClass(node, "footnote-backref") ||
    hasClass(node, "data-footnote-backref") ||
    "dataFootnoteBackref" in node.properties ||
    (/^#(?:fnref|footnote-anchor)/.test(property(node, "href")) && !hasClass(node, "footnote-anchor"))
  );
}

function targetOf(link: Element): string {
  const href = property(link, "href");
  return href.startsWith("#") ? href.slice(1) : "";
}

function onlyLink(node: Element): Element | null {
  const links = node.children.filter((child) => isElement(child, "a"));
  return links.length === 1 && node.children.every((child) => isElement(child, "a") || isSpace(child))
    ? (links[0] ?? null)
    : null;
}

function isSpace(node: ElementContent): boolean {
  return node.type === "text" && node.value.trim() === "";
}

/** Removes the containers of notes that were moved. */
function removeEmptyLists(root: Root): void {
  replaceElements(root, (node) => {
    const isList = hasClass(node, "footnotes") || "dataFootnotes" in node.properties;
    return isList && findElements(node, (inner) => inner.tagName === "li").length === 0 ? [] : null;
  });
}
