import type { PanelOptions } from "./search-panel.ts";

/**
 * Reads the search scope from the link to the search page: the site's base address and, in a blog with several
 * languages, the language of the page.
 */
export function searchScope(searchPage: URL): Pick<PanelOptions, "base" | "language"> {
  const { base, language } = document.querySelector<HTMLElement>("a[data-search]")?.dataset ?? {};
  return { base: new URL(base ?? "../", searchPage), language: language ?? null };
}
