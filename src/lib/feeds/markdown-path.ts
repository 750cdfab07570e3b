import type { SiteUrls } from "../site/urls.ts";

/** Site path of a post's Markdown copy, for `rel="alternate" type="text/markdown"`. */
export function markdownPath(slug: string, urls: SiteUrls): string {
  return `${urls.postPath(slug)}index.md`;
}
