import { expect, test } from "vitest";
import { typeset } from "../markdown/typography.ts";
import * as fc from "fast-check";
import { blogFolder, change, load } from "../../../tests/support/blog-folder.ts";
import { AuthorError } from "../author-error.ts";
import { newPost } from "./new-post.ts";
import type { NewPostOptions } from "./new-post.ts";

const options: NewPostOptions = {
  title: "Over the fence",
  isFolder: false,
  isDraft: true,
  lang: null,
  author: null,
  now: new Date("2026-05-01T08:00:00Z"),
  timeZone: "Europe/Berlin",
  authors: ["nell"],
  posts: [],
};

function messageOf(change: Partial<NewPostOptions>): string {
  try {
    return newPost({ ...options, ...change }).file;
  } catch (error) {
    if (error instanceof AuthorError) return error.message;
    throw error;
  }
}

test("an author begins with a file that says what may go into it", () => {
  expect(newPost({ ...options, title: 'Fences: "a history"', lang: "de" })).toEqual({
    file: "posts/fences-a-history.mdx",
    text: `---
title: 'Fences: "a history"'
# description: One or two sentences for lists, feeds and search engines.
date: 2026-05-01T10:00:00+02:00
authors: [nell]
tags: []
lang: de
draft: true # remove this line to publish
---

Begin here.
`,
  });
});

test("whatever the title, the post can be built at once", { timeout: 60_000 }, async () => {
  const titles = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({ minLength: 1 }),
    fc.constantFrom(
      "#1",
      "- x",
      "true",
      "2026",
      "日本の垣根",
      "null",
      "_",
      "__init__",
      "C:\\x",
      "{a}",
      "a: b #c",
    ),
  );
  await fc.assert(
    fc.asyncProperty(titles, fc.boolean(), async (title, isFolder) => {
      fc.pre(title.trim() !== "");
      const root = blogFolder();
      const { file, text } = newPost({ ...options, title, isFolder, isDraft: false });
      change(root, { [`content/${file}`]: text });
      const { blog } = await load(root);
      expect(blog.posts.map((post) => post.title)).toEqual([typeset(title.trim(), "en")]);
    }),
    { numRuns: 40 },
  );
});

test("a post that is there isn't overwritten, in whichever form it lies there", () => {
  const posts = [{ name: "Over-the-fence", file: "content/posts/Over-the-fence/index.mdx" }];
  expect(messageOf({ posts })).toMatchInlineSnapshot(`
    "content/posts/over-the-fence.mdx
      There is such a post already
        It's content/posts/Over-the-fence/index.mdx. Take another title, or write on there.

    1 mistake to mend."
  `);
});

test("a long title gives an address that survives being mailed", () => {
  expect(messageOf({ title: "word ".repeat(60) })).toBe(`posts/${"word-".repeat(20).slice(0, -1)}.mdx`);
  expect(Buffer.byteLength(messageOf({ title: "語".repeat(90) }))).toBeLessThan(120);
});

test("a mistyped author or language, or no title, is refused", () => {
  expect(messageOf({ author: "nel" })).toMatchInlineSnapshot(`
    "content/posts/over-the-fence.mdx
      There is no author \`nel\`
        Did you mean nell?

    1 mistake to mend."
  `);
  expect(messageOf({ lang: "german!" })).toMatchInlineSnapshot(`
    "content/posts/over-the-fence.mdx
      \`german!\` is no language tag (BCP 47)
        For example: --lang de

    1 mistake to mend."
  `);
  expect(messageOf({ title: " " })).toMatchInlineSnapshot(`
    "content/posts/u20.mdx
      A post needs a title
        npm run new -- "Over the fence"

    1 mistake to mend."
  `);
});

test("in a blog without authors none is named", () => {
  expect(newPost({ ...options, authors: [] }).text).not.toContain("authors");
});
