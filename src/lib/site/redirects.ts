/**
 * Old addresses. Each has an HTML file that leads on, which works on every host; hosts that read `_redirects`
 * (Netlify, Cloudflare Pages) answer with a true 301, and with 410 for what was taken down where they can.
 */
import type { Blog } from "../content/model.ts";
import { escapeHtml } from "../escape.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import { type SiteUrls, encodePath, pathnameOf } from "./urls.ts";

/** An old address and the page that it leads to. */
export interface Alias {
  /** Site path of the old address, percent-encoded. */
  readonly from: string;
  /** Site path of the page. */
  readonly to: string;
  readonly title: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl" | "auto";
}

/**
 * The old addresses of everything that readers may see, in a fixed order. An address with a query can't be a file of
 * its own, so it has none.
 */
export function aliasesOf(blog: Blog, urls: SiteUrls): Alias[] {
  const { lang } = blog.settings;
  const posts = blog.posts.filter(({ visibility }) => visibility === "published");
  return [
    ...posts.map((post) => ({ ...post, to: urls.postPath(post.slug) })),
    ...blog.pages.map((page) => ({ ...page, to: urls.pagePath(page.slug) })),
    ...blog.tombstones.map((gone) => ({ ...gone, to: urls.postPath(gone.slug), lang, dir: "auto" as const })),
  ]
    .flatMap(({ aliases, to, title, lang: own, dir }) =>
      aliases
        .filter((alias) => pathnameOf(alias) === alias)
        .map((alias) => ({ from: encodePath(alias), to, title, lang: own, dir })),
    )
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** An HTML file at each old address, and `/_redirects` for hosts that can do better. */
export function redirectFiles(blog: Blog, urls: SiteUrls): FileSpec[] {
  const aliases = aliasesOf(blog, urls);
  const gone = blog.tombstones.map(({ slug }) => urls.postPath(slug)).sort();
  return [
    ...aliases.map((alias) => textFile(folderOrFile(alias.from), aliasPage(alias, urls))),
    textFile("/_redirects", rulesOf(aliases, gone, urls)),
  ];
}

/** Leads on at once, without script; a link stands there for whoever keeps pages from leading them. */
function aliasPage({ to, title, lang, dir }: Alias, urls: SiteUrls): string {
  const href = escapeHtml(urls.path(to));
  return `<!doctype html>
<html lang="${escapeHtml(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${href}">
<link rel="canonical" href="${escapeHtml(urls.absolute(to))}">
</head>
<body>
<p><a href="${href}">${escapeHtml(title)}</a></p>
</body>
</html>
`;
}

/**
 * Netlify prefers a file to a rule unless the status has a `!`, which Cloudflare doesn't know: it passes such lines by
 * and takes the plain ones. So each old address has both, the forced one first.
 */
function rulesOf(aliases: readonly Alias[], gone: readonly string[], urls: SiteUrls): string {
  const rules = aliases.flatMap(({ from, to }) =>
    spellings(from).map((spelling) => `${urls.path(spelling)} ${urls.path(to)} 301`),
  );
  const lines = [
    ...gone.map((path) => `${urls.path(path)} ${urls.path(path)} 410!`),
    ...rules.map((rule) => `${rule}!`),
    ...rules,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** The site path of the file that a host serves for an address: `/old/path` is the folder `/old/path/`. */
function folderOrFile(from: string): string {
  return from.endsWith("/") || hasExtension(from) ? from : `${from}/`;
}

function hasExtension(from: string): boolean {
  return /\.[^/]*$/.test(from);
}

/** A folder's address with and without its slash; a file's as it is. */
function spellings(from: string): string[] {
  if (from.endsWith("/")) return from === "/" ? [from] : [from, from.slice(0, -1)];
  return hasExtension(from) ? [from] : [from, `${from}/`];
}
