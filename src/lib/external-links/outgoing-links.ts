import type { Blog } from "../content/model.ts";
import { siteUrls } from "../site/urls.ts";

export interface OutgoingLink {
  readonly url: string;
  /** Path from the project's root, with forward slashes. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Publication date of the text, ISO 8601; null for pages. */
  readonly date: string | null;
}

/** Links from posts, notes and pages to other sites, sorted by file and line. */
export function outgoingLinks({ posts, pages, settings }: Blog): OutgoingLink[] {
  const urls = siteUrls(settings);
  const texts = [...posts, ...pages.map((page) => ({ ...page, date: null }))];
  return texts
    .flatMap(({ file, body, date }) =>
      body.links.map(({ url, line }) => ({ url: url.trim(), file, line, date })),
    )
    .filter(({ url }) => /^https?:\/\//i.test(url) && URL.canParse(url) && urls.sitePathOf(url) === null)
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}
