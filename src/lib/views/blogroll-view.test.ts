import { expect, test } from "vitest";
import { sampleBlog, sampleSettings } from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext, sitePages } from "../../../tests/fixtures/sample-views.ts";
import { blogrollSchema } from "../site/blogroll.ts";
import { siteUrls } from "../site/urls.ts";
import { blogrollView } from "./blogroll-view.ts";
import { siteView } from "./site-view.ts";

const settings = sampleSettings();
const blog = sampleBlog({ settings });
const plain = sampleContext(siteUrls(settings));
const blogroll = blogrollSchema.parse({
  blogs: [
    {
      title: "Over the hedge",
      url: "https://hedge.example/",
      feed: "https://hedge.example/feed.xml",
      group: "Gardens",
    },
    { title: "The shop", url: "https://shop.example/" },
    { title: "Moss", url: "https://moss.example/", group: "Gardens", description: "Slow." },
  ],
});
const context = { ...plain, blogroll };

test("the blogroll page shows blogs by group with their feeds, and the list for feed readers", () => {
  const view = blogrollView({ blog, context }, siteView({ blog, context }), blogroll);
  expect(view.title).toBe("Blogroll");
  expect(view.groups.map(({ title, blogs }) => [title, ...blogs.map((one) => one.title)])).toEqual([
    ["Gardens", "Over the hedge", "Moss"],
    ["", "The shop"],
  ]);
  expect(view.groups[0]?.blogs[0]?.feed).toBe("https://hedge.example/feed.xml");
  expect(view.opml).toBe("/blogroll.opml");
});

test("the footer and the head link to the blogroll, in the language of the page", () => {
  const german = siteView({ blog, context }, "de");
  expect(german.rooms).toContainEqual({ label: "Blogroll", href: "/blogroll/" });
  expect(german.blogroll).toBe("/blogroll.opml");
  expect(sitePages(blog, context).some(({ path }) => path === "/blogroll/")).toBe(true);
});

test("a blog without a blogroll has no page for it and no links to it", () => {
  const site = siteView({ blog, context: plain });
  expect(site.blogroll).toBeNull();
  expect(site.rooms.some(({ href }) => href.includes("blogroll"))).toBe(false);
  expect(sitePages(blog, plain).some(({ path }) => path === "/blogroll/")).toBe(false);
});
