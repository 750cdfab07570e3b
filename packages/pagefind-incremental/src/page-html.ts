import type { IndexText } from "./types.ts";

/** Elements that are never read, beside those of the excluded classes. */
const EXCLUDED = ["video", "audio", "button", "[hidden]", "[aria-hidden=true]"];

/**
 * The metadata of a page that Pagefind indexes, sorted; the index names a field by its place in this list. Pagefind
 * would take the first picture and its alternative text for `image`; so that every page has the same fields, `image` is
 * given, without a word in it.
 */
export const META_FIELDS = ["image", "keywords", "title"] as const;

/** Ends of elements after which Pagefind doesn't see that a word ends. */
const WORD_ENDS = /<\/(?:blockquote|caption|dd|dt|figcaption|figure|pre|summary|table|th|tr)>/g;

/** Pagefind's `excludeSelectors`. */
export function excludedSelectors(excludeClasses: readonly string[]): string[] {
  return [...EXCLUDED, ...excludeClasses.map((name) => `.${name}`)];
}

/**
 * The text as a page with nothing else on it. HTML, unlike a custom record, keeps the headings: they weigh more, and
 * results lead to them. The title is outside the body, since a result shows it anyway: an excerpt then begins with
 * the text.
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

/** An element that adds metadata to a page and nothing to its text. */
export function metaElement(name: string, value: string): string {
  return `<i data-pagefind-meta="${escapeHtml(name)}" data-pagefind-ignore>${escapeHtml(value)}</i>`;
}

/** An element that adds the value of a filter to a page. */
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
