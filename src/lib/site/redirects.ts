/**
 * Redirects from old addresses. Each has an HTML file with a redirect, which works on every host; hosts that read
 * `_redirects` (Netlify, Cloudflare Pages) respond with status 301, and with 410 for deleted posts if they support it.
 */
import type { Blog } from "../content/model.ts";
import { escapeHtml } from "../escape.ts";
import { isPatternOfHosts } from "./old-path.ts";
import type { OldFeed } from "./old-feeds.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import { type SiteUrls, encodePath, pathnameOf } from "./urls.ts";

/** An old address and its target. */
export interface Alias {
  /** Site path of the old address, percent-encoded. */
  readonly from: string;
  /** Site path of a page, or an absolute address. */
  readonly to: string;
  readonly title: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl" | "auto";
}

/**
 * The aliases of all public posts, pages and tombstones, and the `redirects` of site.yaml, sorted. An alias takes
 * precedence over a redirect. Addresses with a query are omitted, because they can't be files.
 */
export function aliasesOf(blog: Blog, urls: SiteUrls): Alias[] {
  const { lang, redirects } = blog.settings;
  const posts = blog.posts.filter(({ visibility }) => visibility === "published");
  const aliases = [
    ...posts.map((post) => ({ ...post, to: urls.postPath(post.slug) })),
    ...blog.pages.map((page) => ({ ...page, to: urls.pagePath(page.slug) })),
    ...blog.tombstones.map((gone) => ({ ...gone, to: urls.postPath(gone.slug), lang, dir: "auto" as const })),
    ...redirects.map(({ from, to }) => ({ aliases: [from], to, title: to, lang, dir: "auto" as const })),
  ].flatMap(({ aliases: own, to, title, lang: language, dir }) =>
    own
      .filter((alias) => pathnameOf(alias) === alias)
      .map((alias) => ({ from: encodePath(alias), to, title: title || to, lang: language, dir })),
  );
  const byFile = new Map(aliases.toReversed().map((alias) => [folderOrFile(alias.from), alias]));
  return [...byFile.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** Lists that moved automatically: their pages and their feeds. */
export interface MovedLists {
  readonly pages: readonly Alias[];
  readonly feeds: readonly OldFeed[];
}

const NONE_MOVED: MovedLists = { pages: [], feeds: [] };

/**
 * An HTML file at each old address, and `/_redirects` for hosts that support it.
 * @param moved lists that moved; the author's own redirects take precedence.
 */
export function redirectFiles(blog: Blog, urls: SiteUrls, moved = NONE_MOVED): FileSpec[] {
  const aliases = aliasesOf(blog, urls);
  const known = new Set(aliases.map(({ from }) => folderOrFile(from)));
  const pages = moved.pages.filter(({ from }) => !known.has(folderOrFile(from)));
  return [
    ...[...aliases, ...pages].map((alias) => textFile(folderOrFile(alias.from), aliasPage(alias, urls))),
    textFile("/_redirects", redirectRules(blog, urls, { ...moved, pages })),
  ];
}

/** The generated rules of `/_redirects`, without the author's own rules. */
export function redirectRules(blog: Blog, urls: SiteUrls, moved = NONE_MOVED): string {
  const feeds = [...blog.settings.oldFeeds, ...moved.feeds]
    .filter(({ path, feed }) => path !== feed)
    .map(({ path, feed }) => ({ from: encodePath(path), to: encodePath(feed) }));
  const gone = blog.tombstones.map(({ slug }) => urls.postPath(slug)).sort();
  return rulesOf([...aliasesOf(blog, urls), ...moved.pages, ...feeds], gone, urls);
}

/**
 * Merges the author's `public/_redirects` with the generated rules. Hosts apply the first matching rule, so the
 * author's come first.
 * @param author null if the file doesn't exist.
 */
export function mergeRedirects(author: string | null, ours: string): string {
  if (author === null || author.trim() === "") return ours;
  return `${author.replace(/^\uFEFF/, "").trimEnd()}\n${ours}`;
}

/** HTML that redirects immediately, without JavaScript; the link is for browsers that ignore the refresh. */
function aliasPage({ to, title, lang, dir }: Alias, urls: SiteUrls): string {
  const href = escapeHtml(hrefOf(to, urls));
  const canonical = to.startsWith("/") ? urls.absolute(to) : hrefOf(to, urls);
  return `<!doctype html>
<html lang="${escapeHtml(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${href}">
<link rel="canonical" href="${escapeHtml(canonical)}">
</head>
<body>
<p><a href="${href}">${escapeHtml(title)}</a></p>
</body>
</html>
`;
}

/**
 * The lines of `_redirects`. Netlify prefers a file to a rule unless the status ends with `!`; Cloudflare doesn't
 * support `!` and ignores such lines. So each old address has both rules, the forced one first.
 */
function rulesOf(
  aliases: readonly Pick<Alias, "from" | "to">[],
  gone: readonly string[],
  urls: SiteUrls,
): string {
  // A rule for such an address would also match others, so only its HTML file redirects.
  const plain = aliases.filter(({ from }) => !isPatternOfHosts(from));
  const rules = plain.flatMap(({ from, to }) =>
    spellings(from).map((spelling) => `${urls.path(spelling)} ${hrefOf(to, urls)} 301`),
  );
  const lines = [
    ...gone.map((path) => `${urls.path(path)} ${urls.path(path)} 410!`),
    ...rules.map((rule) => `${rule}!`),
    ...rules,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function hrefOf(to: string, urls: SiteUrls): string {
  return to.startsWith("/") ? urls.path(to) : new URL(to).href;
}

/** The site path of the file that a host serves for an address: `/old/path` → `/old/path/`. */
export function folderOrFile(from: string): string {
  return from.endsWith("/") || hasExtension(from) ? from : `${from}/`;
}

function hasExtension(from: string): boolean {
  return /\.[^/]*$/.test(from);
}

/** A folder's address with and without the trailing slash; a file's address unchanged. */
function spellings(from: string): string[] {
  if (from.endsWith("/")) return from === "/" ? [from] : [from, from.slice(0, -1)];
  return hasExtension(from) ? [from] : [from, `${from}/`];
}
