import { fromHtml } from "hast-util-from-html";
import { cleanLines } from "../../responses/clean-text.ts";
import type { PostResponse } from "../../responses/model.ts";
import { isBomb, sanitiseTree } from "../../responses/sanitise.ts";
import { paragraphsFromBreaks } from "../html/autop.ts";

const MAX_TEXT = 20_000;
const MAX_HTML = 40_000;
/** Markup that says more than where lines end. */
const MEANINGFUL = /<(?:a|abbr|b|blockquote|cite|code|del|em|i|li|ol|pre|q|s|strong|ul)\b/i;

/** Text of a response, with HTML if that adds anything; null if it is empty. */
export function responseContent(source: string, format: "html" | "text"): PostResponse["content"] | null {
  const raw = source.slice(0, MAX_HTML * 4);
  if (!/[<&]/.test(raw)) {
    const text = cleanLines(raw, MAX_TEXT);
    return text === "" ? null : { text };
  }
  if (isBomb(raw)) return textOnly(raw);
  const tree = fromHtml(raw, { fragment: true });
  if (format === "text") paragraphsFromBreaks(tree);
  const safe = sanitiseTree(tree);
  if (safe === null) return textOnly(raw);
  if (safe.text === "") return null;
  return MEANINGFUL.test(safe.html) ? { html: safe.html, text: safe.text } : { text: safe.text };
}

function textOnly(raw: string): PostResponse["content"] | null {
  const text = cleanLines(raw.replaceAll(/<br\s*\/?>|<\/p>/gi, "\n").replaceAll(/<[^<>]*>/g, ""), MAX_TEXT);
  return text === "" ? null : { text };
}
