/** Compares our parsing of texts with Pagefind's: texts and postings, byte for byte. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { memoryCache } from "../tests/search-bundle.ts";
import { mergePostings } from "./merge-postings.ts";
import type { Postings } from "./postings.ts";
import { closePagefind } from "./pagefind-api.ts";
import { readByPagefind } from "./read-by-pagefind.ts";
import { readText } from "./read-text.ts";
import { TextPostings } from "./text-postings.ts";
import type { IndexText } from "./types.ts";

const EXCLUDED = ["anchor", "note-ref", "note-back", "engine-word"];

afterAll(closePagefind);

function textOf(index: number, html: string, more: Partial<IndexText> = {}): IndexText {
  const docId = index.toString(16).padStart(32, "0");
  return { docId, language: "en", title: "Over the Fence", keywords: "", html, ...more };
}

/** Each term with its entries. */
function entriesOf(all: readonly Postings[], texts: readonly IndexText[]): string[] {
  const lines: string[] = [];
  const pageOf = new Map(texts.map(({ docId }, page) => [docId, page]));
  mergePostings(all, pageOf, (term, { count, bytes }) => {
    lines.push(`${JSON.stringify(term)} ${count} ${bytes.toString("hex")}`);
  });
  return lines;
}

/** Parses texts in both ways and compares the results. @returns the number of texts that only Pagefind can parse. */
async function expectSame(texts: readonly IndexText[]): Promise<number> {
  const postings = new TextPostings(memoryCache());
  const read = texts.flatMap((text) => {
    const found = readText(text, new Set(EXCLUDED));
    return found === null ? [] : [{ source: text, ...found, language: text.language }];
  });
  await postings.add(read);
  const ours = await postings.all();
  const sources = read.map(({ source }) => source);
  const theirs = await readByPagefind(sources, EXCLUDED);
  for (const { source, text } of read) expect(text, source.html).toEqual(theirs.shownOf(source.docId));
  expect(entriesOf(ours, sources)).toEqual(entriesOf(theirs.postings, sources));
  return texts.length - read.length;
}

const PAGES = [
  "<p>Inline tags like <span>span</span> and <b>bol</b>d shouldn’t <i>s</i>plit.</p><p>Next</p>",
  '<h2 id="a">A <em>heading</em> &amp; <code>more &lt;b&gt;</code></h2><p>Text</p><h3 id="b:c">Two</h3><h3>Three</h3>',
  '<h2 id="x"><a class="anchor" href="#x" aria-hidden="true"><span>#</span></a>Linked <span id="y">part</span> on</h2>',
  '<p>fo<span id="mid">o</span>bar one<br>two<br id="z">three<wbr>four</p>',
  "<ul><li>one</li><li><p>two</p></li></ul><dl><dt>Term</dt><dd>Meaning</dd></dl>",
  "<table><caption>Cap</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2.5</td></tr></tbody></table>",
  '<pre><code class="language-js">const threeAntelopes = three_antelopes["x-y-z"];\n\tfoo.barBaz(1e10)</code></pre><p>after</p>',
  '<figure><img src="a.png" alt="unseen"><figcaption>Seen, “quoted” (twice)</figcaption></figure>',
  '<div class="engine-word"><p>Unread <b>deep</b></p></div><p hidden>gone</p><nav><p>menu</p></nav><p>kept</p>',
  '<p>Read<sup class="note-ref"><a href="#n1" id="r1">1</a></sup> on.</p><section><ol><li id="n1"><p>Note <a class="note-back">↩</a></p></li></ol></section>',
  "<p>&nbsp;non&nbsp;breaking&#160;space &#x27;quoted&#39; &quot;twice&quot; &apos;</p>",
  "<p>Tom & Jerry &amp; AT&amp;T; R&D, 5 &lt; 6; a &; b</p>",
  "<p>a & b &amp;&amp; c &&lt;; &no &#38;lt; &#x26; e&amp ;&gt; &#128;&#xad;&#8203;f</p>",
  "<p>l'alphabet d’aujourd’hui co-operate re-re-re-read state-of-the-art O'Neill's rock’n’roll</p>",
  "<p>CamelCase XMLHttpRequest iPhone ÄrgerÜber ΑθήναΚαλή ǅemo ﬁnal İstanbul STRASSE straße</p>",
  "<p>café cafe\u0301 naïve Ångström ﬃ ½ ² ٣٤ १२ Ⅻ 1,000.50 3rd 2024-01-02 10:30pm v1.2.3-beta+5 #tag @name</p>",
  "<p>👋 cloud🌦️cannon 👨‍👩‍👧‍👦🌾 🇩🇪 1️⃣ ❤ ❤️ ©2024 ™</p>",
  '<p>שלום עולם، مرحبا بالعالم १२ नमस्ते <bdi>עִבְרִית</bdi></p><p dir="rtl">مرحبا</p>',
  "<p>zero\u200bwidth \u200b \u200djoin\u200cer soft\u00adhyphen bom\ufeffmark word\u2060joiner</p>",
  "<p>隣人との関係は、垣根越しの会話。 mixed混在text ไทย 한국어 문장 ລາວ.</p>",
  "<p>http://example.org/a/b?c=d&amp;e=f#g user@example.org C:\\path\\file ~/.config/x_y $HOME ${x} a=b;c</p>",
  '<p>ends with dollar $</p><p>star *</p><p>quote"</p><p>paren)</p><p>underscore _</p><p>dash —</p><p>ellipsis…</p><p>é</p><p>م</p><p>字</p>',
  "<h2>One <h3>nested</h3> two</h2><blockquote><p>Quote</p></blockquote>tail<div>div</div>",
  "<p>___ __init__ _private __ a___b</p><p></p><p> </p><p><b></b></p>text without a block",
  '<details><summary>Sum</summary><p>Inside</p></details><p><svg class="bar" aria-hidden="true"><rect width="5%"/></svg>bar</p>',
  '<p><button type="button">press</button><label>field</label><video src="a.mp4">no film</video><time datetime="x">May</time></p>',
  '<h2 id="amp">A &amp;amp; B &amp; C; D &amp;lt;</h2><h4 id="sp">  Spaces \n\n and\tlines  </h4>',
];

test("texts with various markup and scripts are parsed like in Pagefind", async () => {
  const refused = await expectSame(PAGES.map((page, index) => textOf(index, page)));
  expect(refused).toBe(0);
});

test("titles and keywords are parsed like in Pagefind, in languages with and without a stemmer", async () => {
  const texts = ["en", "de", "fr", "ar", "ru", "he", "el", "ko", "cs"].map((language, index) =>
    textOf(
      index,
      `<p>A &lt;standfirst&gt; isn't & wasn’t; &quot;long&quot;</p>${PAGES[13]}${PAGES[14]}${PAGES[16]}${PAGES[18]}<h2 id="h">Häuser the houses</h2>`,
      {
        language,
        title: 'Three-Antelopes & “café-crème” foo-foo 👋 <b>bold</b> &amp; AT&T; "x"',
        keywords: 'photos, home life, Three-Antelopes, 写真 Ünsal "x" & <b>',
      },
    ),
  );
  expect(await expectSame(texts)).toBe(0);
});

test("texts with unsupported HTML or languages are left to Pagefind", () => {
  const read = (text: IndexText) => readText(text, new Set(EXCLUDED));
  const strange = [
    "<p>unclosed",
    "<p>crossed <b>over</p></b>",
    "<P>capital</P>",
    "<p class=bare>value</p>",
    "<p>&eacute;</p>",
    "<p>&#0;</p>",
    "<p>one&#1;two</p>",
    "<p data-pagefind-weight='2'>heavy</p>",
    '<p data-pagefind-ignore="all">gone</p>',
    "<p>___PAGEFIND_ANCHOR___h2:0:x</p>",
    '<p><img src="a.png" aria-hidden="true">hidden picture</p>',
    '<h2 id="a&amp;b">entity</h2>',
    "<script>let a;</script><p>x</p>",
    "<textarea><b></textarea>",
    "<p><math><mi>x</mi></math></p>",
    "<p>< b</p>",
    "<!-- note --><p>x</p>",
    "<p>lone \ud800 half</p>",
    "<p>—</p>",
    "<p>R&D; so</p>",
    "<p>ລາວ</p>",
  ];
  expect(strange.filter((html) => read(textOf(0, html)) !== null)).toEqual([]);
  expect(read(textOf(0, "<p>言葉</p>", { language: "ja" }))).toBeNull();
  expect(read(textOf(0, "<p>words</p>", { title: " " }))).toBeNull();
});

const LETTERS = "abAZéßİıñ字م09-_'’.,;:/@#*$)(“”…—\u0301\u200b\u200d\u00ad👋🌦️ ";
const word = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("fence", "The", "three-antelopes", "threeAntelopes", "isn’t", "42", "&amp;"),
  },
  { weight: 5, arbitrary: fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...LETTERS) }) },
  {
    weight: 1,
    arbitrary: fc
      .string({ minLength: 1, maxLength: 4, unit: anyCharacter })
      .map((text) => text.toWellFormed()),
  },
);
const plain = fc
  .array(word, { maxLength: 6 })
  .map((words) => words.join(" ").replaceAll("<", "&lt;").replaceAll("\0", ""));
const { page } = fc.letrec<{ page: string; node: string }>((tie) => ({
  page: fc.array(tie("node"), { maxLength: 5 }).map((nodes) => nodes.join("")),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    plain,
    fc
      .tuple(
        fc.constantFrom(
          "p",
          "h2",
          "h3",
          "li",
          "div",
          "em",
          "a",
          "code",
          "span",
          "td",
          "pre",
          "figure",
          "section",
        ),
        fc.constantFrom(
          "",
          "",
          ' id="one"',
          ' id="two" class="x"',
          ' class="note-ref"',
          " hidden",
          ' aria-hidden="true"',
        ),
        tie("page"),
      )
      .map(([tag, attributes, inner]) => `<${tag}${attributes}>${inner}</${tag}>`),
    fc.constantFrom("<br>", '<img src="a.png" alt="b">', "<hr>"),
  ),
}));

test("random texts are parsed like in Pagefind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(page, { minLength: 40, maxLength: 40 }), async (pages) => {
      const refused = await expectSame(pages.map((html, index) => textOf(index, `<p>Begun.</p>${html}`)));
      expect(refused).toBeLessThan(pages.length / 2);
    }),
    { ...propertyRuns(12), endOnFailure: true },
  );
});

test("the posts of this blog are parsed like in Pagefind", async () => {
  const folder = path.resolve("content/posts");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.mdx?$/.test(file),
  );
  const texts = files.map((file, index) => {
    const words = readFileSync(path.join(folder, file), "utf8")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;");
    const blocks = words.split(/\n{2,}/).map((block) => `<p>${block}</p>`);
    return textOf(index, blocks.join("\n"));
  });
  expect(await expectSame(texts)).toBe(0);
});
