import type { Blog, Page } from "../content/model.ts";

/** The page whose text introduces the home page: `content/pages/home.md`. It has no address of its own. */
export function homeText({ pages }: Pick<Blog, "pages">): Page | null {
  return pages.find(isHomeText) ?? null;
}

/** Whether a page is the text of the home page. */
export function isHomeText({ slug }: Pick<Page, "slug">): boolean {
  return slug === "home";
}
