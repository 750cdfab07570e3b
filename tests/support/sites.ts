import { inject } from "vitest";
import type { BuiltSite } from "./build.ts";

/**
 * The demo blog as tests look at it: published at `/` and below `/blog/`, each built once for all of them. A base path
 * changes addresses alone, so what has none is looked at in the first.
 */
export const SITES = [
  ["at the root", inject("demo")],
  ["below a base path", inject("demoBelow")],
] as const;

/** Of pages of a site, those that tests look at: all at the root, and the first below a base path. */
export function ofSite<Page>(site: BuiltSite, pages: readonly Page[]): readonly Page[] {
  return site.base === "/" ? pages : pages.slice(0, 1);
}
