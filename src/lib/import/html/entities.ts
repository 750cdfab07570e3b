import { fromHtml } from "hast-util-from-html";
import { bareText } from "./bare-text.ts";

/** Plain text from text with character references and perhaps tags: titles, names, categories. */
export function decodeEntities(text: string): string {
  if (!/[&<]/.test(text)) return text;
  // A title such as "a < b" is no markup.
  return bareText(fromHtml(text, { fragment: true }))
    .replaceAll(/\s+/g, " ")
    .trim();
}
