import { existsSync, readdirSync } from "node:fs";
import { escapeRegExp } from "../escape.ts";

/**
 * Pattern of the site paths that a file in an Astro project's `src/pages/` generates: that of `docs/[...slug].astro`
 * matches `/docs/publish/github/`.
 * @param file path below `src/pages/`, with forward slashes.
 */
export function routePattern(file: string): RegExp {
  const name = file.replace(/\.(?:astro|mdx?|html)$/, "").replace(/(?:^|\/)index$/, "");
  const isEndpoint = /\.[jt]s$/.test(name);
  const parts = (isEndpoint ? name.slice(0, -3) : name)
    .split(/(\[\.{3}[^\]]+\]|\[[^\]]+\])/)
    .map((part) => (part.startsWith("[...") ? ".+" : part.startsWith("[") ? "[^/]+" : escapeRegExp(part)));
  return new RegExp(`^/${parts.join("")}${isEndpoint || name === "" ? "" : "/"}$`);
}

/** Returns a test for site paths of the project's own pages. @param pagesDir absolute; may not exist. */
export function ownPages(pagesDir: string): (sitePath: string) => boolean {
  let patterns: readonly RegExp[] | null = null;
  return (sitePath) => {
    patterns ??= pageFiles(pagesDir).map(routePattern);
    return patterns.some((pattern) => pattern.test(sitePath));
  };
}

function pageFiles(pagesDir: string): readonly string[] {
  if (!existsSync(pagesDir)) return [];
  return readdirSync(pagesDir, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(?:astro|mdx?|html|[jt]s)$/.test(file) && !/(?:^|\/)_/.test(file));
}
