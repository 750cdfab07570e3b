import { htmlToHast } from "satteri";
import { toHtml } from "hast-util-to-html";
import { toText } from "./plain-text.ts";

/** Page HTML as feed readers keep it: plain elements, absolute addresses. */
export function feedHtml(html: string, _options: { absolute(url: string): string }): string {
  return toHtml(htmlToHast(html, { fragment: true }));
}

/** What a reader reads, without markup; one line for each block. */
export function plainText(html: string): string {
  return toText(htmlToHast(html, { fragment: true }));
}
