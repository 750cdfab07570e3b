import type { PanelOptions } from "./search-panel.ts";

/**
 * Where to search, as the link to the search page says: the site's base path, and the language of the page in a blog with
 * several.
 */
export function searchScope(searchPage: URL): Pick<PanelOptions, "base" | "language"> {
  const { base, language } = document.querySelector<HTMLElement>("a[data-search]")?.dataset ?? {};
  return { base: new URL(base ?? "../", searchPage), language: language ?? null };
}
