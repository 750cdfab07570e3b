import type { Element, Nodes } from "hast";
import { textOf } from "./plain-text.ts";

/** The text of a link, for use in a hint; a placeholder if it can't be used. */
export function linkTextOf(at: Nodes | number): string {
  if (typeof at === "number" || !("children" in at)) return "the text";
  const words = textOf(at).replaceAll(/\s+/g, " ").trim();
  return words === "" || words.length > 80 || /[[\]]/.test(words) ? "the text" : words;
}

/** Whether a link was created from a bare address: its text is the address itself. */
export function isBareAddress(link: Element): boolean {
  const words = textOf(link);
  return ["", "http://", "mailto:"].some((start) => start + words === link.properties["href"]);
}
