import { beforeAll, describe, expect, test } from "vitest";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
  blog.write("content/posts/other.md", "---\ntitle: Other\n---\n");
  blog.write("content/posts/2024/deep/index.mdx", "");
  blog.write("content/pages/about.md", "");
  blog.write("content/posts/hello/paper.pdf", "%PDF-1.4");
  blog.write("content/posts/hello/song.mp3", "ID3");
  blog.write(
    "content/posts/hello/my photo (1).svg",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"/>',
  );
});

const FORMATS = ["md", "mdx"] as const;
const html = (text: string, format: "md" | "mdx"): Promise<string> => blog.html(text, { format });

describe.each(FORMATS)("in .%s", (format) => {
  test.each([
    [
      "an alert of GitHub's",
      "> [!NOTE]\n> Hello **you**",
      /<div class="note-box note-box-note" role="note">.*<p>Hello <strong>you/s,
    ],
    [
      "a kind that Aside has no name for",
      "> [!CAUTION]\n> Hello",
      /note-box-warning.*<strong>Caution<\/strong>/,
    ],
    [
      "a folded callout",
      "> [!tip]- More *here*\n> Text",
      /<details class="note-box note-box-tip"><summary class="note-box-title"><strong>More <em>here/,
    ],
    ["an open fold", "> [!tip]+\n> Text", /<details class="note-box note-box-tip" open>/],
    [
      "a directive",
      ":::note[A *title*]\nText\n\n- item\n:::\n\nAfter",
      /<strong>A <em>title<\/em><\/strong>.*<li>item<\/li>.*<\/div>\s*<p>After/s,
    ],
    [
      "directives in each other",
      "::::tip\n:::warning\nInner\n:::\nOuter\n::::",
      /note-box-tip.*note-box-warning.*Inner.*<\/div>\s*<p>Outer/s,
    ],
    [
      "tabs",
      ":::tabs\n:::tab[*npm*]\nText\n:::\n:::tab[yarn]\n- item\n:::\n:::",
      /<div class="tabs"><input type="radio" name="tabs-1" id="tabs-1-1" checked><label for="tabs-1-1"><em>npm<\/em><\/label><div class="tab"><p>Text<\/p>.*id="tabs-1-2"><label for="tabs-1-2">yarn<\/label><div class="tab">.*<li>item/s,
    ],
    [
      "tabs of code",
      ':::code-group\n\n```sh [npm]\nnpm i\n```\n\n```sh title="yarn"\nyarn\n```\n\n:::',
      /<label for="tabs-1-1">npm<\/label><div class="tab"><figure class="code"><pre.*<label for="tabs-1-2">yarn<\/label>/s,
    ],
    [
      "sub and superscripts beside tildes and carets of every other kind",
      "H~2~O, 2^10^ m^2^, x^2 and y^3, a~b, ~/.bashrc, ~~gone~~ ~one~ ==a~1~==",
      "<p>H<sub>2</sub>O, 2<sup>10</sup> m<sup>2</sup>, x^2 and y^3, a~b, ~/.bashrc, <del>gone</del> <del>one</del> <mark>a<sub>1</sub></mark></p>",
    ],
    [
      "ranges, and what is about as much",
      "3~5人、時間は10~20分。~5 km and ~10 km, a~b",
      "<p>3~5人、時間は10~20分。~5 km and ~10 km, a~b</p>",
    ],
    [
      "notes whose names have spaces",
      "A[^my note] and [^My  Note], `[^my note]`\n\n[^my note]: What it says.",
      /A<sup.*href="#fn-1".* and <sup.*href="#fn-1".*<code>\[\^my note\]<\/code>.*<li id="fn-1">\s*<p>What it says\./s,
    ],
    [
      "comments of templates",
      "A {% comment %}hid{% endcomment %}B {# hid #}C {{/* hid */}}D {>>hid<<}E\n\n{% comment %}\nhid\n\n```\nhid\n```\n{% endcomment %}\n\nF",
      /^<p>A B C D E<\/p>\s*<p>F<\/p>$/,
    ],
    ["a comment of a template in code", "`{# shown #}`", "<code>{# shown #}</code>"],
    [
      "attributes behind a picture and a link",
      '![A](fence.svg){#fig width=50%} and [l](https://a.example/){:target="_blank"}\n\n{: .lead}\nText',
      /<img [^>]*> and <a href="https:\/\/a\.example\/">l<\/a><\/p>\s*<p>Text<\/p>/,
    ],
    ["an id of kramdown's", "## Part\n{: #my-id}", /<h2 class="body-head" id="my-id">Part<\/h2>/],
    [
      "marks of notes and links in code",
      "`[^1]` and `[a][b]` and `**x **y`",
      "<p><code>[^1]</code> and <code>[a][b]</code> and <code>**x **y</code></p>",
    ],
    [
      "Markdown in a tag that says so",
      '<div markdown="1">\n**in** it\n\n- item\n</div>',
      /<div>\s*<p><strong>in<\/strong> it<\/p>\s*<ul>\s*<li>item/,
    ],
    [
      "a bar in a link of a table",
      "| a | b |\n|---|---|\n| [x](https://a.example/?a=1|2) | c |",
      /<td><a href="https:\/\/a\.example\/\?a=1%7C2">x<\/a><\/td>\s*<td>c<\/td>/,
    ],
    ["emoji in a row", ":tada::tada: ::x:: :a:b:", "<p>🎉🎉 ::x:: :a:b:</p>"],
    [
      "a long formula in a sentence, which scrolls by itself",
      `$${"a + ".repeat(20)}b$`,
      /<p><span class="math-long" tabindex="0"><math>/,
    ],
    [
      "a long annotation",
      `<ruby>漢<rt>${"k".repeat(40)}</rt></ruby>`,
      /<ruby>漢<rt class="rt-long">k+<\/rt><\/ruby>/,
    ],
    ["highlights", "a ==b *c*== d", /<p>a <mark>b <em>c<\/em><\/mark> d<\/p>/],
    ["comparisons", "a == b and c == d, x==y", /<p>a == b and c == d, x==y<\/p>/],
    ["a highlight that crosses emphasis", "*a ==b* c==", /<p><em>a ==b<\/em> c==<\/p>/],
    [
      "emoji",
      ":smile: 10:30:45 a:b:c :no_such: `:smile:`",
      /<p>😄 10:30:45 a:b:c :no_such: <code>:smile:<\/code>/,
    ],
    [
      "sub and superscripts",
      "H~2~O x^2^ ~struck out~",
      /H<sub>2<\/sub>O x<sup>2<\/sup> <del>struck out<\/del>/,
    ],
    ["a note in a line", "Text^[a *note*].", /<sup class="note-ref">.*<li id="fn-1">\s*<p>a <em>note<\/em>/s],
    ["definitions", "Term\n: Meaning", /<dl>\s*<dt>Term<\/dt>\s*<dd>Meaning<\/dd>/],
    ["an id of a heading", "## Part {#my-id}", /<h2 class="body-head" id="my-id">Part<\/h2>/],
    [
      "contents",
      "[TOC]\n\n## One\n\n### Two\n\n## Three",
      /<nav class="contents-list" aria-label="In this post"><ul><li><a href="#one">One<\/a><ul><li><a href="#two">Two<\/a><\/li><\/ul><\/li><li><a href="#three">/,
    ],
    [
      "a private remark",
      "a %%secret%% b\n\n%%\nsecret\n\nmore secret\n%%\n\nc",
      /^<p>a {2}b<\/p>\s*<p>c<\/p>$/,
    ],
    [
      "formulas and prices",
      "$5 and $10, $x^2$, $\\frac{a}{b}$ and USD$3",
      /<p>\$5 and \$10, <math>.*x<\/mi><mn>2.*<mfrac>.* and USD\$3<\/p>/,
    ],
    [
      "a formula of its own",
      "$$\n\\sum_{i=1}^{n} x_i\n$$",
      /<div class="math"><math display="block">.*<annotation encoding="application\/x-tex">\\sum_\{i=1\}\^\{n\} x_i</,
    ],
    ["a formula in a fence", "```math\n\\frac{a}{b}\n```", /<div class="math"><math display="block">/],
    [
      "emphasis beside brackets in Japanese",
      "これは**「強調」**です。",
      /これは<strong>「強調」<\/strong>です。/,
    ],
    [
      "ruby",
      "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
      /<ruby>漢<rp>\(<\/rp><rt>kan<\/rt><rp>\)<\/rp><\/ruby>/,
    ],
    ["a paragraph that runs the other way", "مرحبا بالعالم!\n\nText שלום", /<p dir="rtl">مرحبا.*<p>Text/s],
    ["void tags", 'One<br>two <IMG src="./fence.svg" alt="x">', /One<br>two <img src="\/pictures\/fence/],
    [
      "signs that begin no tag",
      "I <3 a < b, x<=y and <https://a.example/>",
      /I &lt;3 a &lt; b, x&lt;=y and <a href="https:\/\/a.example\/">/,
    ],
    ["options and measures", 'git --amend -- and 5\'10" "10"', /git --amend – and 5'10" “10”/],
    [
      "a wikilink",
      "[[other]] and [[Other|that]] and [[other#A Part]]",
      /<a href="\/posts\/other\/">other<\/a> and <a href="\/posts\/other\/">that<\/a> and <a href="\/posts\/other\/#a-part">/,
    ],
    [
      "an embedded picture",
      "![[fence.svg|200]]",
      /<img src="\/pictures\/fence\.[^"]*" alt="fence" width="200" height="150"/,
    ],
    [
      "a link to a file of a text",
      "[a](../other.md) [b](./other.mdx#x) [c](../../pages/about.md)",
      /href="\/posts\/other\/">a.*href="\/posts\/other\/#x">b.*href="\/about\/">c/,
    ],
    [
      "an address without its beginning",
      "[a](www.example.org/x) [b](posts/other/)",
      /href="https:\/\/www\.example\.org\/x">a.*href="\/posts\/other\/">b/,
    ],
    ["an attachment", "[paper](./paper.pdf)", /<a href="\/files\/paper\.[0-9a-f]{8}\.pdf">paper<\/a>/],
    [
      "a sound",
      "[The song](./song.mp3)",
      /<figure class="audio"><audio controls preload="none" src="\/pictures\/song\.[0-9a-f]{8}\.mp3" aria-label="The song">/,
    ],
    [
      "a closing bracket in a title",
      String.raw`[a](/ "a) b") [b](/ 'a) b') [c](/ "a \") b") ![d](./my photo (1).svg "a) b")`,
      /<a href="\/" title="a\) b">a<\/a> <a [^>]*title="a\) b">b<\/a> <a [^>]*title="a (?:&quot;|&#x22;|")\) b">c<\/a> <img [^>]*alt="d"/,
    ],
    [
      "a picture whose name has spaces",
      "![a](./my photo (1).svg) ![b](.\\my photo (1).svg)",
      /<img src="\/pictures\/my-photo-1\.[^>]*alt="a".*alt="b"/,
    ],
    [
      "a cell with a sign in code",
      "| a | b |\n|---|---|\n| `x | y` | z |",
      /<td><code>x \| y<\/code><\/td>\s*<td>z<\/td>/,
    ],
    [
      "cells that span several",
      '<table class="a"><tr><th rowspan=2>a</th><td colspan="2" bgcolor="red">b</td></tr><tr><td>c</td><td>d</td></tr></table>',
      /<table class="a">.*<th (?:scope="row" )?rowspan="2">a<\/th><td colspan="2">b<\/td>/s,
    ],
    [
      "a directive in a list",
      "- item\n\n  :::tip\n  In it\n\n      code\n  :::\n- next\n- :::note\n  Right away\n  :::",
      /<li>\s*<p>item<\/p>\s*<div class="note-box note-box-tip"[^>]*>.*<p>In it<\/p>.*<\/li>\s*<li>\s*<p>next<\/p>\s*<\/li>\s*<li>\s*<div class="note-box note-box-note".*Right away/s,
    ],
    [
      "an open fold of VitePress",
      "::: details More *here* {open}\nText\n:::",
      /<details class="note-box note-box-note" open><summary[^>]*><strong>More <em>here<\/em><\/strong>/,
    ],
    ["an alert that is escaped", "> \\[!NOTE]\n> Text", /<blockquote>\s*<p>\[!NOTE\]\s*Text/],
    [
      "a note whose name has another length in capitals",
      "A[^größe]\n\n[^größe]: Size",
      /<li id="fn-1">\s*<p>Size/,
    ],
    [
      "addresses between signs of Chinese and Japanese",
      "请看https://a.example/b，后面。**https://a.example/c**へ https://a.example/日本 。",
      /请看<a href="https:\/\/a\.example\/b">https:\/\/a\.example\/b<\/a>，后面。<strong><a href="https:\/\/a\.example\/c">.*<\/strong>へ <a href="https:\/\/a\.example\/%E6%97%A5%E6%9C%AC">/,
    ],
    [
      "an address with braces, escaped as MDX needs it",
      "https://a.example/\\{id\\}/b",
      '<a href="https://a.example/%7Bid%7D/b">https://a.example/{id}/b</a>',
    ],
    [
      "an address as the words of its own link",
      '<a href="https://a.example/">https://a.example/</a>, <a href="mailto:a@b.example">a@b.example</a>',
      '<a href="https://a.example/">https://a.example/</a>, <a href="mailto:a@b.example">a@b.example</a>',
    ],
    [
      "titles in round brackets",
      "[a](https://a.example (one)) ![b](./fence.svg (two))",
      /<a href="https:\/\/a\.example" title="one">a<\/a> <img [^>]*title="two"/,
    ],
    [
      "a definition in angle brackets",
      "![b][one]\n\n[one]: <./my photo (1).svg>",
      /<img src="\/pictures\/my-photo-1\./,
    ],
    [
      "classes of prices",
      "Soup ($$), rice ($$), fish $$$. Cheap is $$ and dear $$$. $$x + y$$",
      /^<p>Soup \(\$\$\), rice \(\$\$\), fish \$\$\$\. Cheap is \$\$ and dear \$\$\$\. <math/,
    ],
    [
      "widths of pictures in HTML",
      '<img src="./fence.svg" alt="a" width="200"> <img src="./fence.svg" alt="b" height=30>',
      /alt="a" width="200" height="150".*alt="b" width="40" height="30"/s,
    ],
    [
      "a link around blocks",
      '<a href="/posts/other/">\n\n**Words**\n\n</a>',
      /<a href="\/posts\/other\/">\s*(?:<p>)?<strong>Words/,
    ],
    [
      "words for browsers without films",
      '<video controls>\n  <source src="./talk.mp4">\n  Your browser is old.\n</video>',
      /<video controls>.*Your browser is old\.\s*<\/video>/s,
    ],
    [
      "code as HTML writes it",
      '<pre><code class="language-js">if (a &lt; b) {\n  c();\n}\n</code></pre>',
      /<code class="language-js hljs">.*a &lt; b\) \{\n {2}<span[^>]*>c<\/span>\(\);\n\}\n<\/code>/s,
    ],
    [
      "sentences that begin like an import",
      "import taxes are rising this year.\n\nexport markets are down, too.",
      "<p>import taxes are rising this year.</p>\n<p>export markets are down, too.</p>",
    ],
    [
      "an id among the attributes of a heading, and ids of words that give way to it",
      "## One\n\n## Two {#one}\n\n## ![A fence](./fence.svg)",
      /id="one-1">One<.*id="one">Two<.*id="a-fence"><img/s,
    ],
    [
      "addresses of films on lines of a paragraph",
      "Look:\nhttps://youtu.be/dQw4w9WgXcQ\nhttps://vimeo.com/channels/staffpicks/76979871\nThat was all.",
      /<p>Look:<\/p>\s*<figure class="link-card">.*<figure class="link-card">.*<\/figure>\s*<p>That was all\.<\/p>/s,
    ],
    [
      "broken lines before the address of a film",
      "One  \nTwo\nhttps://youtu.be/dQw4w9WgXcQ",
      /<p>One<br>\s*Two<\/p>\s*<figure class="link-card">/,
    ],
    [
      "options of code in other spellings",
      '```js {1..2}:line-numbers title:"a b"\na\nb\n```\n\n```js/1/2\na\nb\n```\n\n```title="c"\na\n```',
      /<figcaption>a b<\/figcaption>.*numbered"><mark class="line">a\n<\/mark><mark class="line">b.*<ins class="line">a\n<\/ins><del class="line">b.*<figcaption>c<\/figcaption><pre[^>]*><code>/s,
    ],
    [
      "a flowchart with a head, whose names aren't ASCII",
      "```mermaid\n---\ntitle: Way\n---\ngraph LR\n  开始 --> Ä[Größe]\n  开始 -- nein --> 结束\n```",
      /<figure class="diagram"><img [^>]*alt="Diagram: Way"/,
    ],
  ])("%s is rendered as intended", async (_name, text, expected) => {
    expect(await html(text, format)).toMatch(expected);
  });

  test.each([
    [
      "void tags in any case and without quotes",
      "a<BR/>b<Br>c <IMG SRC='./fence.svg' ALT=x WIDTH=2>",
      /a<br>b<br>c <img src="\/pictures\/fence[^"]*" alt="x"/,
    ],
    ["tags in capitals", "<B>x</B> <SUB>y</SUB>", /<p><b>x<\/b>\s<sub>y<\/sub><\/p>/],
    ["addresses without quotes", "See <a href=/posts/other/>x</a>", '<a href="/posts/other/">x</a>'],
    [
      "signs beside names and types",
      "a <> b, if (a<b && c>d), List<int*>, Array<T,U>, x <y z",
      "a &lt;> b, if (a&lt;b &amp;&amp; c>d), List&lt;int*>, Array&lt;T,U>, x &lt;y z",
    ],
    [
      "tags that touch each other",
      "H<sub>2</sub><sup>3</sup>O\n\n<sub>2</sub><sup>3</sup>",
      "<p><sub>2</sub><sup>3</sup></p>",
    ],
    ["paragraphs on one line", "<p>a</p><p>b</p>", /<p>a<\/p>\s*<p>b<\/p>/],
    [
      "older elements",
      "<strike>x</strike> <tt>y</tt> <font color='red'>z</font>",
      /<s>x<\/s>\s<code>y<\/code>\sz/,
    ],
    ["a heading of the first level as HTML", "<h1>One</h1>", /<h2 class="body-head" id="one">One<\/h2>/],
    [
      "a drawing in the text",
      '<svg width="4" height="4" viewBox="0 0 4 4"><g stroke-width="2"><path d="M0 0h4"/></g></svg>',
      /<svg [^>]*viewBox="0 0 4 4"[^>]*><g stroke-width="2"><path d="M0 0h4"><\/path><\/g><\/svg>/,
    ],
    [
      "a picture with another one for the dark",
      '<picture><source srcset="./fence.svg 2x" media="(prefers-color-scheme: dark)"><img src="./fence.svg" alt="x"></picture>',
      /<source (?=[^>]*srcset="\/pictures\/fence\.[0-9a-f]+\.svg 2x")(?=[^>]*media="\(prefers-color-scheme: dark\)")[^>]*><img src="\/pictures/,
    ],
    [
      "sources of a sound",
      '<audio controls><source src="./song.mp3"></audio>',
      /<source src="\/pictures\/song\.[0-9a-f]+\.mp3">/,
    ],
    [
      "formulas between TeX's own signs",
      String.raw`\(x^2\), \\(y_i\\) and` + "\n\n\\[\n\\frac{a}{b}\n\\]",
      /<msup>.*<msub>.*<div class="math"><math display="block">.*<mfrac>/s,
    ],
    [
      "brackets that are escaped",
      String.raw`\[not a link\](x), \(see_this\)`,
      "<p>[not a link](x), (see_this)</p>",
    ],
    ["a formula in a code span", "$`x_1`$", /<math>.*<msub>/],
    ["a formula of chemistry", String.raw`$\ce{H2O}$`, /<math>.*mathvariant="normal">H/],
    [
      "prices in several currencies",
      "$5–$10, $1,000 and US$ 3; a $5 bill and a 10$ bill",
      "$5–$10, $1,000 and US$ 3; a $5 bill and a 10$ bill",
    ],
    [
      "a width behind the description of a picture",
      "![A fence|200](./fence.svg)",
      /<img src="[^"]*" alt="A fence" width="200" height="150"/,
    ],
    [
      "the mark of the blog's address in other programs",
      'A [a]({{ site.baseurl }}/posts/other/) [b](__GHOST_URL__/posts/other/) [c]({{ "/posts/other/" | relative_url }})',
      'A <a href="/posts/other/">a</a> <a href="/posts/other/">b</a> <a href="/posts/other/">c</a>',
    ],
    [
      "code between the marks of Hugo, Jekyll and Hexo",
      '{{< highlight go "linenos=table,hl_lines=1" >}}\n<html> $x {y}\n{{< /highlight >}}\n\n{% highlight js linenos %}\nlet a;\n{% endhighlight %}\n\n{% codeblock A title lang:js %}\nlet b;\n{% endcodeblock %}',
      /language-go hljs numbered"><mark class="line">&lt;html> \$x \{y\}.*language-js hljs numbered.*<figcaption>A title<\/figcaption>.*language-js/s,
    ],
  ])("%s are supported in addition to CommonMark and MDX", async (_name, text, expected) => {
    expect(await html(text, format)).toMatch(expected);
  });

  test("syntax that is removed or shown literally is noted", async () => {
    const notesOf = async (text: string) =>
      (await blog.render(text, { format })).notes.map(({ message }) => message);
    expect(await notesOf("a\u0008b\u000Bc")).toEqual([
      "A character that no page can show is left out: U+0008, U+000B",
    ]);
    expect(await html("a\u0008b\u000Bc", format)).toBe("<p>abc</p>");
    expect(await notesOf("See [the text][ref] and x[1][2].")).toEqual([
      "[the text][ref] is shown as text: there is no address for [ref]",
    ]);
    expect(await notesOf('[caption id="a"]x[/caption] [gallery] [code](/posts/other/)')).toEqual([
      '[caption id="a"] is syntax of another program and is shown as plain text',
      "[/caption] is syntax of another program and is shown as plain text",
      "[gallery] is syntax of another program and is shown as plain text",
    ]);
    expect(await notesOf('<img src="./fence.svg" srcset="./fence.svg 2x" alt="x">')).toEqual([
      "<img> has srcset, which is left out: sizes are made at build",
    ]);
    expect(await notesOf('<p align="center">x</p>')).toEqual([
      "<p> has align, which is removed: styles belong in a stylesheet",
    ]);
  });

  test("hints for local file paths, frames and pictures without alternative text work", async () => {
    const corrected = async (text: string) => {
      const { issues } = await blog.render(text, { format });
      expect(issues, text).toHaveLength(1);
      return issues[0]?.hint.split("\n").at(-1) ?? "";
    };
    expect(await corrected("![A fence](C:\\pictures\\fence.svg)")).toBe("![A fence](./fence.svg)");
    expect(await corrected("[paper](file:///home/me/paper.pdf)")).toBe("[paper](./paper.pdf)");
    expect(await corrected('<iframe src="//maps.example/a/" title="A map"></iframe>')).toBe(
      "[A map](https://maps.example/a/)",
    );
    expect(await corrected('<embed src="./paper.pdf">')).toBe("[paper.pdf](./paper.pdf)");
    const decorative = (await corrected("![](./fence.svg)")).replace(/^.*?: (?=<)/, "");
    for (const form of [
      "![A fence](./fence.svg)",
      "[paper](./paper.pdf)",
      "[A map](https://maps.example/a/)",
      decorative,
    ])
      expect(await blog.mistakes(form, { format })).toEqual([]);
    expect(await html('<img src="./fence.svg" alt="" role="presentation">', format)).toContain('alt=""');
  });

  test("first-level headings lower all headings by one level, with a note", async () => {
    const {
      html: body,
      headings,
      notes,
      issues,
    } = await blog.render("# One\n\n## Two\n\n> # Quoted\n\n###### Six", {
      format,
    });
    expect(issues).toEqual([]);
    expect(body?.match(/<h\d/g)).toEqual(["<h2", "<h3", "<h2", "<h6"]);
    expect(headings.map(({ depth }) => depth)).toEqual([2, 3, 6]);
    expect(notes.map(({ line }) => line)).toEqual([1, 5]);
  });

  test("code blocks in every dialect keep their language, title and marks", async () => {
    const fence = async (info: string, code = "const a = 1;\nlet b;"): Promise<string> =>
      html(`\`\`\`${info}\n${code}\n\`\`\``, format);
    for (const info of ['js title="src/a.js"', "js:src/a.js", "js:title=src/a.js", "js src/a.js"]) {
      expect(await fence(info)).toMatch(/<figcaption>src\/a\.js<\/figcaption>.*class="language-js hljs"/s);
    }
    for (const info of ["js {2}", "js{2}", "js mark={2}", "js {hl_lines=[2]}"]) {
      expect(await fence(info), info).toContain('<mark class="line"><span class="hljs-keyword">let');
    }
    expect(await fence("{.js .numberLines}")).toContain('class="language-js hljs numbered"');
    expect(await fence("js ins={1} del={2}")).toMatch(/<ins class="line">.*<del class="line">/s);
    expect(await fence("rust,ignore", "let a;")).toContain('class="language-rust hljs"');
    expect(await fence("{r, echo=FALSE}", "a")).toContain('class="language-r hljs"');
    expect(await fence("js", "let a; // [!code ++]")).toMatch(/<ins class="line">.*let.*a;\n<\/ins>/);
    expect(await fence("js /b/")).toContain("<mark>b</mark>");
    expect(await fence("js", "/* a\nb */")).not.toContain('class="line"');
  });

  test("a diff of another language keeps its marks and that language's highlighting in every notation", async () => {
    const lines = "  let a;\n-let b;\n+let c;\n\n  let d;";
    const colored =
      /class="language-js hljs">(<span class="line">) <span class="hljs-keyword">let<\/span> a;\n<\/span><del class="line"><span class="hljs-keyword">let<\/span> b;\n<\/del><ins class="line"><span class="hljs-keyword">let<\/span> c;\n<\/ins><span class="line">\n<\/span><span class="line"> /;
    for (const info of [
      ...[
        'diff lang="js"',
        "diff lang=js",
        "diff js",
        "js diff",
        "js diff=true",
        "diff-js",
        "diff_js",
        "js-diff",
      ],
      ...["{.diff .js}", "{.js .diff}", "diff language=js", "js:diff", "js {diff}"],
    ]) {
      const { html: body, notes } = await blog.render(`\`\`\`${info}\n${lines}\n\`\`\``, { format });
      expect(body, info).toMatch(colored);
      expect(notes, info).toEqual([]);
    }
    expect(await html("```diff_js:src/a.js\n+let a;\n let b;\n```", format)).toMatch(
      /<figcaption>src\/a\.js<\/figcaption>.*<ins class="line">.*<span class="line"><span class="hljs-keyword">let/s,
    );
    // Lines without the indentation of a diff are unchanged.
    expect(await html("```diff js\nlet a;\n+ let b;\n```", format)).toMatch(
      /<span class="line"><span [^>]*>let/,
    );
    const patch = "--- a/x.js\n+++ b/x.js\n@@ -1 +1 @@\n-let a;\n+let b;";
    const whole = await html(`\`\`\`diff lang="js"\n${patch}\n\`\`\``, format);
    expect(whole).toContain('class="language-diff hljs"');
    expect(whole.replace(/<[^>]*>/g, "").trim()).toBe(patch);
    expect(await html("```diff\n-a\n+b\n```", format)).toMatch(/hljs-deletion">-a.*hljs-addition">\+b/s);
  });

  test.each([
    [
      'go {linenos=table,hl_lines=[1,"2-3"],linenostart=199}',
      ["numbered", 'data-start="199"', "mark mark mark"],
    ],
    ['py title="x.py" linenums="1" hl_lines="2 3"', ["<figcaption>x.py", "numbered", "span mark mark"]],
    ["ts:line-numbers {1}", ["language-ts", "numbered", "mark span span"]],
    ["ts:line-numbers=20", ["numbered", 'data-start="20"']],
    ["js showLineNumbers{20}", ["numbered", 'data-start="20"']],
    ["js{1}{numberLines: true}", ["numbered", "mark span span"]],
    ["js {1}{numberLines: 5}", ["numbered", 'data-start="5"', "mark span span"]],
    [
      "rust,linenos,hl_lines=1 3,name=a.rs",
      ["language-rust", "<figcaption>a.rs", "numbered", "mark span mark"],
    ],
    ["yaml {.line-numbers}", ["language-yaml", "numbered"]],
    ["js/1,3", ["language-js", "mark span mark"]],
    ["js [src/my file.js]", ["<figcaption>src/my file.js"]],
    ['js ins="a" del="b"', ["<ins>a</ins>", "<del>b</del>"]],
  ])("the options of %s are read", async (info, parts) => {
    const code = info.startsWith("js") ? "x(a);\ny(b);\nz(c);" : "x a\ny b\nz c";
    const { html: body = "", notes } = await blog.render(`\`\`\`${info}\n${code}\n\`\`\``, { format });
    const marks = [...(body ?? "").matchAll(/<(mark|span) class="line">/g)].map(([, tag]) => tag).join(" ");
    for (const part of parts) expect(/^(?:mark|span) /.test(part) ? marks : body).toContain(part);
    expect(notes).toEqual([]);
  });

  test("Docusaurus and Gatsby comments mark lines and aren't shown", async () => {
    const code =
      "a; // highlight-line\n// highlight-next-line\nb;\n/* highlight-start */\nc;\nd;\n{/* highlight-end */}\n# highlight-range{2}\ne;\nf;";
    const body = await html(`\`\`\`text\n${code}\n\`\`\``, format);
    expect(
      [...body.matchAll(/<(mark|span) class="line">(\w);/g)].map(([, tag, line]) => `${line} ${tag}`),
    ).toEqual([...["a mark", "b mark", "c mark", "d mark", "e span", "f mark"]]);
    expect(body).not.toContain("highlight-");
  });

  test("the address of a video or post alone on a line is a plain link until its data is stored", async () => {
    for (const url of [
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      "https://a.example/@nell/112345678",
      "https://bsky.app/profile/n.example/post/3k",
    ]) {
      const { html: body, notes } = await blog.render(url, { format });
      expect(body).toContain(`<figure class="link-card"><a href="${url}">`);
      expect(notes[0]?.hint).toContain(`backfence embed ${url}`);
    }
    expect(await html("See https://youtu.be/dQw4w9WgXcQ here", format)).not.toContain("figure");
  });
});

describe("Markdown files", () => {
  test.each([
    ["comments", "Text <!-- more --> here\n\n<!--\nx\n\ny\n-->", "<p>Text  here</p>"],
    ["braces", "{{ a }} {% b %} {x}", "<p>{{ a }} {% b %} {x}</p>"],
    ["indented code", "Run:\n\n    npm i -- --x", /<pre[^>]*><code>npm i -- --x\n<\/code>/],
    ["optional end tags", "<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"],
    [
      "Markdown in blocks of HTML",
      "<div class='x'>\n\n*a*\n\n</div>",
      /<div class="x">\s*<p><em>a<\/em><\/p>\s*<\/div>/,
    ],
    ["tables", "<table><tr><td>a</table>", /<table><tbody><tr><td>a<\/td><\/tr><\/tbody><\/table>/],
  ])("%s follow CommonMark and HTML", async (_name, text, expected) => {
    const body = (await html(text, "md")).trim();
    if (typeof expected === "string") expect(body.replace(/\s*$/, "")).toBe(expected);
    else expect(body).toMatch(expected);
  });

  test.each([
    ["a script", "<script>alert(1)</script>", "<script> isn't allowed in a post"],
    [
      "a handler",
      '<b onclick="x()">y</b>',
      "<b> has the attribute onClick, which the Content Security Policy blocks",
    ],
    ["a tag that stays open", "one\n\n<b>two", "<b> is never closed"],
    [
      "a component",
      '<Figure src="./fence.svg" />',
      "<Figure> is a component, and a file that ends in .md is Markdown without components",
    ],
  ])("%s is an error", async (_name, text, message) => {
    const { issues } = await blog.render(text, { format: "md" });
    expect(issues.map((issue) => issue.message)).toContain(message);
  });

  test("unsupported syntax of other programs is removed or shown, with a note", async () => {
    const {
      html: body,
      notes,
      issues,
    } = await blog.render(
      [
        "## Head {#own .wide}",
        "A paragraph. {: .lead}",
        "![A fence](./fence.svg){width=50%} and {braces} stay {a.b}",
        "![A fence](./fence.svg =100x20)",
        "*[HTML]: Hypertext",
      ].join("\n\n"),
      { format: "md" },
    );
    expect(issues).toEqual([]);
    expect(body).toContain('id="own">Head</h2>');
    expect(body).toContain("<p>A paragraph.</p>");
    expect(body).toContain("and {braces} stay {a.b}</p>");
    expect(body).not.toMatch(/lead|50%|=100x20/);
    expect(notes.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "1: The attributes .wide aren't supported and are left out",
      "3: The attributes {: .lead} aren't supported and are left out",
      "5: The attributes {width=50%} aren't supported and are left out",
      "7: The size =100x20 of a picture is left out",
      "9: *[HTML] is shown as text: abbreviations can't be defined outside the text",
    ]);
  });

  test("presentational HTML is removed, with a note on its line", async () => {
    const {
      html: body,
      issues,
      notes,
    } = await blog.render('a\n\n<p align="center" style="color:red">b</p>\n\n<font>c</font>', {
      format: "md",
    });
    expect(issues).toEqual([]);
    expect(body).toContain("<p>b</p>");
    expect(notes.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "3: <p> has align, style, which is removed: styles belong in a stylesheet",
      "5: <font> is obsolete HTML: the tag is removed, its content kept",
    ]);
  });
});

test("a Zola link finds a text in another folder, or is reported if there is none", async () => {
  blog.write("content/posts/wide/index.md", "");
  expect(await html("[x](@/blog/wide/index.md#part)", "md")).toContain('href="/posts/wide/#part"');
  expect(await html("[x](@/blog/other.md)", "md")).toContain('href="/posts/other/"');
  const [mistake] = await blog.mistakes("[x](@/blog/nowhere/index.md#part)", { format: "md" });
  expect(mistake).toContain("The text @/blog/nowhere/index.md#part isn't there");
});

test("shortcodes of other programs are reported with a form that works", async () => {
  const told = async (text: string, format: "md" | "mdx"): Promise<string[]> => {
    const { issues, notes } = await blog.render(text, { format });
    return [...issues, ...notes].map(({ message, hint }) => `${message}\n${hint}`);
  };
  const youtube = "{{< youtube dQw4w9WgXcQ >}}";
  for (const format of FORMATS) {
    const [first] = await told(youtube, format);
    expect(first).toContain("\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ");
    expect((await told('{{< figure src="./fence.svg" alt="A fence" >}}', format))[0]).toContain(
      "\n![A fence](<./fence.svg>)",
    );
    expect((await told("{% include x.html %}", format)).length).toBe(1);
  }
  expect(await html(`Text ${youtube}`, "md")).toContain("youtube dQw4w9WgXcQ");
});

test("at least 180 language names are highlighted, and an unknown one is reported once", async () => {
  const { createHighlighter } = await import("./highlighter.ts");
  const { names } = await createHighlighter();
  expect(new Set(names).size).toBeGreaterThan(180);
  const langs =
    "bash sh zsh powershell dockerfile Dockerfile toml nginx ini makefile scala haskell elixir kotlin swift hcl terraform vue svelte astro jsx tsx json5 jsonc patch viml asm wasm solidity zig nix regex apache cmake objectivec fsharp matlab julia protobuf graphql console mdx".split(
      " ",
    );
  const text = langs
    .map((lang) => `\`\`\`${lang}\nFROM x = 1 # if "a" then { return true } <a b="c">\n\`\`\``)
    .join("\n\n");
  const { notes, html: body } = await blog.render(
    `${text}\n\n\`\`\`klingon\na\n\`\`\`\n\n\`\`\`klingon\nb\n\`\`\``,
  );
  expect(notes.map(({ message }) => message)).toEqual([
    "The language klingon of a code block isn't known, so it isn't highlighted",
  ]);
  expect(body?.match(/ hljs"/g)).toHaveLength(langs.length);
  expect(body).not.toContain("style=");
});

test("a diagram is rendered at build; an unsupported type stays code, with a note", async () => {
  const body = await blog.html("```mermaid\ngraph TD\n  A --> B\n```");
  expect(body).toMatch(
    /<figure class="diagram"><img src="data:image\/svg\+xml;base64,[^"]+" alt="Diagram" width="\d+" height="\d+"/,
  );
  const svg = Buffer.from(/base64,([^"]+)/.exec(body)?.[1] ?? "", "base64").toString();
  expect(svg).not.toMatch(/@import|googleapis|<script/);
  expect(svg).toContain("prefers-color-scheme:dark");
  const pie = await blog.render('```mermaid\npie\n  "a": 1\n```');
  expect(pie.html).toContain('<code class="language-mermaid">pie');
  expect(pie.notes[0]?.message).toBe("The diagram is shown as code: pie can't be drawn at build");
});

test("remote pictures are rejected, or linked if the author allows it", async () => {
  const text = "![A photo](https://pictures.example/abc.jpg)";
  expect((await blog.mistakes(text))[0]).toContain("backfence fetch-images");
  const { renderBody } = await import("./render-body.ts");
  const allowed = await renderBody(blog.source(text), blog.pictures, { remoteImages: "allow" });
  expect(allowed.issues).toEqual([]);
  expect(allowed.html).toContain('<img src="https://pictures.example/abc.jpg" alt="A photo" loading="lazy"');
  expect(allowed.notes).toHaveLength(1);
});

test("an unclosed code block is noted at its first line", async () => {
  const { notes } = await blog.render("a\n\n```js\nconst a = 1\n\nText");
  expect(notes[0]).toMatchObject({
    line: 3,
    message: "The code block that begins with ```js is never closed: the rest of the text is code",
  });
});

test("the author's plugins run in both formats", async () => {
  const { renderBody } = await import("./render-body.ts");
  const { defineHastPlugin } = await import("satteri");
  const shout = defineHastPlugin({
    name: "shout",
    text(node, context) {
      context.setProperty(node, "value", node.value.toUpperCase());
    },
  });
  for (const format of FORMATS) {
    const { html: body } = await renderBody(blog.source("abc *d*", { format }), blog.pictures, {
      hastPlugins: [shout],
    });
    expect(body).toBe("<p>ABC <em>D</em></p>");
  }
});

test.each(FORMATS)("an iframe with a video renders like the video's address, in .%s", async (format) => {
  for (const [src, address] of [
    [
      "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    ],
    ["//player.vimeo.com/video/1084537", "https://vimeo.com/1084537"],
  ] as const) {
    const frame = await blog.render(`<iframe src="${src}" width="5"></iframe>`, { format });
    const line = await blog.render(address, { format });
    expect(frame.issues).toEqual([]);
    expect(frame.html).toContain("link-card");
    expect(frame.html).toBe(line.html);
    expect(frame.notes.map(({ message }) => message)).toEqual(line.notes.map(({ message }) => message));
  }
});

test.each(FORMATS)(
  "a playlist or a channel's live stream isn't taken for a video, in .%s",
  async (format) => {
    for (const page of ["videoseries?list=PL123", "live_stream?channel=UC123"]) {
      const url = `https://www.youtube.com/embed/${page}`;
      const { issues } = await blog.render(`<iframe src="${url}"></iframe>`, { format });
      expect(issues[0]?.hint).toContain(`](${url})`);
      expect(await html(url, format)).toBe(`<p><a href="${url}">${url}</a></p>`);
    }
  },
);

describe("as other generators write it", () => {
  const format = "md";

  test("kramdown's table of contents, heading ids, comments and attribute lines", async () => {
    const text =
      '* TOC\n{:toc}\n\n## One\n{: #own .x}\n\nTwo\n----\n{: #two}\n\n{::comment}\nhidden\n{:/comment}\n\nA{::comment}hid{:/}B\n\nLead\n{class="lead"}\n\n```\n{::comment}\n```\n';
    const { html: body, issues, headings } = await blog.render(text, { format });
    expect(issues).toEqual([]);
    expect(headings.map(({ id, text: words }) => `${id} ${words}`)).toEqual(["own One", "two Two"]);
    expect(body).not.toMatch(/hid|lead"|toc\}|>TOC</);
    expect(body).toContain("AB");
    expect(body).toContain("{::comment}\n</code>");
    expect(await html("{::comment}\nnever closed", format)).toContain("never closed");
  });

  test("Obsidian's block ids aren't shown, but superscripts and a `^` within a line are", async () => {
    const { html: body, notes } = await blog.render(
      "A block. ^a1b2c3\n\n- item ^the-item\n- 2^10^\n\nUp ^there and\non. x ^y\n\n```\ncode ^abcdef\n```\n",
      { format },
    );
    expect(body).not.toMatch(/a1b2c3|the-item/);
    expect(body).toMatch(/<sup>10<\/sup>.*Up \^there.*x \^y.*code \^abcdef/s);
    expect(notes.map(({ line, message }) => `${line} ${message}`)).toEqual([
      "1 ^a1b2c3 is an Obsidian block id and isn't shown",
      "3 ^the-item is an Obsidian block id and isn't shown",
    ]);
  });

  test.each(FORMATS)("<a name> is a place that links lead to, in .%s", async (format) => {
    expect(await html('Text <a name="here"></a>.', format)).toContain('<a id="here"></a>');
    expect(await html('Text <a name="there" id="here"></a>.', format)).toContain('<a id="here"></a>');
  });

  test.each([
    ["[x]({% post_url other %})", "/posts/other/"],
    ["[x]({% link _posts/other.md %})", "/posts/other/"],
    ['[x]({{< ref "other.md" >}})', "/posts/other/"],
    ['[x]({{< relref "/posts/other#a-part" >}})', "/posts/other/#a-part"],
    ["[x](/posts/other/#Choose%20Your%20Way)", "/posts/other/#choose-your-way"],
    ["[x](./other.md#Choose Your Way)", "/posts/other/#choose-your-way"],
  ])("%s", async (text, href) => {
    expect(await html(text, format)).toContain(`href="${href}"`);
  });

  test("a video in image syntax is embedded; Obsidian's bases and canvases are left out", async () => {
    const film = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
    expect(await html(`![A film](${film})`, format)).toBe(await html(film, format));
    const {
      html: body,
      issues,
      notes,
    } = await blog.render("Before ![[Trips.base]] and ![[Map.canvas|x]].", { format });
    expect(issues).toEqual([]);
    expect(body).toBe("<p>Before  and .</p>");
    expect(notes.map(({ message }) => message)).toEqual([
      "![[Trips.base]] isn't shown: pages can't show Obsidian canvases and bases",
      "![[Map.canvas]] isn't shown: pages can't show Obsidian canvases and bases",
    ]);
  });
});

test("the hint for an unknown tag shows how to escape it", async () => {
  const { issues } = await blog.render("A <String> here.\n\nAnd x<y too.\n");
  expect(issues.map(({ line, hint }) => `${line} ${hint.split("\n")[0]}`)).toEqual([
    "1 If it isn't meant as a tag, escape it: \\<String",
  ]);
  expect(await blog.html("A List\\<String> here.\n\nAnd x<y too.\n")).toContain("And x&lt;y too.");
});

test("a picture in a data URL and a missing sound file are each reported once", async () => {
  expect(await blog.mistakes("![A dot](data:image/png;base64,iVBORw0KGgo=)")).toEqual([
    "1: The picture is embedded as a data: URL, so every page and feed would contain it\nSave it as a file beside the post:\n![A dot](./picture.png)",
  ]);
  const missing =
    "1: The file ./overture-of-1812.mp3 isn't there\nPut the file into content/posts/hello/.\nLooked for: content/posts/hello/overture-of-1812.mp3";
  expect(await blog.mistakes('![A song](./overture-of-1812.mp3 "A song")')).toEqual([missing]);
  expect(await blog.mistakes("See ![A song](./overture-of-1812.mp3) here")).toEqual([missing]);
});

test("an undefined name in a tag's attribute is reported on its line, with a form that works", async () => {
  for (const tag of ["<div class={a}>x</div>", "<div {...a}>x</div>"]) {
    const { issues } = await blog.render(`one\n\n${tag}`);
    expect(issues.map(({ line, message }) => `${line} ${message}`)).toEqual([
      "3 {a} uses something that isn't defined here: a",
    ]);
    const form = issues[0]?.hint.split("\n").at(-1) ?? "";
    expect(await blog.mistakes(`${form}\n\n${tag}`)).toEqual([]);
  }
  const { issues } = await blog.render('<div style={{ color: "red" }} onClick={go}>x</div>');
  expect(issues.map(({ message }) => message)).toEqual([
    "<div> has the attribute style, which the Content Security Policy blocks",
    "<div> has the attribute onClick, which the Content Security Policy blocks",
  ]);
});

describe("every correction works when it's pasted", () => {
  test.each([
    "The empty set {} and a tuple {1, 2} and {true} and {[1,2]}.",
    "Replace {username} in `{code}` and {{ a }}.",
    "Two {% b %}",
    "a {b",
    "Text {a} and\nmore {b} here",
    "- item {x}\n- item {y}",
    "## Heading {z}",
    "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
    "    npm install",
  ])("%s", async (text) => {
    const lines = text.split("\n");
    const { issues } = await blog.render(text);
    expect(issues.length).toBeGreaterThan(0);
    for (const { line = 1, hint } of [...issues].reverse()) {
      const fix = hint.split("\n").slice(1);
      lines.splice(line - 1, fix.length > 2 ? 1 : fix.length, ...fix);
    }
    expect(await blog.mistakes(lines.join("\n"))).toEqual([]);
  });
});

test.each([
  ["<p>a --flag b -- c</p>", "<p>a --flag b -- c</p>"],
  ["<div>\n5' 10\" `x --flag\n</div>", "<div>\n5' 10\" `x --flag\n</div>"],
  ["<ul>\n<li>x --flag</li>\n</ul>", "<ul>\n<li>x --flag</li>\n</ul>"],
  ["text\n<div>--flag</div>", "<p>text</p>\n<div>--flag</div>"],
  ["text <b>--flag</b> and --x, 5'", "<p>text <b>--flag</b> and --x, 5'</p>"],
])("characters in HTML stay as they are written: %j", async (text, expected) => {
  expect((await html(text, "md")).trim()).toBe(expected);
});
