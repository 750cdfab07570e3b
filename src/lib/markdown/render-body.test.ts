import { beforeAll, describe, expect, test } from "vitest";
import { htmlOf } from "./render-tree.ts";
import { createPictures } from "../images/image-resolver.ts";
import { readBody, writeBody } from "./body-file.ts";
import { renderBody } from "./render-body.ts";
import { DRAWING } from "../../../tests/fixtures/drawing.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

const WIDE = '<Figure src="./fence.svg" alt="x" wide />';
const range = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index + 1)).join("");

describe("headings", () => {
  test("every section has a unique id, in any script", async () => {
    const { headings, html } = await blog.render(
      "## Why *fences*?\n\n## 日本語の見出し\n\n### لماذا؟\n\n## 😀\n\n## Why fences?\n\n## Responses",
    );
    expect(headings).toEqual([
      { depth: 2, id: "why-fences", text: "Why fences?" },
      { depth: 2, id: "日本語の見出し", text: "日本語の見出し" },
      { depth: 3, id: "لماذا", text: "لماذا؟" },
      { depth: 2, id: "section", text: "😀" },
      { depth: 2, id: "why-fences-1", text: "Why fences?" },
      { depth: 2, id: "responses-1", text: "Responses" },
    ]);
    expect(html).toContain(
      '<header class="section-head"><h2 class="body-head" id="why-fences">Why <em>fences</em>?</h2>' +
        '<a class="anchor" href="#why-fences" aria-label="Link to “Why fences?”"></a></header>',
    );
  });

  test("the table of contents has only sections, not headings inside block quotes and footnotes", async () => {
    const { headings } = await blog.render(
      "## One\n\n> ## Quoted\n\n<Aside>\n\n### Beside\n\n</Aside>\n\ntext[^1]\n\n[^1]: note",
    );
    expect(headings.map((heading) => heading.text)).toEqual(["One"]);
  });

  test("a footnote number isn't part of a heading's text", async () => {
    const { headings } = await blog.render("## One[^1]\n\n[^1]: note");
    expect(headings).toEqual([{ depth: 2, id: "one", text: "One" }]);
  });
});

describe("links", () => {
  test("all links are collected with their lines, including those in components and footnotes", async () => {
    const { links } = await blog.render(
      "one\ntwo [a](/a/)\nthree *[b](https://b.example/?x=1&y=2#z)*\n\n- item\n  [c](#c)\n\n| t |\n|---|\n| [d](/d/) |\n\n" +
        '<Quote\n  who="e"\n  url="/e/"\n>\n\n[f](mailto:f@f.example)\n\n</Quote>\n\nhttps://g.example/ [h]\n\n[h]: /h/\n\n' +
        "note[^1]\n\n[^1]: see\n    [i](/i/)",
      { lineOffset: 100 },
    );
    expect(links.map(({ url, line }) => `${line} ${url}`)).toEqual([
      "102 /a/",
      "103 https://b.example/?x=1&y=2#z",
      "106 #c",
      "110 /d/",
      "117 mailto:f@f.example",
      "114 /e/",
      "121 https://g.example/",
      "121 /h/",
      "128 /i/",
    ]);
  });

  test("root-relative links get the base path; other links are unchanged", async () => {
    const html = await blog.html("[a](/a/) [b](//b.example/) [c](https://c.example/) [d](#d) [e](/x.pdf)", {
      base: "/blog/",
    });
    expect(html).toBe(
      '<p><a href="/blog/a/">a</a> <a href="//b.example/">b</a> <a href="https://c.example/">c</a> ' +
        '<a href="#d">d</a> <a href="/blog/x.pdf">e</a></p>',
    );
  });
});

describe("notes", () => {
  const NOTES = "One[^b] and two[^a], again[^b].\n\n[^a]: A.\n\n[^b]: B.\n\n    More.";

  test("a footnote has links in both directions for each reference", async () => {
    const html = await blog.html(NOTES);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${target}"`);
    expect(html.match(/href="#fn-1"/g)).toHaveLength(2);
    expect(html).toContain(
      '<a class="note-back" href="#fnref-1" role="doc-backlink" aria-label="Back to the text at note 1">',
    );
    expect(html).toContain(
      'href="#fnref-1-2" role="doc-backlink" aria-label="Back to the text at note 1-2">',
    );
    expect(html).toContain(
      '<section class="footnotes beside" role="doc-endnotes" aria-labelledby="footnote-label">',
    );
  });

  test.each([
    ["de", "Anmerkungen", "Zurück zum Text bei Anmerkung 1"],
    ["es-MX", "Notas", "Volver al texto en la nota 1"],
    ["fr", "Notes", "Retour au texte, note 1"],
    ["ja", "注", "本文の注1に戻る"],
    ["ar", "الحواشي", "العودة إلى النص عند الحاشية 1"],
  ])("in %s they are labeled %s", async (lang, label, back) => {
    const html = await blog.html(NOTES, { lang });
    expect(html).toContain(`>${label}</h2>`);
    expect(html).toContain(`aria-label="${back}"`);
  });

  test.each([
    ["a few short ones", "Text.[^1]\n\n[^1]: Short.", true],
    [
      "more than the margin is made for",
      `${range(9, (n) => `a[^${n}]`)}\n\n${range(9, (n) => `[^${n}]: b\n\n`)}`,
      false,
    ],
    ["a long one above a wide picture", `Text.[^1]\n\n${WIDE}\n\n[^1]: ${"Long. ".repeat(40)}`, false],
    [
      "a short one well above a wide picture",
      `Text.[^1] ${"Text. ".repeat(80)}\n\n${WIDE}\n\n[^1]: Short.`,
      true,
    ],
    [
      "two that push each other into a wide picture",
      `Text.[^1][^2] ${"Text. ".repeat(60)}\n\n${WIDE}\n\n[^1]: ${"Note. ".repeat(25)}\n\n[^2]: ${"Note. ".repeat(25)}`,
      false,
    ],
    ["one below a wide picture", `${WIDE}\n\nText.[^1]\n\n[^1]: ${"Long. ".repeat(40)}`, true],
  ])("they are in the margin only if they fit: %s", async (_name, text, isBeside) => {
    expect((await blog.html(text)).includes('class="footnotes beside"')).toBe(isBeside);
  });

  test.each(["été", "日本", "a.b", "fnref-1", "x-2", "UPPER"])("a note can be named %s", async (name) => {
    const html = await blog.html(`a[^${name}] b[^${name}]\n\n[^${name}]: note`);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${target}"`);
    expect(html.match(/href="#fn-1"/g)).toHaveLength(2);
  });
});

describe("tables, tasks and code", () => {
  test("a wide table has a label and can be scrolled by keyboard; a narrow one isn't a tab stop", async () => {
    const wide = "| Some longword | Another longword | Thirdlongword |\n|---|:-:|--:|\n| a | b | c |";
    const html = await blog.html(`| a | b |\n|---|---|\n| 1 | 2 |\n\n${wide}`);
    expect(
      html.match(/<section class="table-region" aria-label="Table 2" tabindex="0"><table>/g),
    ).toHaveLength(1);
    expect(html).toContain('<th scope="col" class="cell-centre">Another longword</th>');
    expect(html).toContain('<td class="cell-end">c</td>');
    expect(html).not.toContain("style=");
  });

  test("a task has a label that says whether it is done", async () => {
    const html = await blog.html("- [x] a\n- [ ] b", { lang: "de" });
    expect(html).toContain('<input type="checkbox" checked disabled aria-label="Erledigt"> a');
    expect(html).toContain('<input type="checkbox" disabled aria-label="Offen"> b');
  });

  test("code is highlighted with classes, shows its title, and can be scrolled by keyboard if it is wide", async () => {
    const { html, hasCode } = await blog.render('```js title="a.js"\nconst a = "<b>";\n```');
    expect(hasCode).toBe(true);
    expect(html).toBe(
      '<figure class="code"><figcaption>a.js</figcaption><pre data-code="Copy|Copied" dir="ltr">' +
        '<code class="language-js hljs"><span class="hljs-keyword">const</span> a = ' +
        '<span class="hljs-string">"&lt;b>"</span>;\n</code></pre></figure>',
    );
    expect(await blog.html(`~~~\n${"x".repeat(60)}\n~~~`)).toContain('<pre tabindex="0"');
  });

  test("code in an unknown language is unchanged", async () => {
    expect(await blog.html("```klingon\nQapla'\n```")).toContain(
      '<code class="language-klingon">Qapla\'\n</code>',
    );
  });
});

describe("typography", () => {
  test("quotes are typographic in English; other languages keep them as typed", async () => {
    expect(await blog.html('"It\'s" -- so --- well...')).toBe("<p>“It’s” – so — well…</p>");
    expect(await blog.html('"So" -- «ja»...', { lang: "de" })).toBe('<p>"So" – «ja»…</p>');
    expect(await blog.html('`"a" -- b`')).toBe('<p><code>"a" -- b</code></p>');
  });

  test("captions get the same typography as the text", async () => {
    expect(
      await blog.html(`<Figure src="./fence.svg" alt="x" caption="It's 'so' -- &quot;there&quot;..." />`),
    ).toContain("<figcaption>It’s ‘so’ – “there”…</figcaption>");
  });
});

describe("HTML in Markdown", () => {
  test("hand-written tags are kept, with the base path in their addresses", async () => {
    const html = await blog.html(
      'H<sub>2</sub>O <abbr title="x">y</abbr> <a href="/z/" class="big">z</a>\n\n<details>\n<summary>S</summary>\n\n*text*\n\n</details>',
      { base: "/blog/" },
    );
    expect(html).toBe(
      '<p>H<sub>2</sub>O <abbr title="x">y</abbr> <a href="/blog/z/" class="big">z</a></p>\n' +
        "<details><summary>S</summary><p><em>text</em></p></details>",
    );
  });

  test("characters that HTML doesn't allow never reach a page", async () => {
    expect(await blog.html("a\u0000b\u0007c \ud800 &#1; [x](/x/ 'a&#2;b')")).not.toMatch(
      /[\u0000-\u0008\ud800-\udfff]|&#x[0-9a-f];/,
    );
  });
});

describe("text", () => {
  test("the plain text has the author's words and none of the engine's", async () => {
    const { text } = await blog.render(
      '## Head\n\nOne *two*.[^1]\n\n<Aside>\n\nThree\n\n</Aside>\n\n<Survey question="Four?" unit="x">\n\n- Five: 6\n\n</Survey>\n\n' +
        '<Video title="Seven" src="./talk.mp4">\n\nEight\n\n</Video>\n\n[^1]: Nine',
    );
    expect(text).toBe("Head\nOne two.\nThree\nFour?\nFive 6 x\nEight\nSeven\nNine");
  });

  test("the excerpt consists of paragraphs, cut between words", async () => {
    const { excerpt } = await blog.render(
      `## Head\n\n<Aside>Not this</Aside>\n\nFirst.\n\n${"word ".repeat(60)}`,
    );
    expect(excerpt).toMatch(/^First\. word (?:word )+word…$/);
    expect(excerpt.length).toBeLessThanOrEqual(201);
    expect((await blog.render("日本語".repeat(100), { lang: "ja" })).excerpt).toHaveLength(201);
  });
});

describe("keys", () => {
  const TEXT = 'Hello\n\n<Figure src="./fence.svg" alt="x" />';

  test("a changed picture with the same name changes the key and the body", async () => {
    const first = await blog.render(TEXT);
    blog.write("content/posts/hello/fence.svg", DRAWING.replace("400 300", "800 300"));
    const second = await blog.render(TEXT);
    expect(second.key).not.toBe(first.key);
    expect(second.html).toContain('width="800"');
    blog.write("content/posts/hello/fence.svg", DRAWING);
    expect((await blog.render(TEXT)).key).toBe(first.key);
  });

  test("a stored body is read back with its HTML for pages and feeds", () => {
    writeBody(blog.cache, "ab".repeat(16), { html: "<p>é</p>", feed: "é" });
    expect(readBody(blog.cache, "ab".repeat(16))).toEqual({ html: "<p>é</p>", feed: "é" });
    expect(readBody(blog.cache, "cd".repeat(16))).toBeNull();
  });

  test("the key depends on language and base path, but not on the post's file name", async () => {
    const key = async (changes: object): Promise<string> => (await blog.render("Hello", changes)).key;
    const first = await key({});
    expect(await key({ lang: "de" })).not.toBe(first);
    expect(await key({ base: "/blog/" })).not.toBe(first);
    expect(await key({ file: "content/posts/renamed.mdx", lineOffset: 7 })).toBe(first);
  });
});

test("the author's folder may be outside the engine's folder", async () => {
  const root = `${blog.root}/engine/deep`;
  const pictures = createPictures({ root, cache: blog.cache });
  const file = "../../content/posts/hello/index.mdx";
  const { issues, html } = await renderBody(blog.source("![A fence](./fence.svg)", { file, root }), pictures);
  expect(issues).toEqual([]);
  expect(html).toContain('src="/pictures/fence.');
});

test("pictures of a note are marked as photos with microformats; those of an article aren't", async () => {
  const text = `![A wall](./fence.svg)\n\n![A wall](./fence.svg "Seen")\n\n<Gallery>\n\n![A wall](./fence.svg)\n\n</Gallery>`;
  const photos = (html: string | null) => html?.match(/<img[^>]* class="u-photo[ "]/g) ?? [];
  const note = await blog.render(text, { isNote: true });
  const article = await blog.render(text);
  expect([photos(note.html).length, photos(article.html).length]).toEqual([3, 0]);
  expect(note.key).not.toBe(article.key);
  expect(note.feed).not.toContain("u-photo");
  expect((await blog.render("Words.", { isNote: true })).key).toBe((await blog.render("Words.")).key);
});

test("an unknown language renders as English instead of failing", async () => {
  expect(await blog.html("a[^1]\n\n[^1]: b", { lang: "not a language!" })).toContain(">Notes</h2>");
});

test("a large, deeply nested text is rendered without a stack overflow", async () => {
  const deep = await blog.render(`${"> ".repeat(60)}deep\n\n${"word ".repeat(20_000)}`);
  expect(deep.issues).toEqual([]);
  expect(htmlOf({ type: "text", value: "x" })).toBe("x");
});
