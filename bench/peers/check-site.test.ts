import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { corpusPosts, type CorpusPost } from "../corpus.ts";
import { checkEdit, checkSite } from "./check-site.ts";
import { IN_FEED, PER_PAGE, write } from "./peer.ts";

const POSTS = corpusPosts(120);

let whole: string;
let site: string;

beforeAll(() => {
  const folder = tempFolder("check-site");
  whole = path.join(folder, "whole");
  site = path.join(folder, "site");
  writeSite(whole);
});

test("A complete site passes, and its redirect pages aren't counted", () => {
  const pages = checkSite("Whole", whole, POSTS);
  write(whole, "page/1/index.html", '<meta http-equiv="refresh" content="0; url=/">');
  expect(checkSite("Whole", whole, POSTS)).toBe(pages);
});

test.each([
  ["footnotes", change(/href="#fn/g, 'href="#x')],
  ["highlighted code", change(/<span class="k">const<\/span>/g, "const")],
  ["asides", change(/<aside class="tip"><p>.*<\/p>/g, '<aside class="tip">As it was written')],
  ["quotes", change(/<figcaption>.*<\/figcaption>/g, "")],
  ["a component of its own", change(/<p class="note">/g, "<p>")],
  ["ids of headings", change(/<h2 id="\w+">/g, "<h2>")],
  ["the rendering of {%", change(/<p class="note">/g, '{% note %}<p class="note">')],
  ["/pictures/", () => rmSync(path.join(site, "pictures"), { recursive: true })],
  ["a link from", change(/rel="next" href="[^"]+"/g, "")],
  ["page/2/", () => rmSync(path.join(site, "tags/tag-0/page/2"), { recursive: true })],
  ["posts under tag-0", change(/post-\d+-\w+/, "post", "tags/tag-0/index.html")],
  ["posts of", change(/\bpost-\d+-\w+/g, "post", "archive/")],
  ["whole text of", change(/https:/g, "", "rss.xml")],
  ["a feed of 50", change(/<item>/, "", "rss.xml")],
  ["in its sitemap", change(/post-00017-\w+/, "", "sitemap.xml")],
  ["pages", () => write(site, "more/index.html", "x")],
])("A site without %s fails the check", (missing, damage) => {
  rmSync(site, { recursive: true, force: true });
  cpSync(whole, site, { recursive: true });
  damage();
  expect(() => checkSite("Half", site, POSTS)).toThrow(missing);
});

test("A build that doesn't show an edit fails the check", () => {
  const [post] = POSTS as [CorpusPost];
  expect(() => checkEdit("Stale", whole, post, "Edit 0.")).toThrow("an edit of post-00000");
});

/** Returns a function that replaces a pattern in all HTML and XML files below a path of the site. */
function change(from: RegExp, to: string, below = ""): () => void {
  return () => {
    for (const file of readdirSync(site, { recursive: true, encoding: "utf8" })) {
      const place = path.join(site, file);
      if (!file.startsWith(below) || !/\.(html|xml)$/.test(file)) continue;
      writeFileSync(place, readFileSync(place, "utf8").replace(from, to));
    }
  };
}

/** Writes a site with only the parts that `checkSite` looks for. */
function writeSite(folder: string): void {
  POSTS.forEach((post, at) => write(folder, `posts/${post.slug}/index.html`, postPage(post, at)));
  for (const { picture } of POSTS) if (picture !== null) write(folder, `pictures/${picture}`, "");
  const newest = POSTS.toReversed();
  writeLists(folder, "", newest);
  for (const tag of new Set(POSTS.flatMap(({ tags }) => tags)))
    writeLists(
      folder,
      `tags/${tag}/`,
      newest.filter(({ tags }) => tags.includes(tag)),
    );
  for (const [year, posts] of Map.groupBy(newest, ({ date }) => date.slice(0, 4)))
    write(folder, `archive/${year}/index.html`, posts.map(({ slug }) => link(slug)).join("\n"));
  for (const overview of ["tags", "archive"]) write(folder, `${overview}/index.html`, "");
  const items = newest.slice(0, IN_FEED).map((post) => `<item>${post.slug} ${links(post).join(" ")}</item>`);
  write(folder, "rss.xml", items.join("\n"));
  write(folder, "sitemap.xml", POSTS.map(({ slug }) => `/${slug}/`).join("\n"));
}

function writeLists(folder: string, list: string, posts: readonly CorpusPost[]): void {
  mkdirSync(path.join(folder, list), { recursive: true });
  for (let page = 1; (page - 1) * PER_PAGE < posts.length; page += 1) {
    const shown = posts.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(({ slug }) => link(slug));
    write(folder, `${list}${page === 1 ? "" : `page/${page}/`}index.html`, shown.join("\n"));
  }
}

function postPage({ mdx, picture }: CorpusPost, at: number): string {
  const part = (source: string, made: string): string[] => (mdx.includes(source) ? [made] : []);
  return [
    ...["a", "b", "c", "d"].map((id) => `<h2 id="${id}">`),
    ...part("[^1]: ", '<a href="#fn1">1</a><li id="fn1">'),
    ...part("```js", '<pre><span class="k">const</span>'),
    ...part("<Aside", '<aside class="tip"><p>Text</p></aside>'),
    ...part(
      "<Quote",
      "<figure><blockquote><p>Text</p></blockquote><figcaption>One, a book</figcaption></figure>",
    ),
    ...part("<Note", `<p class="note">Note ${at}</p>`),
    ...(picture === null ? [] : [`<img src="/pictures/${picture}" alt="Seen">`]),
    ...[POSTS[at - 1], POSTS[at + 1]].map((near) => (near === undefined ? "" : link(near.slug))),
  ].join("\n");
}

const link = (slug: string): string => `<a rel="next" href="/posts/${slug}/">`;

const links = ({ mdx }: CorpusPost): string[] =>
  [...mdx.matchAll(/\]\((https:[^)]+)\)/g)].map(([, address = ""]) => address);
