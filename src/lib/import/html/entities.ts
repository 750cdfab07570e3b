import { fromHtml } from "hast-util-from-html";
import { bareText } from "./bare-text.ts";

/** Decodes character references and removes tags in titles, names and categories. */
export function decodeEntities(text: string): string {
  if (!/[&<]/.test(text)) return text;
  // A title such as "a < b" isn't markup.
  return bareText(fromHtml(text, { fragment: true }))
    .replaceAll(/\s+/g, " ")
    .trim();
}
