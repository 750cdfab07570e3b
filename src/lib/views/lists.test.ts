import { describe, expect, test } from "vitest";
import {
  sampleBlog,
  samplePost,
  sampleResponse,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext } from "../../../tests/fixtures/sample-views.ts";
import { siteUrls } from "../site/urls.ts";
import { indexBlog } from "./blog-index.ts";
import { beginningOf, homeView } from "./home-view.ts";
import { pagerView, paginate } from "./list-view.ts";
import { siteView } from "./site-view.ts";

describe("lists", () => {
  test("the pager links only to the neighboring, first and last pages", () => {
    const pager = pagerView(5, 9, (page) => `/${page}`);
    expect([pager.newer, pager.older]).toEqual(["/4", "/6"]);
    expect(pager.jumps.map((jump) => jump?.page ?? "…")).toEqual([1, "…", 4, 5, 6, "…", 9]);
    expect(pagerView(1, 1, String)).toMatchObject({ newer: null, older: null });
  });

  test("every post is on exactly one page, and an empty list has one", () => {
    const items = Array.from({ length: 41 }, (_, at) => at);
    expect(paginate(items, 20).map((page) => page.length)).toEqual([20, 20, 1]);
    expect(paginate([], 20)).toEqual([[]]);
  });

  test("months are in the site's zone, not in the machine's zone or UTC", () => {
    const posts = [samplePost("late", { date: "2011-12-31T23:30:00.000Z" })];
    const berlin = sampleBlog({ posts });
    const utc = sampleBlog({ posts, settings: sampleSettings({ timeZone: null }) });
    const monthsOf = (blog: typeof berlin) => indexBlog(blog, siteUrls(blog.settings)).months[0];
    expect(monthsOf(berlin)).toMatchObject({ year: 2012, month: 1 });
    expect(monthsOf(utc)).toMatchObject({ year: 2011, month: 12 });
  });

  test("tags that differ only in case are one", () => {
    const posts = [samplePost("a", { tags: ["Feeds"] }), samplePost("b", { tags: ["feeds"] })];
    const blog = sampleBlog({ posts });
    expect(indexBlog(blog, siteUrls(blog.settings)).tags).toMatchObject([{ slug: "feeds", label: "Feeds" }]);
  });
});

describe("the home page", () => {
  const posts = ["a", "b", "c"].map((slug) => samplePost(slug));
  const front = (responses: Parameters<typeof sampleBlog>[0]) => {
    const blog = sampleBlog({ posts, ...responses });
    const context = sampleContext(siteUrls(blog.settings));
    return homeView({ blog, context }, indexBlog(blog, context.urls), siteView({ blog, context }));
  };

  test("isn't filled by one person or one post", () => {
    const view = front({
      responses: {
        a: [
          ...Array.from({ length: 9 }, () => sampleResponse("Ann")),
          sampleResponse("Bo"),
          sampleResponse("Cy"),
        ],
        b: [sampleResponse("Dee")],
      },
    });
    expect(view.talk.map((one) => one.author.name).toSorted()).toEqual(["Bo", "Cy", "Dee"]);
  });

  test("shows only approved responses that aren't private", () => {
    const view = front({
      responses: {
        a: [
          sampleResponse("Spam", { status: "spam" }),
          sampleResponse("Held", { status: "pending" }),
          sampleResponse("Secret", { "wm-private": true }),
        ],
      },
    });
    expect(view.talk).toEqual([]);
    expect(view.lead?.responses).toBe(0);
  });

  test("counts only responses with words, not likes", () => {
    const view = front({ responses: { a: [sampleResponse("Ann", { "wm-property": "like-of" })] } });
    expect(view.lead?.responses).toBe(0);
    expect(view.talk).toEqual([]);
  });
});

test("excerpts end between words", () => {
  expect(beginningOf("one two three four", 11)).toBe("one two …");
  expect(beginningOf("short", 11)).toBe("short");
  expect(beginningOf("x".repeat(30), 11).length).toBeLessThan(14);
});
