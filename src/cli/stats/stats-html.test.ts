import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import {
  sampleBlog,
  samplePost,
  sampleResponse,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { figuresOf, moreFiguresOf } from "./figures.ts";
import { statsHtml } from "./stats-html.ts";

const blog = sampleBlog({
  settings: sampleSettings({ title: "Salt & <pepper>" }),
  posts: [
    samplePost("new", { date: "2026-03-01T08:00:00.000Z", title: "A <b>new</b> one", tags: ["fences"] }),
    samplePost("old", { date: "2008-03-17T08:12:00.000Z", tags: ["fences", "history"] }),
  ],
  responses: { new: [sampleResponse("Ann"), sampleResponse("Bo")], old: [sampleResponse("Cy")] },
});

test("the page has every figure, names escaped, and says nothing but what is in the blog", () => {
  const html = statsHtml(blog.settings.title, "2026-11-30", moreFiguresOf(blog));
  expect(html).toContain("<strong>2</strong> posts");
  expect(html).toContain("<strong>3</strong> responses");
  expect(html).toContain("Salt &amp; &lt;pepper&gt; in figures");
  expect(html).toContain('<th scope="row">A &lt;b&gt;new&lt;/b&gt; one</th>');
  expect(html).toContain("2008: 1 post,");
  expect(html).toMatch(/<th scope="row">fences<\/th>.*<td>2<\/td>/);
});

test("the page needs no script and nothing from elsewhere, and has a dark theme", async () => {
  const html = statsHtml("T", "2026-11-30", moreFiguresOf(blog));
  expect(html).not.toMatch(/<script|<link|https?:\/\/|url\(/);
  expect(html).toContain("color-scheme: light dark");
  const checker = new HtmlValidate({
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: { "void-style": "off", "long-title": "off" },
  });
  const report = await checker.validateString(html);
  expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
});

test("a blog without a post has a page, too", () => {
  const empty = sampleBlog({ posts: [] });
  expect(statsHtml("T", "2026-11-30", moreFiguresOf(empty))).toContain("No published posts.");
  expect(figuresOf(empty).posts).toBe(0);
});
