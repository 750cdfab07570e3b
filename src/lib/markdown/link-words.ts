import type { Element, Nodes } from "hast";
import { textOf } from "./plain-text.ts";

/** The words of a link, for its corrected form. */
export function wordsOf(at: Nodes | number): string {
  if (typeof at === "number" || !("children" in at)) return "the text";
  const words = textOf(at).replaceAll(/\s+/g, " ").trim();
  return words === "" || words.length > 80 || /[[\]]/.test(words) ? "the text" : words;
}

/** Whether a link is an address that the parser made a link of: its words are the address itself. */
export function isBareAddress(link: Element): boolean {
  const words = textOf(link);
  return ["", "http://", "mailto:"].some((start) => start + words === link.properties["href"]);
}
