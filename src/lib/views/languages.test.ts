/** A blog in several languages: the pages of each language, and the links between them. */
import { describe, expect, test } from "vitest";
import { sampleBlog, samplePage, samplePost, sampleSettings } from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext, sitePages } from "../../../tests/fixtures/sample-views.ts";
import { languageSites } from "../content/language-sites.ts";
import type { Blog, Post } from "../content/model.ts";
import { contentPolicy } from "../site/content-policy.ts";
import { movedTagFeeds, movedTags } from "../site/moved-tags.ts";
import { redirectFiles } from "../site/redirects.ts";
import { bareLanguage } from "../site/settings-fields/languages.ts";
import { sitemapEntries, sitemapFiles } from "../site/sitemap.ts";
import { siteUrls } from "../site/urls.ts";
import type { HomeView } from "./home-view.ts";
import type { ListView } from "./list-view.ts";
import type { MetaView } from "./meta-view.ts";
import type { PostView } from "./post-view.ts";

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
  const pages = sitePages(blog, sampleContext(siteUrls(blog.settings)));
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

describe("languages with a home page", () => {
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

  test("those listed in site.yaml and having posts, or only the blog's own", () => {
    const name = (...languages: string[]) => sampleSettings({ languages: languages.map(bareLanguage) });
    const posts = [english("a"), german("b")];
    expect(pagesOf(sampleBlog({ settings: name("en", "de"), posts })).paths).toContain("/de/");
    expect(pagesOf({ ...tied, settings: name("en") }).paths).not.toContain("/de/");
    expect(pagesOf(sampleBlog({ settings: name("en", "fr"), posts })).paths).not.toContain("/fr/");
  });
});

describe("lists contain only posts in their language", () => {
  test("home, posts and tags", () => {
    const { at, paths } = pagesOf(tied);
    const titles = (path: string) => at<ListView>(path).posts.map(({ title }) => title);
    expect(titles("/posts/")).toEqual(["newest", "hello"]);
    expect(titles("/de/posts/")).toEqual(["hallo"]);
    expect(at<HomeView>("/de/").lead?.title).toBe("hallo");
    expect(paths).not.toContain("/tags/zäune/");
  });

  test("posts in a language without lists are listed in the blog's own", () => {
    const posts = [english("a"), german("b")];
    expect(pagesOf(sampleBlog({ posts })).at<ListView>("/posts/").posts).toHaveLength(2);
  });

  test("a post's page links to lists and neighbors in its language", () => {
    const view = pagesOf(tied).at<PostView>("/posts/hallo/");
    expect(view.site).toMatchObject({ lang: "de", homeHref: "/de/", searchHref: "/de/search/" });
    expect(view.tags).toEqual([{ label: "zäune", href: "/de/tags/z%C3%A4une/" }]);
    expect([view.previous, view.next]).toEqual([null, null]);
    expect(view.site.feeds.map(({ href }) => href)).toContain("/de/atom.xml");
  });

  test("the menu has only lists and pages that exist in the language", () => {
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

describe("settings for a language in site.yaml", () => {
  const settings = sampleSettings({
    ...tied.settings,
    look: {
      ...tied.settings.look,
      footer: { text: "Printed by hand.", links: [{ label: "Imprint", url: "/imprint/" }] },
    },
    newsletter: { provider: "buttondown", id: "me", action: null, title: "Letters", text: "One a month." },
    languages: [
      bareLanguage("en"),
      {
        ...bareLanguage("de"),
        menu: [{ label: "Alles", url: "/de/posts/", items: [{ label: "Über uns", url: "/ueber/" }] }],
        footer: { text: "Von Hand gedruckt.", links: [{ label: "Impressum", url: "/ueber/" }] },
        newsletter: { id: "ich", action: null, title: "Briefe", text: "Einer im Monat." },
      },
    ],
  });
  const { at } = pagesOf({ ...tied, settings });

  test("apply only to pages in that language, and aren't marked as another language", () => {
    const { site: german } = at<HomeView>("/de/");
    expect(german.navigation).toEqual([
      { label: "Alles", href: "/de/posts/", items: [{ label: "Über uns", href: "/ueber/" }] },
    ]);
    expect(german.footer).toEqual({
      text: "Von Hand gedruckt.",
      lang: null,
      links: [{ label: "Impressum", href: "/ueber/" }],
    });
    expect(german.newsletter).toMatchObject({ title: "Briefe", text: "Einer im Monat.", lang: null });
    expect(german.newsletter?.form.action).toMatch(/\/ich$/);
    const { site: english } = at<HomeView>("/");
    expect(english.footer.text).toBe("Printed by hand.");
    expect(english.newsletter?.form.action).toMatch(/\/me$/);
    expect(english.navigation[0]?.label).toBe("Everything");
    expect(at<PostView>("/posts/hallo/").site.footer.text).toBe("Von Hand gedruckt.");
  });

  test("fall back to the blog's, marked with the blog's language", () => {
    const blog = { ...tied, settings: { ...settings, languages: [] } };
    const { site } = pagesOf(blog).at<HomeView>("/de/");
    expect(site.footer).toMatchObject({ text: "Printed by hand.", lang: "en" });
    expect(site.newsletter).toMatchObject({ title: "Letters", lang: "en" });
  });

  test("allow the newsletter's host in the content security policy", () => {
    const [en = bareLanguage("en"), de = bareLanguage("de")] = settings.languages;
    const own = { id: null, action: "https://briefe.example/an", title: null, text: "" };
    const policy = contentPolicy({ ...settings, languages: [en, { ...de, newsletter: own }] });
    const forms = policy.directives.find((one) => one.startsWith("form-action")) ?? "";
    expect(forms).toMatch(/ https:\/\/buttondown\.com https:\/\/briefe\.example$/);
  });
});

describe("a tag that only posts in another language have", () => {
  const urls = siteUrls(tied.settings);

  test("redirects from its old address, as do its feeds", async () => {
    const sites = languageSites(tied, urls);
    const moved = { pages: movedTags(sites), feeds: movedTagFeeds(sites) };
    const files = redirectFiles(tied, urls, moved);
    const rules = String(await files.find(({ path }) => path === "/_redirects")?.make());
    expect(rules).toContain("/tags/z%C3%A4une/ /de/tags/z%C3%A4une/ 301\n");
    expect(rules).toContain("/tags/z%C3%A4une/atom.xml /de/tags/z%C3%A4une/atom.xml 301\n");
    expect(rules).not.toContain("/tags/fences/");
    expect(files.map(({ path }) => path)).toContain("/tags/z%C3%A4une/");
  });

  test("isn't redirected if a post in the blog's own language has it, too, or the author redirects it elsewhere", () => {
    const posts = [...tied.posts, english("both", { tags: ["zäune"] })];
    expect(movedTags(languageSites({ ...tied, posts }, urls))).toEqual([]);
    const redirects = [{ from: "/tags/zäune/", to: "/about/" }];
    const blog = { ...tied, settings: { ...tied.settings, redirects } };
    const sites = languageSites(blog, urls);
    const files = redirectFiles(blog, urls, { pages: movedTags(sites), feeds: [] });
    expect(files.filter(({ path }) => path === "/tags/z%C3%A4une/")).toHaveLength(1);
  });
});

describe("links between languages", () => {
  test("are in the head of posts, pages and lists, in both directions", () => {
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

  test("are on the post, with the language's own name", () => {
    const { at } = pagesOf(tied);
    expect(at<PostView>("/posts/hello/").translations).toEqual([
      { name: "Deutsch", lang: "de", dir: "ltr", href: "/posts/hallo/" },
    ]);
    expect(at<PostView>("/posts/hallo/").translations).toMatchObject([
      { name: "English", href: "/posts/hello/" },
    ]);
  });

  test("lead from every page to its version, or to the home page of the language", () => {
    const switcher = (path: string) =>
      metaOf(tied, path).languages.map(({ name, href }) => `${name} ${href}`);
    expect(switcher("/posts/hello/")).toEqual(["English /posts/hello/", "Deutsch /posts/hallo/"]);
    expect(switcher("/posts/newest/")).toEqual(["English /", "Deutsch /de/"]);
    expect(switcher("/de/archive/")).toEqual(["English /archive/", "Deutsch /de/archive/"]);
    expect(metaOf(sampleBlog({ posts: [english("a")] }), "/").languages).toEqual([]);
  });

  test("are in the sitemap", async () => {
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

  test("aren't in the head of a post with its original elsewhere", () => {
    const posts = tied.posts.map((post) => ({ ...post, canonical: "https://elsewhere.example/" }));
    expect(metaOf({ ...tied, posts }, "/posts/hello/").alternates).toEqual([]);
  });
});
