import type { UserPageView } from "../views/user-page-view.ts";
import type { PageSpec } from "./outputs.ts";

/** Data source of the routes during rendering. */
export interface Rendering {
  /** The pages of a route, by the route's name, such as `posts/[slug]`. */
  pagesOf(route: string): readonly Pick<PageSpec, "params" | "view">[];
  /** Stored HTML of a body, by its key. */
  bodyHtml(key: string): string | Promise<string>;
  /** The bytes of a feed. @param sitePath such as `/rss.xml`. @throws Error if the feed doesn't exist. */
  file(sitePath: string): Promise<Uint8Array>;
  /** Head, header and footer for a page of the user's own. @throws Error outside of the blog. */
  userPage(page: {
    readonly title: string;
    readonly description: string;
    /** Path of the page, with the base path. */
    readonly pathname: string;
    readonly isListed: boolean;
  }): UserPageView;
  /** In dev, the slug of the post with this body key if Astro renders its text; null for other posts. */
  mdxSlugOf?(key: string): string | null;
}

let current: Rendering | null = null;

/**
 * Sets the data source of the routes. The bundle has its own copy of this module, so the integration calls the function
 * that the bundle exports (`render-entry.ts`) or, in dev, the one in Vite's module graph.
 */
export function provideRendering(rendering: Rendering): void {
  current = rendering;
}

/** The data source of the routes. @throws Error before the integration has provided it. */
export function getRendering(): Rendering {
  if (current === null) throw new Error("Backfence's routes can only be rendered by its integration");
  return current;
}

/**
 * Handles an error that a page throws during rendering. @param url absolute address of the page.
 * @returns an error response with status 500. @throws the error to leave it to Astro.
 */
export type OnPageError = (error: unknown, url: string) => Response;

let onPageError: OnPageError | null = null;

/** Sets the handler for errors of pages; this module has copies, see {@link provideRendering}. */
export function catchPageErrors(handler: OnPageError): void {
  onPageError = handler;
}

/** The handler for errors of pages; null before the integration has set it. */
export function getPageErrorHandler(): OnPageError | null {
  return onPageError;
}
