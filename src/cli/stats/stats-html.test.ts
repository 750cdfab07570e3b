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

test("the page shows all figures, and escapes names", () => {
  const html = statsHtml(blog.settings.title, "2026-11-30", moreFiguresOf(blog));
  expect(html).toContain("<strong>2</strong> posts");
  expect(html).toContain("<strong>3</strong> responses");
  expect(html).toContain("Salt &amp; &lt;pepper&gt; in figures");
  expect(html).toContain('<th scope="row">A &lt;b&gt;new&lt;/b&gt; one</th>');
  expect(html).toContain("2008: 1 post,");
  expect(html).toMatch(/<th scope="row">fences<\/th>.*<td>2<\/td>/);
});

test("numeric names are sorted by count, and posts with the same title are listed separately", () => {
  const two = sampleBlog({
    posts: [
      samplePost("a", { title: "1984", tags: ["reading", "1984"] }),
      samplePost("b", { title: "Notes", tags: ["reading"] }),
      samplePost("c", { title: "Notes", tags: [] }),
    ],
    responses: {
      a: [sampleResponse("Ann")],
      b: ["Bo", "Cy"].map((name) => sampleResponse(name)),
      c: [sampleResponse("Di")],
    },
  });
  const { tags, mostDiscussed } = moreFiguresOf(two);
  expect(tags).toEqual([
    ["reading", 2],
    ["1984", 1],
  ]);
  expect(mostDiscussed).toEqual([
    ["Notes", 2],
    ["1984", 1],
    ["Notes", 1],
  ]);
});

test("the page is valid HTML without scripts or external resources, and has a dark theme", async () => {
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

test("a blog without posts also has a page", () => {
  const empty = sampleBlog({ posts: [] });
  expect(statsHtml("T", "2026-11-30", moreFiguresOf(empty))).toContain("No published posts.");
  expect(figuresOf(empty).posts).toBe(0);
});
