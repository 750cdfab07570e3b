import { SaxesParser } from "saxes";
import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { makeBlog, makePost, makeSettings } from "../../../tests/fixtures/small-blog.ts";
import { headersFile } from "./headers.ts";
import { manifestFile } from "./manifest.ts";
import type { FileSpec } from "./outputs.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { mergeRedirects, redirectFiles, redirectRules } from "./redirects.ts";
import { robotsFile } from "./robots.ts";
import { isListed, sitemapEntries, sitemapFiles } from "./sitemap.ts";
import { outputFile, siteUrls } from "./urls.ts";

const settings = makeSettings({ url: "https://fence.example/blog/", timeZone: "Pacific/Auckland" });
const urls = siteUrls(settings);

async function textsOf(files: readonly FileSpec[]): Promise<Record<string, string>> {
  const entries = files.map(async ({ path, make }) => [path, String(await make())] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function assertWellFormed(xml: string): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
}

const page = (path: string, isListed = true) => ({
  route: "x",
  params: {},
  path,
  view: { meta: { isListed } },
});

test("the sitemap contains exactly the listed pages, with the date of their last edit", async () => {
  const post = makePost({
    slug: "größe",
    date: "2023-12-31T20:00:00.000Z",
    updated: "2024-03-01T00:00:00.000Z",
  });
  const blog = makeBlog({ settings, posts: [post, makePost({ slug: "draft", visibility: "draft" })] });
  const pages = [
    page("/"),
    page("/posts/gr%C3%B6%C3%9Fe/"),
    page("/archive/2024/01/"),
    page("/about/"),
    page("/search/", false),
    page("/404.html", false),
  ];
  const listed = pages.filter(({ view }) => isListed(view)).map(({ path }) => path);
  const { "/sitemap.xml": xml = "" } = await textsOf(sitemapFiles(sitemapEntries(listed, blog, urls), urls));
  assertWellFormed(xml);
  const changed = "<lastmod>2024-03-01T13:00:00+13:00</lastmod>";
  expect(xml.match(/<url>.*<\/url>/g)).toEqual([
    `<url><loc>https://fence.example/blog/</loc>${changed}</url>`,
    "<url><loc>https://fence.example/blog/about/</loc></url>",
    `<url><loc>https://fence.example/blog/archive/2024/01/</loc>${changed}</url>`,
    `<url><loc>https://fence.example/blog/posts/gr%C3%B6%C3%9Fe/</loc>${changed}</url>`,
  ]);
});

test("a large sitemap is split, and no address is lost", async () => {
  const entries = Array.from({ length: 7 }, (_, number) => ({ path: `/p${number}/`, lastmod: null }));
  const files = await textsOf(sitemapFiles(entries, urls, 3));
  expect(Object.keys(files)).toEqual(["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]);
  Object.values(files).forEach(assertWellFormed);
  expect(files["/sitemap.xml"]?.match(/<loc>/g)).toHaveLength(3);
  expect(
    Object.values(files)
      .join("")
      .match(/\/p\d\/</g),
  ).toHaveLength(7);
});

test("robots.txt contains the address of the sitemap", async () => {
  expect(await robotsFile(urls).make()).toContain("Sitemap: https://fence.example/blog/sitemap.xml\n");
});

test("the manifest's addresses include the base path", async () => {
  const icons = [{ path: "/favicon.svg", sizes: "any", type: "image/svg+xml" }];
  const options = { settings, urls, dir: "ltr" as const, icons, themeColor: "#fff", backgroundColor: "#fff" };
  expect(JSON.parse(String(await manifestFile(options).make()))).toMatchObject({
    name: "Over the fence",
    start_url: "/blog/",
    scope: "/blog/",
    icons: [{ src: "/blog/favicon.svg", sizes: "any" }],
  });
});

test("_headers contains the pages' policy, and directives that aren't valid in a meta element", async () => {
  const webmention = {
    endpoint: "https://wm.example/\r\nX-Evil: 1",
    api: null,
    pingback: null,
    trackback: null,
    comments: null,
  };
  const file = headersFile({ settings: { ...settings, webmention }, urls, csp: "default-src 'self';" });
  const text = String(await file.make());
  expect(text).toContain("/blog/*\n  Content-Security-Policy: default-src 'self'; frame-ancestors 'self'\n");
  expect(text).toContain("  X-Content-Type-Options: nosniff\n");
  expect(text).toContain("/blog/_astro/*\n  Cache-Control: public, max-age=31536000, immutable\n");
  expect(text).toContain('  Link: <https://wm.example/ X-Evil: 1>; rel="webmention"\n');
  expect(text).not.toContain("Cross-Origin-Resource-Policy");
});

const aliases = ["/2008/03/a-post.html", "/old/path", "/alt/straße/", "/?p=12"];

test("an old address in any form redirects to its post on any host", async () => {
  const post = makePost({ slug: "größe", title: 'A <b> & "c"', aliases, lang: "ar", dir: "rtl" });
  const files = redirectFiles(makeBlog({ settings, posts: [post] }), urls);
  const pages = files.map(({ path }) => path).filter((path) => path !== "/_redirects");
  expect(pages.map(outputFile)).toEqual([
    "2008/03/a-post.html",
    "alt/straße/index.html",
    "old/path/index.html",
  ]);
  const { "/old/path/": html = "" } = await textsOf(files);
  expect(html).toContain('<meta http-equiv="refresh" content="0; url=/blog/posts/gr%C3%B6%C3%9Fe/">');
  expect(html).toContain('<link rel="canonical" href="https://fence.example/blog/posts/gr%C3%B6%C3%9Fe/">');
  expect(html).toContain('<a href="/blog/posts/gr%C3%B6%C3%9Fe/">A &lt;b&gt; &amp; &quot;c&quot;</a>');
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).not.toMatch(/<script|style=/);
  const report = await new HtmlValidate({ extends: ["html-validate:standard"] }).validateString(html);
  expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
});

test("_redirects has status 301 for old addresses and 410 for deleted posts", async () => {
  const posts = [
    makePost({ aliases }),
    makePost({ slug: "draft", visibility: "draft", aliases: ["/draft-alias/"] }),
  ];
  const tombstones = [
    { slug: "gone", path: "/posts/gone/", title: "Gone", deleted: "2024-01-01", aliases: ["/old-gone.html"] },
  ];
  const { "/_redirects": text = "" } = await textsOf(
    redirectFiles(makeBlog({ settings, posts, tombstones }), urls),
  );
  const lines = text.trimEnd().split("\n");
  expect(lines).toContain("/blog/2008/03/a-post.html /blog/posts/hello/ 301!");
  expect(lines).toContain("/blog/2008/03/a-post.html /blog/posts/hello/ 301");
  expect(lines).toContain("/blog/alt/stra%C3%9Fe /blog/posts/hello/ 301");
  expect(lines).toContain("/blog/old-gone.html /blog/posts/gone/ 301");
  expect(lines).toContain("/blog/posts/gone/ /blog/posts/gone/ 410!");
  expect(text).not.toContain("draft");
});

test("`redirects` can lead to pages of the blog and to other sites; aliases take precedence", async () => {
  const redirects = [
    { from: "/contact.html", to: "/posts/hello/" },
    { from: "/shop/", to: "https://shop.example/a?b=1&c=2" },
    { from: "/old/path/", to: "/elsewhere/" },
  ];
  const blog = makeBlog({ settings: { ...settings, redirects }, posts: [makePost({ aliases })] });
  const files = redirectFiles(blog, urls);
  const { "/shop/": shop = "", "/old/path/": alias = "", "/_redirects": rules = "" } = await textsOf(files);
  expect(shop).toContain('content="0; url=https://shop.example/a?b=1&amp;c=2"');
  expect(alias).toContain("url=/blog/posts/hello/");
  expect(rules).toContain("/blog/contact.html /blog/posts/hello/ 301\n");
  expect(rules).toContain("/blog/shop https://shop.example/a?b=1&c=2 301\n");
  expect(rules).not.toContain("/elsewhere/");
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
});

test("_redirects redirects former feeds to the new ones", async () => {
  const oldFeeds = [
    { path: "/feed/", feed: "/rss.xml" },
    { path: "/atom.xml", feed: "/atom.xml" },
  ];
  const rules = redirectRules(makeBlog({ settings: { ...settings, oldFeeds } }), urls);
  expect(rules).toContain("/blog/feed/ /blog/rss.xml 301!\n");
  expect(rules).toContain("/blog/feed /blog/rss.xml 301\n");
  expect(rules).not.toContain("atom");
});

test("the author's own redirects come before ours, unchanged", () => {
  const author = "\uFEFF# mine\r\n/a  /b  302\n\n";
  expect(mergeRedirects(author, "/x /y 301\n")).toBe("# mine\r\n/a  /b  302\n/x /y 301\n");
  expect(mergeRedirects(null, "/x /y 301\n")).toBe("/x /y 301\n");
  expect(mergeRedirects(" \n", "/x /y 301\n")).toBe("/x /y 301\n");
});

test("the author's own headers take precedence, and the other generated headers are kept", () => {
  const ours =
    "/*\n  Content-Security-Policy: default-src 'self'\n  X-Content-Type-Options: nosniff\n\n/_astro/*\n  Cache-Control: immutable\n";
  const author =
    "# mine\n/*\n  content-security-policy: default-src *\n  ! Referrer-Policy\n/api/*\n  Cache-Control: no-store";
  // One rule per pattern, since Cloudflare applies only the last of several.
  expect(mergeHeaders(author, ours)).toBe(
    `${author.replace("/*\n", "/*\n  X-Content-Type-Options: nosniff\n")}\n\n/_astro/*\n  Cache-Control: immutable\n`,
  );
  expect(mergeHeaders("/_astro/*\n  Cache-Control: no-store\n", ours)).not.toContain("immutable");
  expect(mergeHeaders(null, ours)).toBe(ours);
});
