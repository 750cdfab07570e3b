import { describe, expect, test } from "vitest";
import { blogFolder, change, post } from "../../../tests/support/blog-folder.ts";
import { outcomeIn, outcomeOf } from "../../../tests/support/load-outcome.ts";
import { readBody } from "../markdown/body-file.ts";
import { aliasesOf, redirectRules } from "../site/redirects.ts";
import { siteUrls } from "../site/urls.ts";

const SITE = "title: T\nurl: https://t.example/\ntimeZone: Europe/Berlin\n";

describe("permalinks", () => {
  test.each([
    ["permalinks: /:year/:month/:slug/", "/2024/01/hello/"],
    ["permalinks: { posts: /blog/:year/:month/:day/:slug }", "/blog/2024/01/01/hello/"],
    ["permalinks: { posts: /:tag/:slug/ }", "/l%C3%A4rm/hello/"],
    ["permalinks: { posts: /p/:id/ }", "/p/old-id/"],
    ["permalinks: { notes: /n/:slug/ }", "/posts/hello/"],
  ])("%s", async (line, address) => {
    const { loaded, errors } = await outcomeOf({
      "content/site.yaml": SITE + line,
      // Early on New Year's Day in Berlin, still the old year in UTC.
      "content/posts/hello.md": post("date: 2024-01-01 00:30\ntags: [Lärm]\nid: old-id", `[me](${address})\n`),
    });
    expect(errors).toEqual([]);
    expect(loaded?.blog.posts[0]?.path).toBe(address);
    const urls = siteUrls({ url: "https://t.example/" }, loaded?.blog.posts);
    expect(urls.postPath("hello")).toBe(address);
    expect(urls.responsesPath("hello", 2)).toBe(`${address}responses/2/`);
    expect(urls.responsesFeedPath("hello")).toBe(`${address}responses.xml`);
  });

  test.each([
    ["/:year/:month/:title.html", "/:year/:month/:slug/"],
    ["/%year%/%monthnum%/:slug/", "/:year/:month/:slug/"],
    ["/:category/:name", "/:tag/:slug/"],
    [":year/:slug/", "/:year/:slug/"],
    ["/blog/", "/blog/:slug/"],
    ["/{year}/{slug}/", "/:year/:slug/"],
    ["/a b/:slug/", "/a-b/:slug/"],
    ["/:slug?x", "/:slug/"],
  ])("a pattern of another program, %s, gets its form here", async (written, meant) => {
    const files = (pattern: string) => ({ "content/site.yaml": `${SITE}permalinks: "${pattern}"\n` });
    const { hints } = await outcomeOf(files(written));
    expect(hints.join("\n")).toContain(meant);
    expect((await outcomeOf(files(meant))).errors).toEqual([]);
  });

  test("pages get the address of their pattern, and so do links to their files", async () => {
    const { loaded, errors } = await outcomeOf({
      "content/site.yaml": `${SITE}permalinks: { pages: /p/:slug }\n`,
      "content/posts/a.md": post("", "[about](../pages/about.md) and [me](/p/docs/intro/)\n"),
      "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
      "content/pages/docs/intro.md": "---\ntitle: Intro\n---\nWords.\n",
    });
    expect(errors).toEqual([]);
    const { pages = [], settings = { url: "" } } = loaded?.blog ?? {};
    expect(pages.map(({ slug }) => siteUrls(settings).pagePath(slug))).toEqual(["/p/about/", "/p/docs/intro/"]);
    expect(pages[0]?.aliases).toEqual([]);
  });

  test("links to a file lead directly to its address, whatever pattern or key sets it", async () => {
    const root = blogFolder({
      "content/site.yaml": `${SITE}permalinks: { posts: "/:year/:month/:slug/", notes: /n/:slug/, pages: /p/:slug/ }\n`,
      "content/posts/a.md": post(
        "",
        "[[b]] [[c|see]] [x](./b.md) [n](../notes/n.md) [p](../pages/about.md#x) [d](../pages/about.de.md) [t](./b.de.md) [[2026-01-01-e]] [[e#Part]] ![[Deep Note]] [[vault/sub/deep note]]\n",
      ),
      "content/posts/b.md": post("slug: other\ndate: 2025-02-03"),
      "content/posts/b.de.md": post("date: 2023-01-01"),
      "content/posts/c.md": post("date: 2024-01-01"),
      "content/posts/2026-01-01-e.md": "---\ntitle: E\n---\n## Part\n",
      "content/posts/vault/sub/Deep Note.md": post("date: 2022-01-01"),
      "content/notes/n.md": post(),
      "content/pages/about.md": "---\ntitle: About\n---\n## x\n",
      "content/pages/about.de.md": "---\ntitle: About\n---\n",
    });
    const linksOf = async () => {
      const { loaded, errors } = await outcomeIn(root);
      expect(errors).toEqual([]);
      expect(loaded?.blog.posts.flatMap(({ aliases }) => aliases)).toEqual([]);
      const body = loaded?.blog.posts.find(({ slug }) => slug === "a")?.body;
      const html = loaded && body ? (readBody(loaded.store.bodies, body.key)?.html ?? "") : "";
      return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    };
    const links = [
      ...["/2025/02/other/", "/2024/01/c/", "/2025/02/other/", "/n/n/", "/p/about/#x", "/p/de/about/", "/de/2023/01/b/"],
      ...["/2026/01/e/", "/2026/01/e/#part", "/2022/01/deep-note/", "/2022/01/deep-note/"],
    ];
    expect(await linksOf()).toEqual(links);
    // If only the date of a linked post changes, the next build updates links to it.
    change(root, { "content/posts/c.md": post("date: 2019-05-01") });
    expect(await linksOf()).toEqual(links.map((link) => (link === "/2024/01/c/" ? "/2019/05/c/" : link)));
    change(root, { "content/site.yaml": `${SITE}permalinks: /blog/:slug/\n` });
    expect((await linksOf()).slice(0, 5)).toEqual(["/blog/other/", "/blog/c/", "/blog/other/", "/notes/n/", "/about/#x"]);
  });

  test("an ambiguous wikilink is an error that lists both texts, and the suggested form works", async () => {
    const files = (link: string) => ({
      "content/posts/a.md": post("", `${link}\n`),
      "content/posts/one/Deep Note.md": post(),
      "content/posts/two/Deep Note.md": post("slug: second"),
    });
    const { errors, hints } = await outcomeOf(files("[[Deep Note]]"));
    expect(errors).toEqual([
      "content/posts/a.md:5 Several texts are named Deep Note: content/posts/one/Deep Note.md, content/posts/two/Deep Note.md",
    ]);
    expect((await outcomeOf(files(hints[0]?.split("\n").at(-1) ?? ""))).errors).toEqual([]);
    const mistyped = await outcomeOf(files("[[Dep Note|that]]"));
    expect(mistyped.hints).toEqual(["Did you mean deep-note?\n[[deep-note|that]]"]);
  });

  test.each([
    ["/:slug/", "content/posts/tags.md", post(), "/tags/", "slug: tags-post"],
    ["/:slug/", "content/posts/search.md", post("deleted: 2026-04-01"), "/search/", "slug: search-post"],
    ["/tags/:slug/", "content/posts/life.md", post("tags: [life]"), "/tags/life/", "slug: life-post"],
    ["/:slug/", "content/posts/de.md", post(), "/de/", "slug: de-post"],
  ])("a post that %s would put in the place of something else is an error, and its corrected form works", async (pattern, file, text, address, form) => {
    const files = (own: string) => ({
      "content/site.yaml": `${SITE}permalinks: ${pattern}\n`,
      "content/posts/trip.md": post(),
      "content/posts/trip.de.md": post(),
      [file]: own,
    });
    const { errors, hints } = await outcomeOf(files(text));
    expect(errors).toEqual([`${file}: The address of this post is taken: ${address}`]);
    expect(hints[0]?.split("\n").at(-1)).toBe(form);
    expect((await outcomeOf(files(text.replace("---\n", `---\n${form}\n`)))).errors).toEqual([]);
  });

  test("a pattern below a reserved folder is reported once, and the suggested pattern works", async () => {
    const files = (lines: string) => ({
      "content/site.yaml": SITE + lines,
      "content/posts/a.md": post(),
      "content/posts/b.md": post(),
    });
    const { errors, hints } = await outcomeOf(files("permalinks: /archive/:slug/\n"));
    expect(errors).toEqual(["content/site.yaml:4 `permalinks` puts posts below /archive/, which belongs to the blog itself"]);
    expect((await outcomeOf(files(hints[0]?.split("\n").slice(1).join("\n") ?? ""))).errors).toEqual([]);
  });

  test("each kind of text has its pattern in every language; two texts with the same address are an error", async () => {
    const files = (patterns: string, more: Readonly<Record<string, string>> = {}) => ({
      "content/site.yaml": `${SITE}permalinks: { ${patterns} }\n`,
      "content/posts/hello.md": post(),
      "content/posts/hello.de.md": post(),
      "content/notes/thought.md": post(),
      "content/notes/thought.de.md": post(),
      "content/pages/about.md": "---\ntitle: About\n---\n",
      "content/pages/about.de.md": "---\ntitle: Über\n---\n",
      ...more,
    });
    const pathsFor = async (patterns: string) => {
      const { loaded, errors } = await outcomeOf(files(patterns));
      expect(errors).toEqual([]);
      const { posts = [], pages = [], settings = { url: "" } } = loaded?.blog ?? {};
      return [...posts.map(({ path }) => path), ...pages.map(({ slug }) => siteUrls(settings).pagePath(slug))].sort();
    };
    expect(await pathsFor("posts: /p/:slug/, notes: /n/:slug/, pages: /p/:slug/")).toEqual([
      ...["/de/n/thought/", "/de/p/hello/", "/n/thought/", "/p/about/", "/p/de/about/", "/p/hello/"],
    ]);
    expect(await pathsFor("posts: /:lang/:slug/, notes: /:lang/n/:slug/")).toEqual([
      ...["/about/", "/de/about/", "/de/hello/", "/de/n/thought/", "/en/hello/", "/en/n/thought/"],
    ]);
    const { errors, hints } = await outcomeOf(
      files("posts: /p/:lang/:slug/, pages: /p/:slug/", { "content/posts/about.md": post("lang: de") }),
    );
    expect(errors).toEqual(["content/pages/about.de.md: The address of this page is taken: /p/de/about/"]);
    expect(hints).toEqual([
      "It belongs to content/posts/about.md. Give the file another name, such as about-page.de.md.",
    ]);
    const twins = await outcomeOf(files("pages: /p/:slug/", { "content/pages/de/about.md": "---\ntitle: A\nlang: fr\n---\n" }));
    expect(twins.errors).toEqual(["content/pages/de/about.md: Two pages have one address: `de/about`"]);
  });

  test("a date in the pattern of pages is an error, and the suggested pattern works", async () => {
    const files = (pattern: string) => ({ "content/site.yaml": `${SITE}permalinks: { pages: "${pattern}" }\n` });
    const { hints } = await outcomeOf(files("/p/:year/:slug/"));
    expect(hints.join("\n")).toContain("/p/:slug/");
    expect((await outcomeOf(files("/p/:slug/"))).errors).toEqual([]);
  });

  test("a post and a page with the same address are an error", async () => {
    const { errors } = await outcomeOf({
      "content/site.yaml": `${SITE}permalinks: /:slug/\n`,
      "content/posts/about.md": post(),
      "content/pages/about.md": "---\ntitle: About\n---\n",
    });
    expect(errors).toEqual(["content/pages/about.md: The address of this page is taken: /about/"]);
  });
});

describe("a build reports addresses that are gone", () => {
  test("of a renamed post, with the line that restores them", async () => {
    const root = blogFolder({ "content/posts/before.md": post("", "My own words.\n"), "content/posts/other.md": post() });
    await outcomeIn(root);
    change(root, { "content/posts/before.md": null, "content/posts/after.md": post("title: New", "My own words.\n") });
    const note =
      "The address /posts/before/ of the last build is gone. Add to content/posts/after.md: `aliases: [/posts/before/]` and `id: before`.";
    expect((await outcomeIn(root)).loaded?.notes).toEqual([note]);
    change(root, { "content/posts/after.md": post("title: New\naliases: [/posts/before/]\nid: before", "My own words.\n") });
    expect((await outcomeIn(root)).loaded?.notes).toEqual([]);
  });

  test("of a removed post, and of all posts if the pattern changes", async () => {
    const root = blogFolder({ "content/posts/a.md": post("title: One", "One.\n"), "content/posts/b.md": post("title: Two", "Two.\n") });
    await outcomeIn(root);
    change(root, { "content/posts/b.md": null, "content/site.yaml": `${SITE}permalinks: /:slug/\n` });
    expect((await outcomeIn(root)).loaded?.notes).toEqual([
      expect.stringContaining("/posts/a/ of the last build is gone. Add to content/posts/a.md: `aliases: [/posts/a/]`."),
      expect.stringContaining("/posts/b/ of the last build is gone. If that was meant, bring back content/posts/b.md"),
    ]);
  });

  test("but not in the dev server", async () => {
    const root = blogFolder({ "content/posts/a.md": post() });
    await outcomeIn(root);
    change(root, { "content/posts/a.md": null });
    const { loaded } = await outcomeIn(root, { mode: "dev" });
    expect(loaded?.notes.join()).not.toContain("is gone");
  });
});

test("without `url`, dev works, a build prints a note, and a build in CI fails", async () => {
  const files = { "content/site.yaml": "title: T\ntimeZone: UTC\n", "content/posts/a.md": post() };
  expect((await outcomeOf(files, { mode: "dev", env: { CI: "true" } })).loaded?.notes).toEqual([]);
  expect((await outcomeOf(files)).loaded?.notes).toEqual([expect.stringContaining("has no `url`")]);
  expect((await outcomeOf(files, { env: { CI: "false" } })).errors).toEqual([]);
  const { errors, hints } = await outcomeOf(files, { env: { CI: "true" } });
  expect(errors).toEqual(["content/site.yaml:1 `url` is missing, and this is a build for publishing (CI is set)"]);
  expect(hints[0]).toContain("url: https://me.example/");
});

test("a `syndication` address that brings no responses gets a note with its line, and an at:// address is corrected", async () => {
  const copy = "https://social.example/@me/109000000000000001";
  const { loaded } = await outcomeOf({
    "content/posts/a.md": post(`date: 2026-02-02\nsyndication:\n  - ${copy}\n  - https://bsky.app/profile/me.example`),
    "content/posts/b.md": post(`date: 2026-01-01\nsyndication: [https://social.example/users/me/statuses/109000000000000001]`),
  });
  expect(loaded?.notes).toEqual([
    expect.stringMatching(/^content\/posts\/a\.md:\d+: https:\/\/bsky\.app\/profile\/me\.example in `syndication` names no post/),
    expect.stringMatching(/^content\/posts\/b\.md:\d+: .* is a copy of content\/posts\/a\.md already/),
  ]);
  const { hints } = await outcomeOf({
    "content/posts/a.md": post("syndication: [at://did:plc:me/app.bsky.feed.post/3kabc]"),
  });
  expect(hints.join()).toContain("https://bsky.app/profile/did:plc:me/post/3kabc");
});

test("a `url` on the author's own computer gets a note", async () => {
  const files = { "content/site.yaml": "title: T\ntimeZone: UTC\nurl: http://localhost:4321\n", "content/posts/a.md": post() };
  expect((await outcomeOf(files, { mode: "dev", env: { CI: "true" } })).loaded?.notes).toEqual([]);
  expect((await outcomeOf(files)).loaded?.notes).toEqual([expect.stringContaining("which only your own computer")]);
});

test("a `url` that is local or an example gets a note, and fails in CI", async () => {
  for (const url of ["http://blog.local/", "https://example.com/", "https://www.yourdomain.com/"]) {
    const files = { "content/site.yaml": `title: T\ntimeZone: UTC\nurl: ${url}\n`, "content/posts/a.md": post() };
    expect((await outcomeOf(files)).loaded?.notes, url).toEqual([expect.stringContaining("feeds, canonical addresses")]);
    expect((await outcomeOf(files, { env: { CI: "true" } })).errors, url).toEqual([
      expect.stringMatching(/^content\/site\.yaml:3 `url` is an address that .* \(CI is set\)/),
    ]);
  }
});

test.each([
  ["url: https://t.example/blog/index.html", "https://t.example/blog/"],
  ["url: https://t.example/?utm=1#top", "https://t.example/"],
  ["url: htps://t.example/", "https://t.example/"],
  ["url: https://me:secret@t.example//blog/", "https://t.example/blog/"],
  ["timeZone: Kolkata", "Asia/Kolkata"],
  ["timeZone: W. Europe Standard Time", "Europe/Berlin"],
  ["lang: en-UK", "en-GB"],
  ["look: { accent: indigo }", '"#4b0082"'],
  ["look: { accent: rgb(149 55 31) }", '"#95371f"'],
  ["permalinks: pretty", "/:tag/:year/:month/:day/:slug/"],
  ["permalinks: '/{{ .Year }}/[slug]/'", "/:year/:slug/"],
  ["permalinks: /:year/:weekday/:slug/", "/:year/:slug/"],
  ["permalinks: https://t.example/:slug/", "/:slug/"],
])("the setting %s is an error of its own alone, with the form that was meant", async (setting, meant) => {
  const zone = setting.startsWith("timeZone") ? "" : "timeZone: UTC\n";
  const files = (line: string) => ({ "content/site.yaml": `title: T\n${zone}${line}\n`, "content/posts/a.md": post() });
  const { errors, hints } = await outcomeOf(files(setting));
  expect(errors).toHaveLength(1);
  const corrected = (hints[0] ?? "").split("\n").slice(1).join("\n");
  expect(corrected).toContain(meant);
  expect((await outcomeOf(files(corrected))).errors).toEqual([]);
});

test.each([
  ["baseURL", "`url`"],
  ["site_url", "`url`"],
  ["basePath", "part of `url`"],
  ["language-code", "`lang`"],
  ["per_page", "`postsPerPage`"],
  ["socialLinks", "`profiles`"],
  ["subtitle", "`description`"],
  ["showDrafts", "`npm run dev` shows drafts"],
  ["sitemap", "always has it"],
  ["darkMode", "reader's device"],
  ["outDir", "astro.config.mjs"],
  ["disqusShortname", "docs/import/comments.md"],
])("the setting `%s` of another generator says what there is here", async (key, advice) => {
  const { hints } = await outcomeOf({ "content/site.yaml": `title: T\ntimeZone: UTC\n${key}: x\n` });
  expect(hints).toEqual([expect.stringContaining(advice)]);
});

test("a menu can map labels to addresses, and old addresses are read without a slash or with spaces", async () => {
  const menu = "title: T\ntimeZone: UTC\nurl: https://t.example/\nmenu:\n  - Home: /\n  - Posts: /posts/\n";
  const { loaded } = await outcomeOf({ "content/site.yaml": menu, "content/posts/a.md": post() });
  expect(loaded?.blog.settings.menu.map(({ label, url }) => [label, url])).toEqual([["Home", "/"], ["Posts", "/posts/"]]);
  const old = "redirects:\n  old/x: /posts/\n  /b b/: /posts/\noldFeeds: [feed.xml, /a b/feed/]\n";
  const { loaded: moved, errors } = await outcomeOf({ "content/site.yaml": menu + old, "content/posts/a.md": post() });
  expect(errors).toEqual([]);
  expect(moved?.blog.settings.redirects.map(({ from }) => from)).toEqual(["/old/x", "/b%20b/"]);
  expect(moved?.blog.settings.oldFeeds.map(({ path }) => path)).toEqual(["/feed.xml", "/a%20b/feed/"]);
  const many = { "content/site.yaml": `${menu}redirects:\n  /old/*: /posts/\n`, "content/posts/a.md": post() };
  expect((await outcomeOf(many)).hints.join()).toContain("public/_redirects:\n/old/* /posts/ 301");
});

test("no alias becomes a redirect rule that matches other addresses", async () => {
  const { errors, hints } = await outcomeOf({ "content/posts/a.md": post("aliases: [/*, /a*b, /a//b]") });
  expect(errors).toHaveLength(3);
  expect(hints.join("\n")).toMatch(/public\/_redirects.*\n\/\* .*\n\/a\*b .*- \/a\/b/s);
  const { loaded } = await outcomeOf({ "content/posts/a.md": post("aliases: [/wiki/Special:Page, /:any/, /old/]") });
  if (loaded === null) throw new Error("The aliases were refused");
  const { blog } = loaded;
  const urls = siteUrls({ url: "https://t.example/" }, blog.posts);
  expect(aliasesOf(blog, urls).map(({ from }) => from)).toEqual(["/:any/", "/old/", "/wiki/Special:Page"]);
  expect(redirectRules(blog, urls).split("\n").map((line) => line.split(" ")[0])).toEqual(["/old/", "/old", "/old/", "/old", ""]);
});

test("an alias that looks like a feed gets a note with the setting that keeps its subscribers", async () => {
  const { loaded } = await outcomeOf({ "content/posts/a.md": post("aliases: [/feed.xml, /feed/, /index.xml, /old/]") });
  expect(loaded?.notes).toEqual([expect.stringContaining("oldFeeds: [/feed.xml, /feed/, /index.xml]")]);
});

test("a relative link to the page of a text works, wherever the text's file is", async () => {
  const { errors, loaded } = await outcomeOf({
    "content/posts/a.md": post("", "[x](../blog/other-post/#part) and [y](other-post)\n"),
    "content/posts/2024/other-post.md": post("", "## Part\n"),
  });
  expect(errors).toEqual([]);
  expect(loaded?.blog.posts.find(({ slug }) => slug === "a")?.body.links.map(({ url }) => url)).toEqual([
    "/posts/other-post/#part",
    "/posts/other-post/",
  ]);
  const { errors: missing } = await outcomeOf({ "content/posts/a.md": post("", "[x](../blog/other-post/)\n") });
  expect(missing).toHaveLength(1);
});

test("a link with a file path of the old project leads to the only text with that path", async () => {
  const { errors, loaded } = await outcomeOf({
    "content/posts/blog/second.md": post("", "[a](/blog/first.md), [b](blog/third/index.md#part) and [c](@/blog/first.md)\n"),
    "content/posts/blog/first.md": post(),
    "content/posts/blog/third/index.md": post("", "## Part\n"),
  });
  expect(errors).toEqual([]);
  expect(loaded?.blog.posts.find(({ slug }) => slug === "second")?.body.links.map(({ url }) => url)).toEqual([
    "/posts/first/",
    "/posts/third/#part",
    "/posts/first/",
  ]);
  const two = { "content/posts/x/blog/a.md": post(), "content/posts/y/blog/a.md": post("slug: other") };
  const text = { "content/posts/b.md": post("", "[a](/blog/a.md)\n") };
  expect((await outcomeOf({ ...two, ...text })).errors).toEqual([expect.stringContaining("The text /blog/a.md isn't there")]);
});
