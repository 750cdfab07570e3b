import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { encodePath, outputFile, siteUrls } from "./urls.ts";
import { slugOf, tagSlug } from "./slug.ts";

const root = siteUrls({ url: "https://me.example/" });
const below = siteUrls({ url: "https://me.example/blog/" });

describe("addresses of a site", () => {
  test("links include the base path", () => {
    expect(below.base).toBe("/blog/");
    expect(below.path("/")).toBe("/blog/");
    expect(below.path("/posts/x/")).toBe("/blog/posts/x/");
    expect(below.path("/search/?q=a b#top")).toBe("/blog/search/?q=a%20b#top");
    expect(below.absolute(below.postPath("hello"))).toBe("https://me.example/blog/posts/hello/");
    expect(root.path("/rss.xml")).toBe("/rss.xml");
    expect(siteUrls({ url: "https://me.example/blog" }).base).toBe("/blog/");
  });

  test("the addresses of all kinds of pages are stable", () => {
    expect([
      root.postsPath(),
      root.postsPath(2),
      root.responsesPath("hello", 2),
      root.tagPath("Word of mouth"),
      root.tagPath("privacy", 3),
      root.authorPath("nell"),
      root.seriesPath("coming-home"),
      root.archivePath(),
      root.archivePath(2011),
      root.archivePath(2011, 3),
      root.personPath("ann-example"),
      root.pagePath("about"),
      root.pagePath("about/colophon"),
    ]).toEqual([
      "/posts/",
      "/posts/page/2/",
      "/posts/hello/responses/2/",
      "/tags/word-of-mouth/",
      "/tags/privacy/page/3/",
      "/authors/nell/",
      "/series/coming-home/",
      "/archive/",
      "/archive/2011/",
      "/archive/2011/03/",
      "/people/ann-example/",
      "/about/",
      "/about/colophon/",
    ]);
  });

  test("the addresses of feeds are stable", () => {
    expect(root.feedPath("rss")).toBe("/rss.xml");
    expect(root.feedPath("json", root.tagPath("feeds"))).toBe("/tags/feeds/feed.json");
    expect(root.feedPath("atom", "/", 2)).toBe("/atom-2.xml");
    expect(root.responsesFeedPath()).toBe("/responses.xml");
    expect(root.responsesFeedPath("hello")).toBe("/posts/hello/responses.xml");
  });

  test("a slug in any script is percent-encoded in links and raw on disk", () => {
    const path = root.postPath("привет-мир");
    expect(path).toBe("/posts/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82-%D0%BC%D0%B8%D1%80/");
    expect(below.path(path)).toBe(`/blog${path}`);
    expect(below.path("/posts/привет-мир/")).toBe(`/blog${path}`);
    expect(outputFile(path)).toBe("posts/привет-мир/index.html");
    expect(outputFile("/posts/привет-мир/")).toBe("posts/привет-мир/index.html");
  });

  test("every site path has one file name on disk", () => {
    expect(outputFile("/")).toBe("index.html");
    expect(outputFile("/404.html")).toBe("404.html");
    expect(outputFile("/2008/03/a-post.html")).toBe("2008/03/a-post.html");
    expect(outputFile("/2008/03/a-post")).toBe("2008/03/a-post/index.html");
    expect(outputFile("/posts/a/?x=1#y")).toBe("posts/a/index.html");
  });

  test("no path leads outside the output folder", () => {
    for (const path of ["/../x", "/a/../../x", "/%2e%2e/x", "//x/", "/a//b/", "/a\\b/", "/%E9/", "x", ""]) {
      expect(() => outputFile(path), path).toThrow(RangeError);
    }
  });

  test("absolute links to this site are recognized with http and https, links to other sites aren't", () => {
    expect(below.sitePathOf("https://me.example/blog/posts/x/?a=1#b")).toBe("/posts/x/?a=1#b");
    expect(below.sitePathOf("http://me.example/blog")).toBe("/");
    expect(below.sitePathOf("https://me.example/other/")).toBeNull();
    expect(below.sitePathOf("https://me.example/blogs/")).toBeNull();
    expect(below.sitePathOf("https://you.example/blog/")).toBeNull();
    expect(below.sitePathOf("/posts/x/")).toBeNull();
  });

  test("any text as a slug gives a well-formed address with one file", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const slug = slugOf(text);
        const path = root.postPath(slug);
        expect(slug).not.toBe("");
        expect(encodePath(path)).toBe(path);
        expect(new URL(root.absolute(path)).pathname).toBe(path);
        expect(outputFile(path)).toBe(`posts/${slug}/index.html`);
        expect(slugOf(slug)).toBe(slug);
        expect(tagSlug(tagSlug(text))).toBe(tagSlug(text));
      }),
    );
  });
});

describe("slugs", () => {
  test("tags have distinct slugs in any language", () => {
    expect(
      [
        "Word of  mouth",
        "Café",
        "CAFE\u0301",
        "C++",
        "C#",
        "Gespräche",
        "友達",
        "صداقة",
        "R&D",
        "don't",
        "🎉",
        "!?",
      ].map(tagSlug),
    ).toEqual([
      "word-of-mouth",
      "café",
      "café",
      "c-plus-plus",
      "c-sharp",
      "gespräche",
      "友達",
      "صداقة",
      "r-d",
      "dont",
      "🎉",
      "u21-u3f",
    ]);
  });
});
