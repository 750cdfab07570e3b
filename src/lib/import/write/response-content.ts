import type { Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { cleanLines } from "../../responses/clean-text.ts";
import type { PostResponse } from "../../responses/model.ts";
import { isTooLarge, sanitizeTree } from "../../responses/sanitize.ts";
import { paragraphsFromBreaks } from "../html/autop.ts";
import { element, property, text } from "../html/elements.ts";
import { isPortrait } from "../html/pictures.ts";
import { replaceElements } from "../html/tree.ts";

const MAX_TEXT = 20_000;
const MAX_HTML = 40_000;
/** Markup with more meaning than line breaks. */
const MEANINGFUL = /<(?:a|abbr|b|blockquote|cite|code|del|em|i|li|ol|pre|q|s|strong|ul)\b/i;

/** Text of a response, with HTML if it has meaningful markup; null if the text is empty. */
export function responseContent(source: string, format: "html" | "text"): PostResponse["content"] | null {
  const raw = source.slice(0, MAX_HTML * 4);
  if (!/[<&]/.test(raw)) {
    const text = cleanLines(raw, MAX_TEXT);
    return text === "" ? null : { text };
  }
  if (isTooLarge(raw)) return textOnly(raw);
  const tree = fromHtml(raw, { fragment: true });
  if (format === "text") paragraphsFromBreaks(tree);
  picturesAsLinks(tree);
  const safe = sanitizeTree(tree);
  if (safe === null) return textOnly(raw);
  if (safe.text === "") return null;
  return MEANINGFUL.test(safe.html) ? { html: safe.html, text: safe.text } : { text: safe.text };
}

/** Replaces pictures with links or their alt text; removes Gravatar portraits, whose address is made of an email. */
function picturesAsLinks(tree: Root): void {
  replaceElements(tree, (node) => {
    if (node.tagName === "a")
      replaceElements(node, (inner) => (inner.tagName === "img" ? [text(property(inner, "alt"))] : null));
    if (node.tagName !== "img") return null;
    const address = property(node, "src");
    const words = property(node, "alt").trim();
    if (isPortrait(address)) return [];
    const isSign = /\b(?:emoji|smiley|smilie)/i.test(`${property(node, "className")} ${address}`);
    if (isSign || !/^https?:\/\//.test(address)) return [text(words)];
    return [element("a", { href: address }, [text(words === "" ? address : words)])];
  });
}

function textOnly(raw: string): PostResponse["content"] | null {
  const text = cleanLines(raw.replaceAll(/<br\s*\/?>|<\/p>/gi, "\n").replaceAll(/<[^<>]*>/g, ""), MAX_TEXT);
  return text === "" ? null : { text };
}
