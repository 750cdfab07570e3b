import { expect, test } from "vitest";
import { wholeFile } from "../site/outputs.ts";
import { makeBlog, makePost, makeSettings } from "../../../tests/fixtures/small-blog.ts";
import { markdownCopies } from "./markdown-copies.ts";
import { contextOf } from "../../../tests/support/feed-tools.ts";

const HTML =
  '<h2 id="a">A heading</h2><p>Some <em>words</em> and a <a href="https://x.example/?a=1&amp;b=2">link</a>, 1 &lt; 2.</p>' +
  '<ul><li>one</li><li>two</li></ul><pre><code class="language-js">a();\n</code></pre>' +
  "<table><thead><tr><th>k</th></tr></thead><tbody><tr><td>v</td></tr></tbody></table>" +
  '<figure><img src="https://x.example/p.png" alt="A fence"><figcaption>By Ada</figcaption></figure>';

test("a post's Markdown copy has its full text and its URL", async () => {
  const post = makePost({ title: 'Is it "so"? #1', question: "And you?" });
  const blog = makeBlog({ settings: makeSettings({ markdownCopies: true }), posts: [post] });
  const [file] = markdownCopies(blog, contextOf(blog, { bodyHtml: () => HTML }));
  expect(file?.path).toBe("/posts/hello/index.md");
  expect(String(wholeFile((await file?.make()) ?? ""))).toMatchInlineSnapshot(`
    "---
    title: 'Is it "so"? #1'
    url: https://fence.example/posts/hello/
    date: 2024-05-01T08:00:00.000Z
    authors:
      - Nell Harrow
    tags:
      - listening
    lang: en
    ---

    # Is it "so"? #1

    ## A heading

    Some *words* and a [link](https://x.example/?a=1\\&b=2), 1 < 2.

    - one
    - two

    \`\`\`js
    a();
    \`\`\`

    | k |
    | - |
    | v |

    ![A fence](https://x.example/p.png)

    By Ada

    **And you?**
    "
  `);
});

test("drafts have no copy, and copies are off by default", () => {
  const draft = makePost({ slug: "draft", visibility: "draft" });
  const settings = makeSettings({ markdownCopies: true });
  const blog = makeBlog({ settings, posts: [makePost(), draft] });
  expect(markdownCopies(blog, contextOf(blog)).map(({ path }) => path)).toEqual(["/posts/hello/index.md"]);
  expect(markdownCopies(makeBlog(), contextOf(makeBlog()))).toEqual([]);
});
