import { inject } from "vitest";
import type { BuiltSite } from "./build.ts";

/**
 * The demo blog, published at `/` and below `/blog/`, each built once for all tests. A base path only changes URLs, so
 * everything else is tested at the root.
 */
export const SITES = [
  ["at the root", inject("demo")],
  ["below a base path", inject("demoBelow")],
] as const;

/** Returns the pages to test: all pages at the root, only the first below a base path. */
export function ofSite<Page>(site: BuiltSite, pages: readonly Page[]): readonly Page[] {
  return site.base === "/" ? pages : pages.slice(0, 1);
}
