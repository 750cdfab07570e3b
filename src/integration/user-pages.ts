import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { routePattern } from "../lib/content/own-pages.ts";
import type { LinkView } from "../lib/views/site-view.ts";

/** A page in the user's `src/pages/`. */
export interface UserPage {
  /** Site path, such as `/now/`. */
  readonly path: string;
  /** Label in the menu; null for a page that isn't in the menu. */
  readonly menu: string | null;
  /** Whether the search index includes the page. */
  readonly isSearchable: boolean;
}

/**
 * Pages with a fixed path in the user's `src/pages/`. A page opts in to the menu and to search with
 * `export const menu = "Now"` and `export const search = true`, or with `menu:` and `search:` in front matter.
 * @param pagesDir absolute; may not exist.
 */
export function findUserPages(pagesDir: string): UserPage[] {
  if (!existsSync(pagesDir)) return [];
  return readdirSync(pagesDir, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(?:astro|mdx?)$/.test(file) && !/(?:^|\/)_|\[/.test(file))
    .sort()
    .map((file) => {
      const source = readFileSync(path.join(pagesDir, file), "utf8");
      return { path: sitePathOf(file), menu: menuOf(source), isSearchable: isSearchable(source) };
    });
}

/**
 * Routes with parameters in the user's `src/pages/` that opt in to search, as patterns of site paths:
 * `docs/[...slug].astro` matches `/docs/publish/github/`.
 * @param pagesDir absolute; may not exist.
 */
export function findSearchableRoutes(pagesDir: string): RegExp[] {
  if (!existsSync(pagesDir)) return [];
  return readdirSync(pagesDir, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\[.*\.astro$/.test(file) && !/(?:^|\/)_/.test(file))
    .filter((file) => isSearchable(readFileSync(path.join(pagesDir, file), "utf8")))
    .map(routePattern);
}

/** Links for the menu. @param path adds the base path to a site path. */
export function menuLinks(pages: readonly UserPage[], path: (sitePath: string) => string): LinkView[] {
  return pages.flatMap((page) => (page.menu === null ? [] : [{ label: page.menu, href: path(page.path) }]));
}

function sitePathOf(file: string): string {
  const name = file.replace(/\.(?:astro|mdx?)$/, "").replace(/(?:^|\/)index$/, "");
  return name === "" ? "/" : `/${name}/`;
}

/** The front matter block at the top of a file. */
function frontOf(source: string): string {
  return /^\s*---\r?\n([^]*?)\n---/.exec(source)?.[1] ?? "";
}

function menuOf(source: string): string | null {
  const front = frontOf(source);
  const found =
    /^\s*export const menu\s*=\s*(["'`])(.*?)\1/m.exec(front)?.[2] ??
    /^menu:\s*(["']?)(.+?)\1\s*$/m.exec(front)?.[2];
  return found ?? null;
}

function isSearchable(source: string): boolean {
  return /^\s*(?:export const search\s*=|search:)\s*true\b/m.test(frontOf(source));
}
