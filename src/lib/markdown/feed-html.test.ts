import { beforeAll, describe, expect, test } from "vitest";
import { feedHtml } from "./feed-html.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

const absolute = (url: string): string => new URL(url, "https://blog.example/blog/posts/hello/").href;
const feed = async (text: string): Promise<string> =>
  feedHtml(await blog.html(text, { base: "/blog/" }), { absolute }).replaceAll(
    /\.[0-9a-f]{8}(?=\.)/g,
    ".HASH",
  );

describe("a feed reader gets", () => {
  test("headings without anchor links, and absolute addresses", async () => {
    expect(await feed("## Head\n\n[a](/posts/a/) [b](#head) [c](https://c.example/?x=1&y=2)")).toBe(
      '<h2>Head</h2>\n<p><a href="https://blog.example/blog/posts/a/">a</a> ' +
        '<a href="https://blog.example/blog/posts/hello/#head">b</a> <a href="https://c.example/?x=1&#x26;y=2">c</a></p>',
    );
  });

  test("full-size pictures, with caption and credit", async () => {
    expect(await feed('<Figure src="./fence.svg" alt="A fence" caption="Here" credit="Nell" />')).toBe(
      '<figure><img src="https://blog.example/blog/pictures/fence.HASH.svg" alt="A fence" width="400" height="300" />' +
        "<figcaption>Here Nell</figcaption></figure>",
    );
  });

  test("one plain image instead of several formats and sizes", () => {
    expect(
      feedHtml(
        '<picture><source type="image/avif" srcset="/a.avif 1w"><img src="/a.jpg" alt="x" class="tint-3" loading="lazy"></picture>',
        { absolute },
      ),
    ).toBe('<img src="https://blog.example/a.jpg" alt="x" />');
  });

  test("the numbers of a survey", async () => {
    const html = await feed('<Survey question="Where?">\n\n- Here: 96\n\n</Survey>');
    expect(html).toContain('<tr><th scope="row">Here</th><td>96%</td></tr>');
    expect(html).not.toContain("svg");
  });

  test("a video as poster and link, with its transcript expanded", async () => {
    expect(
      await feed(
        '<Video title="A talk" src="https://vimeo.com/12" poster="./fence.svg">\n\nHello.\n\n</Video>',
      ),
    ).toBe(
      '<figure><a href="https://vimeo.com/12"><img src="https://blog.example/blog/pictures/fence.HASH.svg" alt="" width="400" ' +
        'height="300" />Play video: A talk</a><p><strong>Transcript</strong></p><p>Hello.</p><figcaption>A talk ' +
        "<small>Loads from Vimeo when you press play.</small></figcaption></figure>",
    );
  });

  test("footnotes with links to the page, tasks as symbols, code without highlighting, no pull quotes", async () => {
    const html = await feed(
      "a[^1]\n\n- [x] done\n- [ ] open\n\n```js\nlet a;\n```\n\n<Quote pull>Again.</Quote>\n\n[^1]: b",
    );
    expect(html).toContain('<sup><a href="https://blog.example/blog/posts/hello/#fn-1">1</a></sup>');
    expect(html).toContain("<li>☑ done</li>\n<li>☐ open</li>");
    expect(html).toContain('<pre dir="ltr"><code>let a;\n</code></pre>');
    expect(html).not.toContain("Again.");
  });

  test("no scripts, styles, buttons, classes, data attributes, event handlers or iframes", () => {
    const html = feedHtml(
      '<script>x()</script><style>a{}</style><template>t</template><!-- c --><button>b</button><x-y data-a="b"><p class="c" ' +
        'style="color:red" onclick="x()" tabindex="0" id="d" aria-label="e">f</p></x-y><iframe src="/g/" title="h"></iframe>' +
        '<p data-astro-cid-x="">i\u0001</p><video controls src="/j.mp4" poster="/k.jpg"><source src="/l.webm"></video>',
      { absolute },
    );
    expect(html).toBe(
      '<p>f</p><p><a href="https://blog.example/g/">h</a></p><p>i</p>' +
        '<video controls src="https://blog.example/j.mp4" poster="https://blog.example/k.jpg">' +
        '<source src="https://blog.example/l.webm" /></video>',
    );
  });

  test("text in any language and direction, unchanged", async () => {
    expect(await feed('日本語 👩‍👩‍👧 <span lang="ar" dir="rtl">مرحبا</span> & <bdi>x</bdi>')).toBe(
      '<p>日本語 👩‍👩‍👧 <span lang="ar" dir="rtl">مرحبا</span> &#x26; <bdi>x</bdi></p>',
    );
  });
});
