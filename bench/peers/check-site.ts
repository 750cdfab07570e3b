/** Checks that another generator's site has everything that the comparison requires. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { CorpusPost } from "../corpus.ts";
import { IN_FEED, PER_PAGE } from "./peer.ts";

/** Paths of a generated site's parts, relative to its folder. */
export interface SiteFiles {
  post(slug: string): string;
  /** @param list folder with a slash at its end, empty for the home page. @param page counts from 1. */
  list(list: string, page: number): string;
  readonly feed: string;
  readonly sitemap: string;
}

const USUAL: SiteFiles = {
  post: (slug) => `posts/${slug}/index.html`,
  list: (list, page) => `${list}${page === 1 ? "" : `page/${page}/`}index.html`,
  feed: "rss.xml",
  sitemap: "sitemap.xml",
};

/** Features of posts: the pattern in the source and the patterns that the page must have. */
const TRAITS: Readonly<Record<string, { readonly source: RegExp; readonly made: readonly RegExp[] }>> = {
  footnotes: { source: /^\[\^1\]: /m, made: [/href="#[^"]*fn/, /id="[^"]*fn/] },
  "highlighted code": { source: /^```js/m, made: [/<pre/, /<span [^>]*>const\b/] },
  asides: { source: /<Aside /, made: [/<aside [^>]*\btip\b[^>]*>\s*<p>/] },
  quotes: { source: /<Quote /, made: [/<figure[^>]*>\s*<blockquote>\s*<p>/, /<figcaption>[^<{]+, [^<{]+</] },
  "a component of its own": { source: /<Note /, made: [/<p class="note">Note \d+<\/p>/] },
  pictures: { source: /\]\(\.\/picture/, made: [/<img [^>]*alt="[^"]+"/] },
};

/** Markdown, component or template syntax that wasn't rendered. */
const RAW = /\[\^1\]|```|\{\{|\{%|(?:<|&lt;)(?:Aside|Quote|Note) |\]\(/;

/**
 * Checks that a site has everything that bench/README.md says every generator makes.
 * @returns the number of pages.
 * @throws Error naming what is missing.
 */
export function checkSite(
  name: string,
  folder: string,
  posts: readonly CorpusPost[],
  files: Partial<SiteFiles> = {},
): number {
  const site = new MadeSite(name, folder, { ...USUAL, ...files });
  checkPosts(site, posts);
  checkLists(site, posts);
  checkFeed(site, posts);
  const sitemap = site.read(site.files.sitemap);
  for (const { slug } of posts) if (!sitemap.includes(`/${slug}`)) site.lacks(`${slug} in its sitemap`);
  const [pages, expected] = [countPages(folder), expectedPages(posts)];
  if (pages !== expected) site.lacks(`pages: it has ${pages} instead of ${expected}`);
  return pages;
}

/** @throws Error when a post's page doesn't contain the text that was added to the post. */
export function checkEdit(
  name: string,
  folder: string,
  { slug }: CorpusPost,
  added: string,
  files: Partial<SiteFiles> = {},
): void {
  const site = new MadeSite(name, folder, { ...USUAL, ...files });
  if (!site.read(site.files.post(slug)).includes(added)) site.lacks(`an edit of ${slug}`);
}

/** Returns the number of pages in a folder, without redirect pages such as Hugo's. */
export function countPages(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html"))
    .filter((file) => !isRedirect(path.join(folder, file))).length;
}

class MadeSite {
  readonly name: string;
  readonly folder: string;
  readonly files: SiteFiles;

  constructor(name: string, folder: string, files: SiteFiles) {
    [this.name, this.folder, this.files] = [name, folder, files];
  }

  read(file: string): string {
    const place = path.join(this.folder, file);
    return existsSync(place) ? readFileSync(place, "utf8") : this.lacks(file);
  }

  lacks(what: string): never {
    throw new Error(`${this.name}, as measured here, lacks ${what}.`);
  }
}

function checkPosts(site: MadeSite, posts: readonly CorpusPost[]): void {
  for (const [trait, { source, made }] of Object.entries(TRAITS)) {
    const at = posts.findIndex(({ mdx }) => source.test(mdx));
    const post = posts[at];
    if (post === undefined) continue;
    const file = site.files.post(post.slug);
    const page = site.read(file);
    for (const sign of made) if (!sign.test(page)) site.lacks(`${trait} in ${file} (${sign.source})`);
    const raw = RAW.exec(page);
    if (raw !== null) site.lacks(`the rendering of ${raw[0]} in ${file}`);
    const headings = page.match(/<h2 [^>]*\bid="[^"]+"/g)?.length ?? 0;
    if (headings < 4) site.lacks(`ids of headings in ${file}`);
    for (const neighbour of [posts[at - 1], posts[at + 1]])
      if (neighbour !== undefined && !page.includes(`/${neighbour.slug}/`))
        site.lacks(`a link from ${post.slug} to ${neighbour.slug}`);
    checkPictures(site, page);
  }
}

/** Checks that every local URL of a picture or one of its variants exists as a file. */
function checkPictures(site: MadeSite, page: string): void {
  for (const [, address = ""] of page.matchAll(/(?:<img [^>]*?src|srcset)="(\/[^" ]+)/g))
    if (!existsSync(path.join(site.folder, address))) site.lacks(address);
}

function checkLists(site: MadeSite, posts: readonly CorpusPost[]): void {
  const [tag, tagged] = largest(posts, ({ tags }) => tags);
  const count = Math.ceil(tagged.length / PER_PAGE);
  const shown = Array.from({ length: count }, (_, page) =>
    slugsIn(site.read(site.files.list(`tags/${tag}/`, page + 1))),
  );
  if (shown.some(({ size }) => size > PER_PAGE)) site.lacks("pages of its lists by tag");
  const all = new Set(shown.flatMap((slugs) => [...slugs]));
  if (all.size !== tagged.length) site.lacks(`some of the ${tagged.length} posts under ${tag}`);
  const [year, dated] = largest(posts, ({ date }) => [date.slice(0, 4)]);
  if (slugsIn(site.read(site.files.list(`archive/${year}/`, 1))).size !== dated.length)
    site.lacks(`some of the ${dated.length} posts of ${year}`);
  site.read(site.files.list("", 2));
}

function checkFeed(site: MadeSite, posts: readonly CorpusPost[]): void {
  const feed = site.read(site.files.feed);
  const entries = feed.match(/<(?:item|entry)>/g)?.length ?? 0;
  const newest = posts.toSorted((a, b) => b.date.localeCompare(a.date));
  if (entries !== Math.min(IN_FEED, posts.length)) site.lacks(`a feed of ${IN_FEED}: it has ${entries}`);
  const raw = RAW.exec(feed);
  if (raw !== null) site.lacks(`the rendering of ${raw[0]} in its feed`);
  const surely = newest.filter(({ date }) => date > (newest[IN_FEED]?.date ?? ""));
  for (const { slug, mdx } of surely) {
    const last = [...mdx.matchAll(/\]\((https:[^)]+)\)/g)].at(-1)?.[1] ?? "";
    if (!feed.includes(slug) || !feed.includes(last)) site.lacks(`the whole text of ${slug} in its feed`);
  }
}

function expectedPages(posts: readonly CorpusPost[]): number {
  const tags = Map.groupBy(
    posts.flatMap(({ tags }) => tags),
    (tag) => tag,
  );
  const inPages = (count: number): number => Math.ceil(count / PER_PAGE);
  const tagPages = [...tags.values()].reduce((sum, { length }) => sum + inPages(length), 0);
  const years = new Set(posts.map(({ date }) => date.slice(0, 4))).size;
  const overviews = 2;
  return posts.length + inPages(posts.length) + tagPages + years + overviews;
}

function largest(
  posts: readonly CorpusPost[],
  namesOf: (post: CorpusPost) => readonly string[],
): readonly [string, readonly CorpusPost[]] {
  const names = [...new Set(posts.flatMap(namesOf))];
  const groups = names.map((name) => [name, posts.filter((post) => namesOf(post).includes(name))] as const);
  return groups.reduce((most, group) => (group[1].length > most[1].length ? group : most), ["", []]);
}

function slugsIn(page: string): Set<string> {
  return new Set(page.match(/post-\d{5}-\w+/g));
}

function isRedirect(file: string): boolean {
  return statSync(file).size < 1000 && /http-equiv="?refresh/.test(readFileSync(file, "utf8"));
}
