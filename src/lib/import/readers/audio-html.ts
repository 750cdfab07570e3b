import { escapeHtml } from "../../escape.ts";

/** The file of a podcast, which stands before its text. */
export function audioHtml(address: string): string {
  return `<audio src="${escapeHtml(address)}"></audio>`;
}
