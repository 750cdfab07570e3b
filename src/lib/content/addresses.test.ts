import { describe, expect, test } from "vitest";
import { blogFolder, change, post } from "../../../tests/support/blog-folder.ts";
import { outcomeIn, outcomeOf } from "../../../tests/support/load-outcome.ts";
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
  ])("a pattern of another program, %s, gets its form here", async (written, meant) => {
    const files = (pattern: string) => ({ "content/site.yaml": `${SITE}permalinks: "${pattern}"\n` });
    const { hints } = await outcomeOf(files(written));
    expect(hints.join("\n")).toContain(meant);
    expect((await outcomeOf(files(meant))).errors).toEqual([]);
  });

  test("pages get the address of their pattern, links to their files included", async () => {
    const { loaded, errors } = await outcomeOf({
      "content/site.yaml": `${SITE}permalinks: { pages: /p/:slug }\n`,
      "content/posts/a.md": post("", "[about](../pages/about.md) and [me](/p/docs/intro/)\n"),
      "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
      "content/pages/docs/intro.md": "---\ntitle: Intro\n---\nWords.\n",
    });
    expect(errors).toEqual([]);
    const { pages = [], settings = { url: "" } } = loaded?.blog ?? {};
    expect(pages.map(({ slug }) => siteUrls(settings).pagePath(slug))).toEqual(["/p/about/", "/p/docs/intro/"]);
    expect(pages[0]?.aliases).toEqual(["/about/"]);
  });

  test("a page has no date for its pattern, and the corrected pattern works", async () => {
    const files = (pattern: string) => ({ "content/site.yaml": `${SITE}permalinks: { pages: "${pattern}" }\n` });
    const { hints } = await outcomeOf(files("/p/:year/:slug/"));
    expect(hints.join("\n")).toContain("/p/:slug/");
    expect((await outcomeOf(files("/p/:slug/"))).errors).toEqual([]);
  });

  test("two posts that get one address are an error", async () => {
    const { errors } = await outcomeOf({
      "content/site.yaml": `${SITE}permalinks: /:slug/\n`,
      "content/posts/about.md": post(),
      "content/pages/about.md": "---\ntitle: About\n---\n",
    });
    expect(errors).toEqual(["content/pages/about.md: The address of this page is taken: /about/"]);
  });
});

describe("a build names addresses that are gone", () => {
  test("of a renamed post, with the line that brings them back", async () => {
    const root = blogFolder({ "content/posts/before.md": post("", "My own words.\n"), "content/posts/other.md": post() });
    await outcomeIn(root);
    change(root, { "content/posts/before.md": null, "content/posts/after.md": post("title: New", "My own words.\n") });
    const note =
      "The address /posts/before/ of the last build is gone. Add to content/posts/after.md: `aliases: [/posts/before/]` and `id: before`.";
    expect((await outcomeIn(root)).loaded?.notes).toEqual([note]);
    change(root, { "content/posts/after.md": post("title: New\naliases: [/posts/before/]\nid: before", "My own words.\n") });
    expect((await outcomeIn(root)).loaded?.notes).toEqual([]);
  });

  test("of a post that was removed, and of all when the pattern changes", async () => {
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

test("without an address of the blog dev works, a build notes it, and CI fails", async () => {
  const files = { "content/site.yaml": "title: T\ntimeZone: UTC\n", "content/posts/a.md": post() };
  expect((await outcomeOf(files, { mode: "dev", env: { CI: "true" } })).loaded?.notes).toEqual([]);
  expect((await outcomeOf(files)).loaded?.notes).toEqual([expect.stringContaining("has no `url`")]);
  expect((await outcomeOf(files, { env: { CI: "false" } })).errors).toEqual([]);
  const { errors, hints } = await outcomeOf(files, { env: { CI: "true" } });
  expect(errors).toEqual(["content/site.yaml:1 `url` is missing, and this is a build for publishing (CI is set)"]);
  expect(hints[0]).toContain("url: https://me.example/");
});

test("an alias that was the address of a feed is noted, with the setting that keeps its subscribers", async () => {
  const { loaded } = await outcomeOf({ "content/posts/a.md": post("aliases: [/feed.xml, /feed/, /index.xml, /old/]") });
  expect(loaded?.notes).toEqual([expect.stringContaining("oldFeeds: [/feed.xml, /feed/, /index.xml]")]);
});
