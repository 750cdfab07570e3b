import { languageGroup } from "../site/language-group.ts";
import type { Blog, Page } from "../content/model.ts";

/**
 * The page whose text introduces the home page: `content/pages/home.md`, or `home.de.md` for a language. It has no
 * address of its own.
 */
export function homeText({ pages }: Pick<Blog, "pages">): Page | null {
  return pages.find(isHomeText) ?? null;
}

/** Whether a page is the text of the home page. */
export function isHomeText({ slug, lang }: Pick<Page, "slug" | "lang">): boolean {
  return slug === "home" || slug === `${languageGroup(lang)}/home`;
}
