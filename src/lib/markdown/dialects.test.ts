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
      /<label for="tabs-1-1">npm<\/label><div class="tab"><figure class="code">.*<label for="tabs-1-2">yarn<\/label>/s,
    ],
    [
      "sub and superscripts beside tildes and carets of every other kind",
      "H~2~O, 2^10^ m^2^, x^2 and y^3, a~b, ~/.bashrc, ~~gone~~ ~one~ ==a~1~==",
      "<p>H<sub>2</sub>O, 2<sup>10</sup> m<sup>2</sup>, x^2 and y^3, a~b, ~/.bashrc, <del>gone</del> <del>one</del> <mark>a<sub>1</sub></mark></p>",
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
  ])("%s comes through", async (_name, text, expected) => {
    expect(await html(text, format)).toMatch(expected);
  });

  test("headings of the first level, which is the title's, put all headings one level lower, with a note", async () => {
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

  test("code of every dialect keeps its language, title and marks", async () => {
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

  test("a line with nothing but an address of a film or post is a quiet link until something is stored of it", async () => {
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
  ])("%s are what CommonMark and HTML make of them", async (_name, text, expected) => {
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
  ])("%s is a mistake", async (_name, text, message) => {
    const { issues } = await blog.render(text, { format: "md" });
    expect(issues.map((issue) => issue.message)).toContain(message);
  });

  test("marks of other programs without a form here are left out, or stay, with a note", async () => {
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
      "1: The attributes .wide mean nothing here and are left out",
      "3: The attributes {: .lead} mean nothing here and are left out",
      "5: The attributes {width=50%} mean nothing here and are left out",
      "7: The size =100x20 of a picture is left out",
      "9: *[HTML] is shown as it stands: abbreviations aren't defined apart from the text",
    ]);
  });

  test("what only said how something looks is left out with a note that has its line", async () => {
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
      "3: <p> has align, style, which is removed: styles belong in a style sheet",
      "5: <font> is obsolete HTML: the tag is removed, its content kept",
    ]);
  });
});

test("templates of other programs are named with the form that works here", async () => {
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

test("at least 180 names of languages are coloured by classes, and an unknown one is named once", async () => {
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

test("a diagram is drawn at build; a kind that can't be drawn stays code with a note", async () => {
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

test("remote pictures are refused, or left where they are when the author allows it", async () => {
  const text = "![A photo](https://pictures.example/abc.jpg)";
  expect((await blog.mistakes(text))[0]).toContain("backfence fetch-images");
  const { renderBody } = await import("./render-body.ts");
  const allowed = await renderBody(blog.source(text), blog.pictures, { remoteImages: "allow" });
  expect(allowed.issues).toEqual([]);
  expect(allowed.html).toContain('<img src="https://pictures.example/abc.jpg" alt="A photo" loading="lazy"');
  expect(allowed.notes).toHaveLength(1);
});

test("a block of code that is never closed is named with its first line", async () => {
  const { notes } = await blog.render("a\n\n```js\nconst a = 1\n\nText");
  expect(notes[0]).toMatchObject({
    line: 3,
    message: "The code block that begins with ```js is never closed: the rest of the text is code",
  });
});

test("the author's own plug-ins for Markdown and HTML run in both formats", async () => {
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

test.each(FORMATS)("a frame with a film is corrected to the film's address, in .%s", async (format) => {
  for (const [src, address] of [
    [
      "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    ],
    ["//player.vimeo.com/video/1084537", "https://vimeo.com/1084537"],
  ] as const) {
    const { issues } = await blog.render(`<iframe src="${src}" width="5"></iframe>`, { format });
    expect(issues.map(({ hint }) => hint.split("\n").at(-1))).toEqual([address]);
    expect(await blog.mistakes(address, { format })).toEqual([]);
  }
});

test("what looks like a tag that nobody knows may be a sign: the correction has it", async () => {
  const { issues } = await blog.render("A List<String> here.\n\nAnd x<y too.\n");
  expect(issues.map(({ line, hint }) => `${line} ${hint.split("\n")[0]}`)).toEqual([
    "1 If it's no tag, write the sign itself: \\<String",
    "3 If it's no tag, write the sign itself: \\<y",
  ]);
  expect(await blog.mistakes("A List\\<String> here.\n\nAnd x\\<y too.\n")).toEqual([]);
});

test("a picture in its own address and a sound that isn't there are named for what they are, once", async () => {
  expect(await blog.mistakes("![A dot](data:image/png;base64,iVBORw0KGgo=)")).toEqual([
    "1: The picture stands in its own address (data:…), so every page and feed would hold it\nSave it as a file beside the post:\n![A dot](./picture.png)",
  ]);
  const missing =
    "1: The file ./overture-of-1812.mp3 isn't there\nPut the file into content/posts/hello/.\nLooked for: content/posts/hello/overture-of-1812.mp3";
  expect(await blog.mistakes('![A song](./overture-of-1812.mp3 "A song")')).toEqual([missing]);
  expect(await blog.mistakes("See ![A song](./overture-of-1812.mp3) here")).toEqual([missing]);
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
