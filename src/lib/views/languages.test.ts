/** A blog in several languages: what each has, and how readers get from one to the other. */
import { describe, expect, test } from "vitest";
import { sampleBlog, samplePage, samplePost, sampleSettings } from "../../../tests/fixtures/sample-blog.ts";
import type { Blog, Post } from "../content/model.ts";
import { sitemapEntries, sitemapFiles } from "../site/sitemap.ts";
import { siteUrls } from "../site/urls.ts";
import { plainContext } from "./context.ts";
import type { HomeView } from "./home-view.ts";
import type { ListView } from "./list-view.ts";
import type { MetaView } from "./meta-view.ts";
import type { PostView } from "./post-view.ts";
import { sitePages } from "./site-pages.ts";

const english = (slug: string, own: Partial<Post> = {}) =>
  samplePost(slug, { title: slug, tags: ["fences"], ...own });
const german = (slug: string, own: Partial<Post> = {}) =>
  samplePost(slug, { title: slug, lang: "de", tags: ["zäune"], ...own });

const tied = sampleBlog({
  settings: sampleSettings({
    title: "Fence",
    description: "Notes.",
    navigation: [
      { label: "Everything", url: "/posts/", items: [] },
      { label: "Shelf", url: "/series/", items: [] },
      { label: "Who", url: "/about/", items: [] },
    ],
  }),
  posts: [
    english("newest", { date: "2026-03-03T00:00:00.000Z" }),
    german("hallo", { date: "2026-03-02T00:00:00.000Z", translationOf: "hello" }),
    english("hello", { date: "2026-03-01T00:00:00.000Z" }),
  ],
  pages: [
    { ...samplePage("about", "About"), translations: ["ueber"] },
    { ...samplePage("ueber", "Über uns"), lang: "de" },
    samplePage("imprint", "Imprint"),
  ],
});

function pagesOf(blog: Blog) {
  const pages = sitePages(blog, plainContext(siteUrls(blog.settings)));
  const at = <View>(path: string): View => {
    const found = pages.find((page) => page.path === path);
    if (found === undefined)
      throw new Error(`No page ${path} among ${pages.map((page) => page.path).join(" ")}`);
    return found.view as View;
  };
  return { paths: pages.map(({ path }) => decodeURI(path)), at };
}

function metaOf(blog: Blog, path: string): MetaView {
  return pagesOf(blog).at<{ meta: MetaView }>(path).meta;
}

describe("which languages have a home", () => {
  test("one with a translation", () => {
    expect(pagesOf(tied).paths).toEqual(
      expect.arrayContaining([
        "/",
        "/de/",
        "/de/posts/",
        "/de/tags/zäune/",
        "/de/archive/2026/",
        "/de/search/",
      ]),
    );
  });

  test("one with three posts, but not with two", () => {
    const posts = [english("a"), german("b"), german("c")];
    expect(pagesOf(sampleBlog({ posts })).paths).not.toContain("/de/");
    expect(pagesOf(sampleBlog({ posts: [...posts, german("d")] })).paths).toContain("/de/");
  });

  test("those that site.yaml names, or none beside its own", () => {
    const name = (...languages: string[]) =>
      sampleSettings({ languages: languages.map((lang) => ({ lang, title: null, description: null })) });
    const posts = [english("a"), german("b")];
    expect(pagesOf(sampleBlog({ settings: name("en", "de"), posts })).paths).toContain("/de/");
    expect(pagesOf({ ...tied, settings: name("en") }).paths).not.toContain("/de/");
    expect(pagesOf(sampleBlog({ settings: name("en", "fr"), posts })).paths).not.toContain("/fr/");
  });
});

describe("lists keep to their language", () => {
  test("home, posts and tags", () => {
    const { at, paths } = pagesOf(tied);
    const titles = (path: string) => at<ListView>(path).posts.map(({ title }) => title);
    expect(titles("/posts/")).toEqual(["newest", "hello"]);
    expect(titles("/de/posts/")).toEqual(["hallo"]);
    expect(at<HomeView>("/de/").lead?.title).toBe("hallo");
    expect(paths).not.toContain("/tags/zäune/");
  });

  test("what is in a language without lists stays with the blog's own", () => {
    const posts = [english("a"), german("b")];
    expect(pagesOf(sampleBlog({ posts })).at<ListView>("/posts/").posts).toHaveLength(2);
  });

  test("a post's page leads to the lists of its language, and its neighbors are in it", () => {
    const view = pagesOf(tied).at<PostView>("/posts/hallo/");
    expect(view.site).toMatchObject({ lang: "de", homeHref: "/de/", searchHref: "/de/search/" });
    expect(view.tags).toEqual([{ label: "zäune", href: "/de/tags/z%C3%A4une/" }]);
    expect([view.previous, view.next]).toEqual([null, null]);
    expect(view.site.feeds.map(({ href }) => href)).toContain("/de/atom.xml");
  });

  test("the menu has the lists and pages of the language, and none that it lacks", () => {
    expect(pagesOf(tied).at<HomeView>("/de/").site.navigation).toEqual([
      { label: "Beiträge", href: "/de/posts/" },
      { label: "Über uns", href: "/ueber/" },
    ]);
    expect(pagesOf(tied).at<HomeView>("/de/").site.pages).toEqual([
      { label: "Über uns", href: "/ueber/" },
      { label: "Imprint", href: "/imprint/", lang: "en" },
    ]);
  });
});

describe("the way from one language to another", () => {
  test("is in the head of posts, pages and lists, and comes back", () => {
    const urls = siteUrls(tied.settings);
    const pairs = [
      ["/posts/hello/", "/posts/hallo/"],
      ["/about/", "/ueber/"],
      ["/", "/de/"],
      ["/archive/", "/de/archive/"],
    ] as const;
    for (const [en, de] of pairs) {
      const alternates = metaOf(tied, en).alternates;
      expect(Object.fromEntries(alternates.map(({ lang, href }) => [lang, href]))).toEqual({
        en: urls.absolute(en),
        de: urls.absolute(de),
        "x-default": urls.absolute(en),
      });
      expect(metaOf(tied, de).alternates).toEqual(alternates);
    }
    expect(metaOf(tied, "/posts/newest/").alternates).toEqual([]);
  });

  test("is on the post, in the language's own name", () => {
    const { at } = pagesOf(tied);
    expect(at<PostView>("/posts/hello/").translations).toEqual([
      { name: "Deutsch", lang: "de", dir: "ltr", href: "/posts/hallo/" },
    ]);
    expect(at<PostView>("/posts/hallo/").translations).toMatchObject([
      { name: "English", href: "/posts/hello/" },
    ]);
  });

  test("leads from every page to its version, or to the home of the language", () => {
    const switcher = (path: string) =>
      metaOf(tied, path).languages.map(({ name, href }) => `${name} ${href}`);
    expect(switcher("/posts/hello/")).toEqual(["English /posts/hello/", "Deutsch /posts/hallo/"]);
    expect(switcher("/posts/newest/")).toEqual(["English /", "Deutsch /de/"]);
    expect(switcher("/de/archive/")).toEqual(["English /archive/", "Deutsch /de/archive/"]);
    expect(metaOf(sampleBlog({ posts: [english("a")] }), "/").languages).toEqual([]);
  });

  test("is in the sitemap", async () => {
    const urls = siteUrls(tied.settings);
    const entries = sitemapEntries(["/posts/hello/", "/posts/newest/"], tied, urls);
    const xml = String(await sitemapFiles(entries, urls)[0]?.make());
    expect(xml).toContain('xmlns:xhtml="http://www.w3.org/1999/xhtml"');
    expect(xml.match(/hreflang="[^"]+"/g)).toEqual([
      'hreflang="de"',
      'hreflang="en"',
      'hreflang="x-default"',
    ]);
  });

  test("a copy of a post from elsewhere names no versions", () => {
    const posts = tied.posts.map((post) => ({ ...post, canonical: "https://elsewhere.example/" }));
    expect(metaOf({ ...tied, posts }, "/posts/hello/").alternates).toEqual([]);
  });
});
