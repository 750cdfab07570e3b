import type { IndexText } from "./types.ts";

/** Selectors of elements that are never indexed, in addition to the excluded classes. */
const EXCLUDED = ["video", "audio", "button", "[hidden]", "[aria-hidden=true]"];

/**
 * Metadata fields that Pagefind indexes, sorted; the index refers to a field by its position in this list. By default,
 * Pagefind sets `image` from the first picture and its alternative text; to give every page the same fields, `image` is
 * set explicitly, without a word in it.
 */
export const META_FIELDS = ["image", "keywords", "title"] as const;

/** End tags that Pagefind doesn't treat as the end of a word. */
const WORD_ENDS = /<\/(?:blockquote|caption|dd|dt|figcaption|figure|pre|summary|table|th|tr)>/g;

/** Pagefind's `excludeSelectors`. */
export function excludedSelectors(excludeClasses: readonly string[]): string[] {
  return [...EXCLUDED, ...excludeClasses.map((name) => `.${name}`)];
}

/**
 * An HTML page with only the text. HTML, unlike a custom record, keeps the headings, which have more weight and are
 * linked from results. The title isn't part of the indexed body because a result shows it anyway; so an excerpt begins
 * with the text.
 * @param more elements with further metadata and filters.
 */
export function pageHtml({ language, title, keywords, html }: IndexText, more = ""): string {
  const found = keywords === "" ? metaElement("keywords", "-") : metaElement("keywords", keywords);
  return (
    `<!doctype html><html lang="${escapeHtml(language)}"><body><main data-pagefind-body>` +
    `<h1 data-pagefind-meta="title" data-pagefind-ignore>${escapeHtml(title)}</h1>${found}${more}` +
    `<i data-pagefind-meta="image:-"></i>${html.replaceAll(WORD_ENDS, "$& ")}</main></body></html>`
  );
}

/** An element that adds metadata to a page without adding to its text. */
export function metaElement(name: string, value: string): string {
  return `<i data-pagefind-meta="${escapeHtml(name)}" data-pagefind-ignore>${escapeHtml(value)}</i>`;
}

/** An element that adds a filter value to a page. */
export function filterElement(name: string, value: string): string {
  return `<i data-pagefind-filter="${escapeHtml(name)}" data-pagefind-ignore>${escapeHtml(value)}</i>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
