import { beforeAll, describe, expect, test } from "vitest";
import { DRAWING } from "../../../tests/fixtures/drawing.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
  blog.write("content/posts/other.md", "---\ntitle: Other\n---\n");
  blog.write("content/posts/hello/paper.pdf", "%PDF-1.4");
  blog.write("content/posts/hello/my paper.pdf", "%PDF-1.4");
  blog.write("content/posts/hello/my fence.svg", DRAWING);
  blog.write("content/posts/hello/song.mp3", "ID3");
});

const FORMATS = ["md", "mdx"] as const;

describe.each(FORMATS)("in .%s", (format) => {
  test.each([
    [
      "a box of MkDocs",
      '!!! warning "Mind the *step*"\n    One\n\n    Two\n\nAfter',
      /note-box-warning.*<strong>Mind the <em>step<\/em><\/strong>.*<p>One<\/p>\s*<p>Two<\/p>\s*<\/div>\s*<p>After/s,
    ],
    [
      "a box of MkDocs whose title has no quotes",
      "!!! note Mind the step\n    Text",
      "<strong>Mind the step</strong>",
    ],
    ["a folded box of MkDocs", "??? tip\n    Text", /<details class="note-box note-box-tip"><summary/],
    ["an open fold of MkDocs", '???+ note "T"\n    Text', /<details class="note-box note-box-note" open>/],
    [
      "a box of MkDocs in a list, with a box in it",
      "1. Item\n\n    !!! note\n        Inside\n\n        !!! bug\n            Deeper\n\n2. Next",
      /<li>\s*<p>Item<\/p>.*note-box-note.*Inside.*note-box-warning.*Deeper.*<li>\s*<p>Next/s,
    ],
    [
      "tabs of MkDocs",
      'Before\n\n=== "C"\n\n    ``` c\n    int a;\n    ```\n\n=== "C++"\n\n    Text\n\nAfter',
      /<p>Before<\/p>\s*<div class="tabs">.*<label for="tabs-1-1">C<\/label>.*language-c.*<label for="tabs-1-2">C\+\+<\/label>.*<p>Text<\/p>.*<\/div><\/div>\s*<p>After/s,
    ],
    ["a block of PyMdown", "/// note | A title\nText\n///", /<strong>A title<\/strong>.*<p>Text/s],
    ["a box of MyST", "```{note} A *title*\nText\n\n- item\n```", /<strong>A <em>title<\/em>.*<li>item/s],
    ["a box of MyST with colons", ":::{tip}\nText\n:::", /note-box-tip.*<p>Text/s],
    [
      "a folded box of Quarto",
      '::: {.callout-tip collapse="true" title="A title"}\nText\n:::',
      /<details class="note-box note-box-tip"><summary.*A title.*<p>Text/s,
    ],
    ["a spoiler of HedgeDoc", ":::spoiler More\nText\n:::", /<details .*<strong>More<\/strong>.*<p>Text/s],
    ["a message of Zenn", ":::message\nText\n:::", /note-box-note.*<p>Text/s],
    ["contents of kramdown", "* TOC\n{:toc}\n\n## One", /^<nav class="contents-list".*href="#one"/],
    [
      "the heading that stands for the contents in AstroPaper",
      "## Table of contents\n\n## One\n\nText",
      /id="table-of-contents".*<nav class="contents-list"[^>]*><ul><li><a href="#one">One<\/a><\/li><\/ul>/s,
    ],
    [
      "an environment of TeX",
      "\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}\n\nAfter",
      /<math display="block">.*<p>After/s,
    ],
    [
      "bars in a formula of a table",
      "| a | b |\n|---|---|\n| $|x|$ | $5 |\n| $3 | $4 |",
      /<td><math>.*<td>\$5<\/td>.*<td>\$3<\/td>\s*<td>\$4<\/td>/s,
    ],
    ["comparisons without spaces", "if x==1&&y==2 and a==b==c", "if x==1&amp;&amp;y==2 and a==b==c"],
    ["highlights in Japanese", "これは==強調==です", "これは<mark>強調</mark>です"],
    ["struck-out text in Japanese", "これは~~「消す」~~です", "これは<del>「消す」</del>です"],
    ["placeholders", "npm i <package> <your-name> <API_KEY>x", "npm i &lt;package> &lt;your-name>"],
    [
      "types",
      "std::vector<int> Promise<void> List<String> x<y and y>z a<b>bold</b>",
      "std::vector&lt;int> Promise&lt;void> List&lt;String> x&lt;y and y>z a<b>bold</b>",
    ],
    [
      "GitHub's folded text",
      "<details><summary>More</summary>\nText\n</details>\n\nAfter",
      /<details><summary>More<\/summary>\s*(?:<p>)?Text(?:<\/p>)?\s*<\/details>\s*<p>After/,
    ],
    [
      "an element between lines of text",
      '<div class="a">\nText\n<div>inner</div>\n</div>',
      /<div class="a">\s*(?:<p>)?Text\s*(?:<\/p>)?<div>inner<\/div>\s*<\/div>/,
    ],
    [
      "web addresses with a slip",
      "[a](http:/a.example) [b](https//b.example/x) [c](htttps://c.example) [d](http://https://d.example) [e](ftp://e.example)",
      /href="http:\/\/a\.example".*href="https:\/\/b\.example\/x".*href="https:\/\/c\.example".*href="https:\/\/d\.example".*href="ftp:\/\/e\.example"/,
    ],
    ["an address for mail", "[mail](me.x@mail.example)", '<a href="mailto:me.x@mail.example">mail</a>'],
    [
      "quotes in the title of a link",
      '[a](/posts/other/ "The "best" one")',
      /<a href="\/posts\/other\/" title="The (?:&quot;|&#x22;|")best(?:&quot;|&#x22;|") one">/,
    ],
    [
      "a definition whose address has spaces",
      '[a][one] and ![b][two]\n\n[one]: ./my paper.pdf "The title"\n[two]: ./my fence.svg',
      /<a href="\/files\/my-paper\.[0-9a-f]+\.pdf" title="The title">a<\/a> and <img src="\/pictures\/my-fence\./,
    ],
    [
      "papers and sounds embedded in a sentence",
      "See ![[paper.pdf]] and ![a song](./song.mp3).",
      /See <a href="\/files\/paper\.[0-9a-f]+\.pdf">paper<\/a> and <a href="[^"]*song\.[0-9a-f]+\.mp3">a song<\/a>\./,
    ],
    [
      "a language by GitHub's name",
      "```objective-c\nint a;\n```\n\n```shell-session\n$ ls\n```",
      /hljs-type">int<\/span>.*class="language-shell-session hljs"/s,
    ],
    ["a language by its media type", "```text/html\n<p>\n```", "hljs-name"],
  ])("%s is read", async (_name, text, expected) => {
    const { html, issues, notes } = await blog.render(text, { format });
    expect([...issues, ...notes]).toEqual([]);
    if (typeof expected === "string") expect(html).toContain(expected);
    else expect(html).toMatch(expected);
  });

  test.each([
    ["an include", '--8<-- "part.md"', '--8<-- "part.md" is syntax of another program'],
    [
      "a missed link",
      "See [the text] (https://a.example/x).",
      "[the text] (https://a.example/x) isn't a link",
    ],
    [
      "a link the wrong way round",
      "(the text)[https://a.example/x]",
      "(the text)[https://a.example/x] isn't a link",
    ],
    ["a table without its line of dashes", "| a | b |\n| 1 | 2 |", "These lines look like a table"],
    [
      "a grid table",
      "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+",
      "These lines look like a table",
    ],
    ["a formula that nothing ends", "$$\nx\n\ntext", "$$ is shown as text"],
    ["a directive in a sentence", "A :badge[new] thing", ":badge[new] is syntax of another program"],
    ["a directive on its line", "::card[The words]", "::card[The words] is syntax of another program"],
    ["a class of Pandoc's", "::: {.center}\ntext\n:::", "::: {.center} isn't supported"],
    [
      "a line of dashes of another length",
      "| a | b |\n|---|\n| 1 | 2 |",
      "These lines look like a table, but are shown as text: the line of dashes below its header row has a different number of columns",
    ],
    [
      "a second address of one name",
      "[a]\n\n[a]: https://a.example/\n[A]: https://b.example/",
      "[A] has an address already, https://a.example/, so this one is never used: https://b.example/",
    ],
    [
      "a heading without a space",
      "##Part *one*",
      "##Part *one* isn't a heading: the space after the # characters is missing",
    ],
    ["a heading without words", "##\n\nText", "A heading has no text"],
    ["a spoiler of Discord's", "Then ||he leaves|| it.", "||he leaves|| hides nothing here"],
    ["a spoiler of Reddit's", "Then >!he leaves!< it.", ">!he leaves!< hides nothing here"],
    ["BBCode", "A [url=https://a.example]word[/url].", "[url=https://a.example]word[/url] is syntax"],
    [
      "lines that a code block hasn't",
      "```js {1,9}\na\n```",
      "A code block marks line 9, which it doesn't have",
    ],
    [
      "a line of a diagram that nothing closes",
      "```mermaid\ngraph LR\n  A --> B[open\n```",
      "A line of the diagram can't be read, so it may be missing in the drawing: A --> B[open",
    ],
    ["a diagram of nothing", "```mermaid\ngraph LR\n```", "nothing in it can be drawn"],
    ["an embedded part of a text", "See ![[other#Part]]", "![[other#Part]] is shown as a link"],
    ["a name of a block in Obsidian", "The text ^quote-1", "^quote-1 is an Obsidian block id"],
  ])("%s is noted", async (_name, text, message) => {
    const { issues, notes } = await blog.render(text, { format });
    expect(issues).toEqual([]);
    expect(notes.map((note) => note.message)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    'Code:\n\n```\n!!! note\n    x\n=== "a"\n[a] (https://a.example/)\n--8<-- "x"\n```',
    "Run `[a] (https://a.example/)` and `:a[b]`",
    "Wow!!! That is it\n\n!!! danger ahead",
    "a:b[0], 10:30[1] and std::map[x]",
    "2^10 and x ^2",
    "a || b || c and if (a||b||c) x",
    "#tag and ##",
    "<pre>two *stars* here</pre>",
    "[//]: # (one)\n[//]: # (two)\n\nText",
  ])("what only looks like it stays as it is: %j", async (text) => {
    const { html, issues, notes } = await blog.render(text, { format });
    expect([...issues, ...notes]).toEqual([]);
    expect(html).not.toMatch(/note-box|class="tabs"/);
  });

  test("a link without text gets a hint that works", async () => {
    const [mistake = ""] = await blog.mistakes("See [](https://www.a.example/x/).", { format });
    expect(mistake).toBe(
      "1: The link to https://www.a.example/x/ has no text, so readers can't see it\nGive it some:\n[a.example/x](https://www.a.example/x/)",
    );
    expect(await blog.mistakes(mistake.split("\n").at(-1) ?? "", { format })).toEqual([]);
  });

  test("errors inside an unknown component are also reported", async () => {
    const messages = (await blog.render("<Tabs>\n\n![](./fence.svg)\n\n</Tabs>", { format })).issues;
    expect(messages.map(({ line }) => line)).toEqual([1, 3]);
  });
});

test.each([
  "<details>\n\nText\n\n- item\n  </details>\n\n\nAfter",
  "<details>\n\nText\n\n  1. item\n\n     more\n\n     </details>\n\nAfter",
  "<Aside>\n\nText\n\n- one\n- two\n  goes on\n  </Aside>\n\n\nAfter",
  "- <Aside>\n\n  Text\n\n  - item\n\n    </Aside>\n\n- After",
])("an end tag in a list ends the list if its element began before the list: %j", async (text) => {
  const html = await blog.html(text, { format: "mdx" });
  expect(html).toMatch(/<p>Text<\/p>\s*<(?:ul|ol)>[^]*<\/(?:ul|ol)>\s*<\/(?:details|div)>[^]*After/);
});

test("an end tag that is a list item is an error and doesn't crash the parser", async () => {
  const text = (end: string) => `<details>\n\nText\n\n- one\n${end}\n\n\nAfter`;
  const [mistake = ""] = await blog.mistakes(text("- </details>"), { format: "mdx" });
  expect(mistake).toBe(
    "6: </details> is a list item here, but what it closes began before the list\nWrite it on a line of its own, after an empty line:\n\n</details>",
  );
  expect(await blog.mistakes(text(`\n${mistake.split("\n").at(-1)}`), { format: "mdx" })).toEqual([]);
});

test("a directive in Markdown is noted with a form that works", async () => {
  const lastLine = async (text: string) => {
    const { notes } = await blog.render(text, { format: "md" });
    expect(notes).toHaveLength(1);
    return notes[0]?.hint.split("\n").at(-1);
  };
  expect(await lastLine('::github{repo="a/b"}')).toBe("[a/b](https://github.com/a/b)");
  expect(await lastLine("::youtube[A film]{#dQw4w9WgXcQ}")).toBe(
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
  );
  expect(await lastLine("A :badge[New]{type=tip} thing")).toBe("New");
});

test("admonition syntax in indented code is left unchanged in Markdown", async () => {
  expect(await blog.html("Code:\n\n    !!! note\n        x", { format: "md" })).toContain("!!! note\n    x");
});

test("a component in Markdown is reported with its original spelling and a fix", async () => {
  const of = (text: string) => blog.mistakes(text, { format: "md" });
  expect((await of("<MyChart data='x' />")).join()).toMatch(
    /^1: HTML has no tag <MyChart>\nFor the characters themselves write \\<MyChart>\. For a component of your own name the file \.mdx/,
  );
  expect((await of("<Fgure src='./fence.svg' />")).join()).toMatch(
    /<Fgure>\nDid you mean <Figure>\? Name the file \.mdx/,
  );
  expect(await of("\\<MyChart>")).toEqual([]);
  expect((await of("<fooBar>x</fooBar>")).join()).toMatch(/^1: <fooBar> isn't allowed.*\\<fooBar>/s);
});

test("a tag without `>` is reported instead of silently swallowing text", async () => {
  const broken = '<div class="a\nWords that follow.\n\nMore';
  const [mistake = ""] = await blog.mistakes(broken, { format: "md" });
  expect(mistake).toBe(
    '1: The tag <div> has no end, so the text after it would be part of it\nClose its quotes and write > where it ends:\n<div class="a">',
  );
  const html = await blog.html(`${mistake.split("\n").at(-1)}\nWords that follow.\n</div>\n\nMore`, {
    format: "md",
  });
  expect(html).toContain("Words that follow.");
});

test("an unclosed comment is reported instead of silently hiding text", async () => {
  const [mistake = ""] = await blog.mistakes("Before\n\n<!-- TODO: check\n\nAfter", { format: "md" });
  expect(mistake).toBe(
    "3: A comment is never closed, so the text after it isn't shown: <!-- TODO: check\nClose it where it ends:\n<!-- TODO: check -->",
  );
  expect(await blog.html(`Before\n\n${mistake.split("\n").at(-1)}\n\nAfter`, { format: "md" })).toContain(
    "<p>After</p>",
  );
  expect(await blog.mistakes("> Before\n>\n> <!-- a\n\nAfter", { format: "md" })).toHaveLength(1);
  expect((await blog.render("> <!-- a\n\nAfter", { format: "md" })).html).toContain("<p>After</p>");
  expect(await blog.mistakes("<!--\n\n```\ncode\n```\n\n-->\n\nAfter", { format: "md" })).toEqual([]);
  expect(await blog.html("In <!-- a line\n\nAfter **bold**", { format: "md" })).toContain(
    "<strong>bold</strong>",
  );
});

/** Text of an author, the part of it that the note quotes, and the corrected form. */
describe.each(FORMATS)("unparsed Markdown is noted in .%s, with a form that works:", (format) => {
  test.each([
    ["**bold **text", "**bold **", "**bold** text"],
    ["A ** bold** text", "** bold**", "**bold**"],
    ["__bold __ text", "__bold __", "__bold__"],
    ["so *it *is", "*it *", "*it* is"],
    ["so _it _ is", "_it _", "_it_"],
    ["~~gone ~~now", "~~gone ~~", "~~gone~~ now"],
    ["==marked ==now", "==marked ==", "==marked== now"],
    ["**(a)**b", "**(a)**", "**(a)** b"],
    ["**Wow! **she said", "**Wow! **", "**Wow!** she"],
    ["[@doe99, p. 33]", "[@doe99, p. 33]", "^[doe99, p. 33]"],
    ["[l](mailto:a@b.example?subject=x y)", "[l](mailto:", "[l](mailto:a@b.example?subject=x%20y)"],
    ["• one\n• two", "Lines that begin with •", "- one"],
    [
      "[embed]https://youtu.be/abcdefghijk[/embed]",
      "[embed]https://youtu.be/abc",
      "https://youtu.be/abcdefghijk",
    ],
    ["Right     Left\n-------   -----\n12        12", "These lines look like a table", "| --- | --- |"],
  ])("%j", async (text, named, form) => {
    const { notes, issues } = await blog.render(text, { format });
    expect(issues).toEqual([]);
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining(named)]);
    const lines = (notes[0]?.hint ?? "").split("\n");
    expect(lines).toContainEqual(expect.stringContaining(form));
    expect((await blog.render(form, { format })).notes.map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining(named),
    );
  });

  test.each([
    "\\*\\*bold \\*\\*text",
    "2 ** 3 and 4 ** 5",
    "f(**kwargs) and g(**kw)",
    "5 * 3 * 2 and 2**8",
    "_private and _other",
    "price* and terms*",
    "a == b and c == d",
    "**one** and **two**",
    "***both*** **_both_**",
    "これは**「強調」**です",
    "[not a link] (really)",
    "at 50 %% x",
  ])("but there is no note for %j", async (text) => {
    const { notes, issues } = await blog.render(text, { format });
    expect([...issues, ...notes]).toEqual([]);
  });

  test("strong emphasis nested by a misread closing delimiter", async () => {
    const { notes } = await blog.render("**Note:**text and word**“more”** here", { format });
    expect(notes.map(({ message }) => message)).toEqual([
      "Strong emphasis begins inside strong emphasis: Note:text and word“more”",
    ]);
  });
});

test.each([
  ["\\textbf{so}", "**so**"],
  ["\\emph{so}", "*so*"],
  ["\\footnote{so}", "^[so]"],
  ["\\section{So}", "## So"],
])("a command of LaTeX in Markdown, %s, is noted with its form here", async (text, form) => {
  const { notes } = await blog.render(text, { format: "md" });
  expect(notes.map(({ message }) => message)).toEqual([
    `${text} is syntax of another program and is shown as plain text`,
  ]);
  expect(notes[0]?.hint.split("\n").at(-1)).toBe(form);
  expect((await blog.render("\\ref{a} and \\begin{figure}", { format: "md" })).notes).toHaveLength(2);
});

test("Markdown inside HTML without blank lines is noted", async () => {
  const { notes } = await blog.render("<div>\n**bold** and [x](https://a.example/)\n</div>", {
    format: "md",
  });
  expect(notes.map(({ message }) => message)).toEqual([
    "**bold** isn't read as emphasis, so its `**` is shown",
    "[x](https://a.example/) isn't read as a link, so it is shown as text",
  ]);
  expect(
    (await blog.render("<div>\n\n**bold** and [x](https://a.example/)\n\n</div>", { format: "md" })).notes,
  ).toEqual([]);
});
