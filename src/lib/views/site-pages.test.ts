import { describe, expect, test } from "vitest";
import {
  sampleAuthor,
  sampleBlog,
  samplePage,
  samplePost,
  sampleResponse,
  sampleSeries,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext, sitePages } from "../../../tests/fixtures/sample-views.ts";
import type { Blog, Post } from "../content/model.ts";
import { isListed } from "../site/sitemap.ts";
import { siteUrls } from "../site/urls.ts";

function pagesOf(blog: Blog): ReturnType<typeof sitePages> {
  return sitePages(blog, sampleContext(siteUrls(blog.settings)));
}

function manyPosts(count: number): Post[] {
  return Array.from({ length: count }, (_, at) =>
    samplePost(`post-${count - at}`, {
      date: new Date(Date.UTC(2010, count - at, 3)).toISOString(),
      tags: [at % 2 === 0 ? "listening" : "customers"],
    }),
  );
}

const full = sampleBlog({
  posts: [
    samplePost("newest", { series: "home", tags: ["listening", "feeds"], authors: ["nell", "ines"] }),
    samplePost("oldest", { series: "home", date: "2008-03-17T08:12:00.000Z", tags: ["listening"] }),
  ],
  authors: [sampleAuthor("nell", "Nell Hartigan"), sampleAuthor("ines", "Ines Okafor", { isGuest: true })],
  series: [sampleSeries("home", "Coming home")],
  pages: [samplePage("about", "About")],
  tombstones: [{ slug: "gone", path: "/posts/gone/", title: "Gone", deleted: "2024-05-01", aliases: [] }],
  responses: { oldest: [1, 2, 3].map(() => sampleResponse("Ann Lee")) },
});

describe("the pages of a blog", () => {
  test("pages that are marked as listed without computing the view agree with the view", () => {
    const draft = samplePost("draft", { visibility: "draft" });
    const known = pagesOf({ ...full, posts: [...full.posts, draft] }).filter(
      (page) => page.isListed !== undefined,
    );
    expect(known.map((page) => page.isListed)).toEqual(known.map((page) => isListed(page.view)));
    expect(known.map((page) => page.isListed)).toContain(false);
  });

  test("every kind of page exists, at a unique path", () => {
    const paths = pagesOf(full).map((page) => page.path);
    for (const path of [
      "/",
      "/posts/",
      "/posts/newest/",
      "/posts/gone/",
      "/tags/",
      "/tags/feeds/",
      "/authors/",
      "/authors/ines/",
      "/series/",
      "/series/home/",
      "/archive/",
      "/archive/2008/",
      "/archive/2008/03/",
      "/people/",
      "/people/ann-lee/",
      "/search/",
      "/subscribe/",
      "/about/",
      "/404.html",
    ]) {
      expect(paths).toContain(path);
    }
    expect(new Set(paths).size).toBe(paths.length);
  });

  test("views survive as JSON, and the same blog results in the same bytes", () => {
    const views = (blog: Blog): object[] => pagesOf(blog).map(({ view }) => view);
    const first = views(full);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(JSON.stringify(views(structuredClone(full)))).toBe(JSON.stringify(first));
  });

  test("a blog without posts still has its lists", () => {
    const empty = sampleBlog({ posts: [], authors: [] });
    const paths = pagesOf(empty).map((page) => page.path);
    expect(paths).toEqual(expect.arrayContaining(["/", "/posts/", "/archive/", "/tags/", "/404.html"]));
  });

  test("with a base path, every address of the blog begins with it", () => {
    const settings = sampleSettings({ url: "https://me.example/blog/" });
    for (const page of pagesOf({ ...full, settings })) {
      const hrefs = [...JSON.stringify(page.view).matchAll(/"(?:\w*[hH]ref|newer|older)":"(\/[^"]*)"/g)];
      for (const [, href] of hrefs) expect(href).toMatch(/^\/blog\//);
    }
  });

  test("old posts aren't rendered again when a new one appears", () => {
    const posts = manyPosts(120);
    const before = new Map(
      pagesOf(sampleBlog({ posts: posts.slice(1) })).map((page) => [page.path, JSON.stringify(page.view)]),
    );
    const after = pagesOf(sampleBlog({ posts }));
    const changed = after.filter((page) => before.get(page.path) !== JSON.stringify(page.view));
    const changedPosts = changed.filter((page) => page.route === "posts/[slug]").map((page) => page.path);
    expect(changedPosts).toEqual(["/posts/post-120/", "/posts/post-119/"]);
  });

  test("views of a large blog stay small, since a list contains only the posts of its page", () => {
    const pages = pagesOf(sampleBlog({ posts: manyPosts(500) }));
    for (const page of pages) expect(JSON.stringify(page.view).length, page.path).toBeLessThan(60_000);
  });

  test("a draft is marked in lists", () => {
    const posts = [samplePost("secret", { visibility: "draft" })];
    const home = pagesOf(sampleBlog({ posts }))[0];
    expect(JSON.stringify(home?.view)).toContain('"visibility":"draft"');
  });
});

test("a post with a slug in any script has the route of posts", () => {
  const slug = "栅栏";
  const post = samplePost(slug, { path: `/posts/${encodeURIComponent(slug)}/` });
  const [page] = pagesOf(sampleBlog({ posts: [post] })).filter(({ path }) => path === post.path);
  expect(page).toMatchObject({ route: "posts/[slug]", params: { slug } });
});
