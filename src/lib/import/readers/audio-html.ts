import { escapeHtml } from "../../escape.ts";

/** A podcast's audio file as HTML, which precedes the text. */
export function audioHtml(address: string): string {
  return `<audio src="${escapeHtml(address)}"></audio>`;
}
