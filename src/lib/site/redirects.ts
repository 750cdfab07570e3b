/**
 * Old addresses. Each has an HTML file that leads on, which works on every host; hosts that read `_redirects`
 * (Netlify, Cloudflare Pages) answer with a true 301, and with 410 for what was taken down where they can.
 */
import type { Blog } from "../content/model.ts";
import { escapeHtml } from "../escape.ts";
import { isPatternOfHosts } from "./old-path.ts";
import type { OldFeed } from "./old-feeds.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import { type SiteUrls, encodePath, pathnameOf } from "./urls.ts";

/** An old address and what it leads to. */
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
 * The aliases of everything that readers may see and the `redirects` of site.yaml, in a fixed order; an alias wins. An
 * address with a query can't be a file of its own, so it has none.
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

/** What lists of a blog moved to other addresses by themselves: pages, and feeds. */
export interface MovedLists {
  readonly pages: readonly Alias[];
  readonly feeds: readonly OldFeed[];
}

const NONE_MOVED: MovedLists = { pages: [], feeds: [] };

/**
 * An HTML file at each old address, and `/_redirects` for hosts that can do better.
 * @param moved lists that moved; an address that the author leads elsewhere stays theirs.
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

/** The text of `/_redirects`, without the author's own rules. */
export function redirectRules(blog: Blog, urls: SiteUrls, moved = NONE_MOVED): string {
  const feeds = [...blog.settings.oldFeeds, ...moved.feeds]
    .filter(({ path, feed }) => path !== feed)
    .map(({ path, feed }) => ({ from: encodePath(path), to: encodePath(feed) }));
  const gone = blog.tombstones.map(({ slug }) => urls.postPath(slug)).sort();
  return rulesOf([...aliasesOf(blog, urls), ...moved.pages, ...feeds], gone, urls);
}

/**
 * The author's `public/_redirects` and ours in one text. Hosts apply the first rule that matches, so theirs come first.
 * @param author null when there is no such file.
 */
export function mergeRedirects(author: string | null, ours: string): string {
  if (author === null || author.trim() === "") return ours;
  return `${author.replace(/^\uFEFF/, "").trimEnd()}\n${ours}`;
}

/** Leads on at once, without script; the link is for browsers that don't follow. */
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
 * Netlify prefers a file to a rule unless the status has a `!`, which Cloudflare doesn't know: it skips such lines and
 * takes the plain ones. So each old address has both, the forced one first.
 */
function rulesOf(
  aliases: readonly Pick<Alias, "from" | "to">[],
  gone: readonly string[],
  urls: SiteUrls,
): string {
  // The HTML file at such an address leads on; a rule would match others, too.
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

/** The site path of the file that a host serves for an address: `/old/path` is the folder `/old/path/`. */
export function folderOrFile(from: string): string {
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
