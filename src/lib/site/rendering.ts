import type { UserPageView } from "../views/user-page-view.ts";
import type { PageSpec } from "./outputs.ts";

/** Data that routes read while they render. */
export interface Rendering {
  /** The pages that one route makes, by the route's name, such as `posts/[slug]`. */
  pagesOf(route: string): readonly Pick<PageSpec, "params" | "view">[];
  /** Stored HTML of a body by its key. */
  bodyHtml(key: string): string | Promise<string>;
  /** The bytes of a feed. @param sitePath such as `/rss.xml`. @throws Error when there is none. */
  file(sitePath: string): Promise<Uint8Array>;
  /** Head and surroundings of a page of the user's own. @throws Error outside of the blog. */
  userPage(page: {
    readonly title: string;
    readonly description: string;
    /** With the base path. */
    readonly pathname: string;
    readonly isListed: boolean;
  }): UserPageView;
  /** In dev: the slug of the post whose text Astro renders in its page, by the key of the body; null for others. */
  mdxSlugOf?(key: string): string | null;
}

let current: Rendering | null = null;

/**
 * Sets the data of the routes. The bundle has its own copy of this module, so the integration calls the one that the
 * bundle exports (`render-entry.ts`), or, in dev, the one in Vite's module graph.
 */
export function provideRendering(rendering: Rendering): void {
  current = rendering;
}

/** @throws Error before the integration has provided the data. */
export function getRendering(): Rendering {
  if (current === null) throw new Error("Backfence's routes can only be rendered by its integration");
  return current;
}

/**
 * Takes what a page throws while it is rendered. @param url address of the page, absolute.
 * @returns the response in its place, with status 500. @throws the error when it is left to Astro.
 */
export type OnPageError = (error: unknown, url: string) => Response;

let onPageError: OnPageError | null = null;

/** Sets what becomes of errors of pages; of this module there are copies, as for {@link provideRendering}. */
export function catchPageErrors(handler: OnPageError): void {
  onPageError = handler;
}

/** Null before the integration has set one. */
export function getPageErrorHandler(): OnPageError | null {
  return onPageError;
}
