/** Features of static generators besides plain Markdown. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { DRAWING } from "../../../../tests/fixtures/drawing.ts";
import { bodyOf, imported, importedProject as project } from "../../../../tests/support/imported.ts";
import { tempFolder } from "../../../../tests/support/temp-folder.ts";

const POST = (title: string, text: string): string =>
  `---\ntitle: ${title}\ndate: 2020-05-04\n---\n\n${text}\n`;

describe("Hugo", () => {
  const HUGO = { "hugo.toml": 'baseURL = "https://quiet.example/"\ntitle = "Quiet"\n' };

  test("ref and relref find texts by path or name, relative to the folder or the root", async () => {
    const refs = [
      '[a]({{< ref "/posts/gate.md" >}})',
      '[b]({{< relref "gate" >}})',
      "[c]({{% ref path=`/posts/bench` %}})",
      '[d]({{< ref "bench/index.md#legs" >}})',
      '[e]({{< relref "../notes/gate.md" >}})',
      "[f](gate.md)",
      '[g]({{< ref "no-such" >}})',
      '[h]({{< ref "draft" >}})',
    ];
    const { read, result } = await project({
      ...HUGO,
      "content/posts/walk.md": POST("Walk", refs.join("\n")),
      "content/posts/gate.md": POST("Gate", "A gate."),
      "content/posts/bench/index.md": POST("Bench", "A bench.\n\n## Legs"),
      "content/posts/chair/index.md": POST("Chair", "A chair."),
      "content/notes/gate.md": POST("Other gate", "Another."),
      "content/posts/draft.md": "---\ntitle: Draft\ndate: 2020-05-04\ndraft: true\n---\nLater.\n",
    });
    expect(bodyOf(read("posts/walk.md")).split("\n")).toEqual([
      // The one in notes/ is read first.
      "[a](/posts/gate-2/)",
      "[b](/posts/gate-2/)",
      "[c](/posts/bench/)",
      "[d](/posts/bench/#legs)",
      "[e](/posts/gate/)",
      "[f](/posts/gate-2/)",
      "[g](https://quiet.example/posts/walk/no-such.md)",
      "h",
    ]);
    expect(result.counts.links).toBe(8);
  });

  test("shortcodes become Markdown, except in code", async () => {
    const { read, result } = await project({
      ...HUGO,
      "content/posts/all.md": POST(
        "All",
        [
          '{{< x user="ann" id="123" >}}',
          "{{< gist ann 99 >}}",
          "{{< instagram BWNjjyYFxVx >}}",
          '{{< figure src="gate.svg" alt=`The gate` caption="Our > gate" >}}',
          '{{< notice warning "Mind" >}}\nThe *step*.\n{{< /notice >}}',
          "{{% details summary=`More` %}}\nInner **words**.\n{{% /details %}}",
          '{{< highlight go "linenos=table,hl_lines=2" >}}\na := 1\nb := `x`\n{{< /highlight >}}',
          "```\n{{</* youtube abc */>}}\nimport x from 'y'\nexport const z = 1\n```",
          'Write `{{</* ref "a" */>}}` for links.',
          "import duties are high.",
          "export of wool fell.",
        ].join("\n\n"),
      ),
      "content/posts/gate.svg": DRAWING,
    });
    const text = read("posts/all/index.md");
    for (const line of [
      "https://x.com/ann/status/123",
      "https://gist.github.com/ann/99",
      "https://www.instagram.com/p/BWNjjyYFxVx/",
      '![The gate](./gate.svg "Our > gate")',
      "> [!warning] Mind",
      "> The *step*.",
      "<details><summary>More</summary>",
      "Inner **words**.",
      "```go {2}",
      "b := `x`",
      "{{< youtube abc >}}",
      "import x from 'y'",
      "export const z = 1",
      'Write `{{< ref "a" >}}` for links.',
      "import duties are high.",
      "export of wool fell.",
    ])
      expect(text.split("\n")).toContain(line);
    expect(result.doubts).toEqual([]);
  });

  test.each([
    ['[permalinks]\nposts = "/:year/:month/:slug/"\n', "/2020/05/old-gate/"],
    ['[permalinks.page]\nposts = "/:contentbasename/"\n', "/gate-file/"],
    ['[permalinks]\nposts = "/a/:sections/:title/"\n', "/a/posts/old-gate/"],
    ["uglyURLs = true\n", "/posts/gate-file.html"],
    ["", "/posts/gate-file/"],
  ])("old addresses by the settings: %j", async (settings, alias) => {
    const { read } = await project({
      "hugo.toml": `baseURL = "https://quiet.example/"\n${settings}`,
      "content/posts/gate-file.md": POST("Old Gate", "A gate."),
      "content/posts/other-file.md": POST("Other", "Another."),
    });
    const places = `${read("posts/gate-file.md")}\n${read("site.yaml")}`;
    const isHere = alias === "/posts/gate-file/" || read("site.yaml").includes("permalinks:");
    expect(isHere || places.includes(alias), places).toBe(true);
  });

  test("a series gets its own file", async () => {
    const { read, load } = await project({
      ...HUGO,
      "content/posts/one.md": "---\ntitle: One\ndate: 2020-05-04\nseries: [All about gates]\n---\nOne.\n",
      "content/posts/two.md": "---\ntitle: Two\ndate: 2020-05-05\nseries: [All about gates]\n---\nTwo.\n",
    });
    expect(read("series/all-about-gates.yaml")).toBe("title: All about gates\n");
    expect((await load()).blog.posts.map(({ series }) => series)).toEqual([
      "all-about-gates",
      "all-about-gates",
    ]);
  });
});

describe("Jekyll", () => {
  const text = POST("Gate", "A gate, {% raw %}{{ page.title }}{% endraw %}.").replace(
    "\ndate: 2020-05-04",
    "\ncategories: wood",
  );

  test.each([
    ["permalink: pretty\n", "/wood/2020/05/04/gate/"],
    ["permalink: /:year/:title:output_ext\n", "/2020/gate.html"],
    ["collections:\n  posts:\n    permalink: /news/:year/:month/:day/:title/\n", "/news/2020/05/04/gate/"],
    ["permalink: none\nbaseurl: /blog\n", "/blog/wood/gate.html"],
    ["", "/wood/2020/05/04/gate.html"],
  ])("old addresses by the settings: %j", async (settings, alias) => {
    const { read, load } = await project({
      "_config.yml": `title: Old\nurl: https://old.example\n${settings}`,
      "_posts/2020-05-04-gate.md": text,
    });
    const { blog } = await load();
    const [post] = blog.posts;
    expect([post?.path, ...(post?.aliases ?? [])]).toContain(alias);
    expect(read("posts/gate.md")).toContain("A gate, \\{\\{ page.title \\}\\}.");
  });

  test("tags in code stay, and a highlight tag becomes a code block", async () => {
    const { read } = await project({
      "_config.yml": "title: Old\nurl: https://old.example\n",
      "_posts/2020-05-04-tags.md": POST(
        "Tags",
        '{% raw %}\n```liquid\n{% highlight ruby %}\nx\n{% endhighlight %}\n```\n{% endraw %}\n\n{% highlight ruby mark_lines="1 2" %}\n```\ny\n{% endhighlight %}\n\n{% comment %}\nnot for readers\n{% endcomment %}\n\n{% include box.html %}',
      ),
    });
    expect(bodyOf(read("posts/tags.md"))).toBe(
      "```liquid\n{% highlight ruby %}\nx\n{% endhighlight %}\n```\n\n````ruby {1,2}\n```\ny\n````\n\n\\{% include box.html %\\}",
    );
  });
});

describe("Hexo", () => {
  test("tags become Markdown", async () => {
    const { read } = await project({
      "_config.yml":
        "title: Old\nurl: https://old.example\npermalink: news/:year/:title/\nauthor: Ida Moor\n",
      "source/_posts/gate.md": POST(
        "Gate",
        [
          "{% codeblock Steps lang:js https://code.example/a.js The file mark:1,3-4 %}\nlet a;\n{% endcodeblock %}",
          "{% codeblock _.compact %}\nlet b;\n{% endcodeblock %}",
          "{% blockquote Ida Moor, On Gates https://gates.example/ The book %}\nGates\nclose.\n{% endblockquote %}",
          "{% pullquote right %}\nOnly this.\n{% endpullquote %}",
          "{% link The list https://list.example/ true %}",
          "{% post_link bench %} and {% post_link bench 'the seat' %}",
          "[path]({% post_path bench %})",
          "{% iframe https://map.example/1 400 300 %}",
          '{% img left /images/gate.svg 20 30 "A title" "A gate" %}',
          "{% jsfiddle ccWP7 %}",
        ].join("\n\n"),
      ),
      "source/_posts/bench.md": POST("The bench", "A seat."),
      "source/images/gate.svg": DRAWING,
    });
    expect(bodyOf(read("posts/gate/index.md"))).toMatchInlineSnapshot(`
      "\`\`\`js {1,3-4} title="Steps"
      let a;
      \`\`\`

      [The file](https://code.example/a.js)

      \`\`\`text title="_.compact"
      let b;
      \`\`\`

      > Gates
      > close.
      >
      > — Ida Moor, On Gates [The book](https://gates.example/)

      > Only this.

      [The list](https://list.example/)

      [The bench](/news/2020/bench/) and [the seat](/news/2020/bench/)

      [path](/news/2020/bench/)

      https://map.example/1

      ![A gate](./gate.svg "A title")

      https://jsfiddle.net/ccWP7/"
    `);
    expect(read("posts/gate/index.md")).toContain("authors: [ida-moor]");
  });
});

test("Eleventy: tags that only define collections are dropped; old addresses follow the data file", async () => {
  const { load } = await project({
    "eleventy.config.js": "export default () => {};\n",
    "src/posts/posts.11tydata.js":
      "module.exports = { tags: ['articles'], permalink: '/{{ page.date | toDatePath }}/{{ page.fileSlug }}/' };\n",
    "src/posts/2020-05-04-gate.md": "---\ntitle: Gate\ntags: [posts, articles, wood]\n---\nA gate.\n",
    "src/about.md": "---\ntitle: About\n---\nMe.\n",
  });
  const { blog } = await load();
  const [post] = blog.posts;
  expect(post?.tags).toEqual(["wood"]);
  expect([post?.path, ...(post?.aliases ?? [])]).toEqual(["/2020/05/04/gate/", "/posts/2020-05-04-gate/"]);
});

describe("Astro", () => {
  test("MDX: imports, pictures, videos, boxes and comments are converted", async () => {
    const { read, result } = await project({
      "astro.config.mjs": "export default {};\n",
      "src/content/blog/gate.mdx": POST(
        "Gate",
        [
          'import { YouTube } from "astro-embed";\nimport gate from "./gate.svg";\nimport Box from "../../components/Box.astro";',
          "export const count = 3;",
          '<YouTube id="abcdefghijk" />',
          '<Image src={gate} alt="A gate" width={30} />',
          '<Aside type="tip" title="Mind">\n  The *step*.\n</Aside>',
          "{/* not for readers */}",
          'A{" "}gap, {count} gates and <span className="big" onClick={go}>more</span>.',
          "<Box>Inner words</Box>",
          "```js\nimport a from 'a';\nlet b = {a};\n```",
        ].join("\n\n"),
      ),
      "src/content/blog/gate.svg": DRAWING,
    });
    const text = bodyOf(read("posts/gate/index.md"));
    expect(text).toMatchInlineSnapshot(`
      "https://www.youtube.com/watch?v=abcdefghijk

      ![A gate](./gate.svg)

      > [!tip] Mind
      > The *step*.

      A gap, \\{count\\} gates and <span class="big">more</span>.

      Inner words

      \`\`\`js
      import a from 'a';
      let b = {a};
      \`\`\`"
    `);
    expect(result.doubts.map(({ message }) => message)).toEqual([
      "it has code of its own (`export`), which is left out",
      "it has the component <Box>, of which only the text stays",
      "it has the expression {count}, which is kept as text",
    ]);
  });
});

describe("Obsidian", () => {
  test("notes are titled after their files; embeds, aliases, heading links and comments are converted", async () => {
    const { read, result, load } = await project({
      ".obsidian/app.json": "{}",
      "Walks/On the hill.md":
        "---\ndate: 2020-05-04\naliases: [Hill walk]\n---\nUp. %%not for you%%\n\n## The top\n\n![[gate.svg|30]] ![[Old gate]]\n\n%%\nnor\n\nthis\n%%\n",
      "Old gate.md":
        "---\ndate: 2020-05-05\n---\nSee [[on the hill]], [[Hill walk|the walk]], [[On the hill#The top]] and [[#Here]].\n\n## Here\n",
      "Secret.md": "Nobody reads this but me. [[Old gate]]\n",
      "files/gate.svg": DRAWING,
    });
    expect(read("posts/on-the-hill/index.md")).toContain("title: On the hill");
    expect(read("posts/on-the-hill/index.md")).not.toMatch(/not for you|nor|aliases/);
    expect(bodyOf(read("posts/on-the-hill/index.md"))).toBe(
      "Up. \n\n## The top\n\n![[gate.svg|30]] [Old gate](/posts/old-gate/)",
    );
    expect(bodyOf(read("posts/old-gate.md"))).toContain(
      "See [on the hill](/posts/on-the-hill/), [the walk](/posts/on-the-hill/), [On the hill > The top](/posts/on-the-hill/#the-top) and [[#Here]].",
    );
    expect(read("pages/secret.md")).toContain("draft: true");
    expect((await load()).blog.posts).toHaveLength(2);
    expect(result.doubts.map(({ message }) => message)).toContain(
      "it has a private remark (%%…%%), which is left out",
    );
  });
});

test("Pelican: metadata, links to files and addresses by the settings are imported; other formats are reported", async () => {
  const { load, read, result } = await project({
    "pelicanconf.py":
      'AUTHOR = "Ida Moor"\nSITENAME = "The towpath"\nSITEURL = "https://towpath.example"\nTIMEZONE = "Europe/Oslo"\nARTICLE_URL = "{date:%Y}/{date:%m}/{slug}.html"\n',
    "content/locks.md":
      "Title: Locks\nDate: 2014-05-06 09:30\nCategory: Canals\n\nSee [ducks]({filename}ducks.md).\n",
    "content/ducks.md": "Title: Ducks\nDate: 2014-05-07\n\nTwo.\n",
    "content/swans.rst": "Swans\n#####\n",
  });
  const { blog } = await load();
  expect(read("posts/locks.md")).toContain("[ducks](/posts/ducks/)");
  expect(blog.posts.map(({ aliases }) => aliases)).toEqual([
    ["/2014/05/ducks.html"],
    ["/2014/05/locks.html"],
  ]);
  expect(read("site.yaml")).toContain("timeZone: Europe/Oslo");
  expect(read("authors/ida-moor.yaml")).toContain("Ida Moor");
  expect(result.ledger["other file"].ignored).toBe(1);
});

test("links to headings lead to their new ids, whatever the generator's ids were", async () => {
  const { read, load, result } = await project({
    "_config.yml": "title: Old\nurl: https://old.example\n",
    "_posts/2020-05-04-gate.md": POST(
      "Gate",
      [
        "[a]({% post_url 2020-05-05-bench %}#getting-started)",
        "[b](/2020/05/04/bench.html#Getting-Started)",
        "[c](https://old.example/2020/05/04/bench.html#uber-uns)",
        "[d](/2020/05/04/bench.html#old-place)",
        "[e](/2020/05/04/bench.html#below)",
        "[f](/2020/05/04/bench.html#anchor)",
        "[g](/2020/05/04/bench.html#party)",
        "[h](/2020/05/04/bench.html#gone)",
        '[i](#Own_Words), [j][own] and <a href="#nowhere">k</a>',
        "[own]: #own-words",
        "## Own words",
      ].join("\n\n"),
    ),
    "_posts/2020-05-05-bench.md": POST(
      "Bench",
      [
        "## 1. Getting started",
        "Über uns\n--------",
        "## Another {#old-place}",
        "### Below that\n{: #below .wide}",
        '<a name="anchor"></a>',
        "## :tada: *Party*",
      ].join("\n\n"),
    ),
  });
  expect(bodyOf(read("posts/gate.md")).split("\n\n")).toEqual([
    "[a](/posts/bench/#1-getting-started)",
    "[b](/posts/bench/#1-getting-started)",
    "[c](/posts/bench/#über-uns)",
    "[d](/posts/bench/#old-place)",
    "[e](/posts/bench/#below)",
    "[f](/posts/bench/#anchor)",
    "[g](/posts/bench/#-party)",
    "[h](/posts/bench/)",
    "[i](#own-words), [j][own] and <a>k</a>",
    "[own]: #own-words",
    "## Own words",
  ]);
  await load();
  expect(result.texts.find(({ file }) => file === "posts/gate.md")?.notes).toEqual([
    "there is no place #nowhere at /posts/gate/, to which a link leads",
    "there is no place #gone at /posts/bench/, to which a link leads",
  ]);
});

test("code that contains pictures, links and tags stays unchanged", async () => {
  const lines = [
    'Use `<img src="/a.jpg">`, ``a `<iframe src="x">` b`` and `![](b.jpg)`.',
    "",
    '    ![Alt](https://a.example/b.png "Title")',
    "    <script>let a;</script>",
    "",
    "- One",
    "",
    "    more of it, [a link](https://a.example/).",
  ];
  const { read } = await project({ "a.md": POST("A", lines.join("\n")) });
  expect(bodyOf(read("posts/a.md"))).toBe(lines.join("\n"));
});

test("Gatsby: old addresses follow the folders", async () => {
  const { load } = await project({
    "gatsby-config.js": "module.exports = {};\n",
    "content/blog/benches/index.md": POST("Benches", "Sit."),
  });
  expect((await load()).blog.posts[0]?.aliases).toEqual(["/benches/"]);
});

const UNCLOSED = [
  "{{< a ",
  "{% raw %}",
  "{% comment %}",
  "{{< a >}}",
  "{% note %}",
  "{{ a(",
  "```\n",
  "<Aside ",
  "%%",
  "{/*",
  "[[",
  "<Image src={",
  "$$",
  "{% endraw %}",
];

test("unclosed template tags are imported in bounded time", async () => {
  const folder = tempFolder("hostile");
  mkdirSync(path.join(folder, "src/content/blog"), { recursive: true });
  for (const [index, piece] of UNCLOSED.entries())
    writeFileSync(
      path.join(folder, `src/content/blog/post-${index}.mdx`),
      POST(`A${index}`, piece.repeat(5000)),
    );
  const { result } = await imported(folder);
  expect(result.counts.posts).toBe(UNCLOSED.length);
});
