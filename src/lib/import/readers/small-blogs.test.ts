/** Small blogs with typical features of their generators, which authors expect to be kept. */
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DRAWING } from "../../../../tests/fixtures/drawing.ts";
import { bodyOf, importedProject as project } from "../../../../tests/support/imported.ts";
import type { ImportedBlog } from "../../../../tests/support/imported.ts";

/** A line of front matter by its key. */
const lineOf = (text: string, key: string): string => new RegExp(`^${key}:.*$`, "m").exec(text)?.[0] ?? "";
const notesOf = (blog: ImportedBlog, file: string): readonly string[] =>
  blog.result.texts.find((text) => text.file === file)?.notes ?? [];
const doubtsOf = (blog: ImportedBlog): string[] =>
  blog.result.doubts.map(({ where, message }) => `${where}: ${message}`);

test("Hugo: cascade, front page, custom shortcodes and files next to a post are imported", async () => {
  const blog = await project({
    "hugo.toml": 'baseURL = "https://quiet.example/"\ntitle = "Quiet"\n',
    "content/_index.md": "---\ntitle: Quiet\n---\nWelcome.\n",
    "content/posts/_index.md": "---\ntitle: Posts\ncascade:\n  author: Ida Moor\n---\nAll of them.\n",
    "content/posts/gate/index.md": [
      "---\ntitle: Gate\ndate: 2020-05-04\ncategories: [Wood]\nmood: calm\n---",
      '{{< figure src="gate.svg" alt="A gate" title="Ours" caption="In *oak*" attr="Bea" attrlink="https://bea.example/" >}}',
      '{{< tabs >}}\n{{< tab name="One" >}}\nFirst.\n{{< /tab >}}\n{{< tab name="Two" >}}\nSecond.\n{{< /tab >}}\n{{< /tabs >}}',
      '{{< notice tip >}}\nSee {{< img src="gate.svg" alt="In it" >}}\n{{< /notice >}}',
      "{{< box >}}\nKept *words*.\n{{< /box >}}",
      '{{< button href="https://b.example/" >}}Press{{< /button >}}',
      '{{< thumb-right src="gate.svg" alt="Thumb" >}}',
      'It\'s {{< param mood >}}; {{< ref "bench" >}} and {{< unknown a=1 >}}.',
      "[Plan](plan.pdf) and [a gate](gate.svg)",
      '<video controls src="/clip.mp4"></video>',
      '<figure><img src="gate.svg" alt=\'A "gate"\'><figcaption>Below</figcaption></figure>',
      "{{< toc >}}",
      "## End",
    ].join("\n\n"),
    "content/posts/gate/gate.svg": DRAWING,
    "content/posts/gate/plan.pdf": "%PDF-1.4\n",
    "static/clip.mp4": "film",
    "content/posts/bench.md": "---\ntitle: Bench\ndate: 2020-05-05\nauthor: Bea\n---\nSit.\n",
    "content/about.md": "---\ntitle: About\ndate: 2020-01-01\n---\nMe.\n",
  });
  const { read, load } = blog;
  const gate = read("posts/gate/index.md");
  expect(lineOf(gate, "authors")).toBe("authors: [ida-moor]");
  expect(lineOf(read("posts/bench.md"), "authors")).toBe("authors: [bea]");
  expect(bodyOf(gate)).toMatchInlineSnapshot(`
    "![A gate](./gate.svg "Ours: In *oak* [Bea](https://bea.example/)")

    :::tabs
    :::tab[One]
    First.
    :::

    :::tab[Two]
    Second.
    :::
    :::

    > [!tip]
    > See 
    >
    > ![In it](./gate.svg)

    Kept *words*.

    [Press](https://b.example/)

    ![Thumb](./gate.svg)

    It's calm; [Bench](/posts/bench/) and \\{\\{\\< unknown a=1 >\\}\\}.

    [Plan](./plan.pdf) and [a gate](./gate.svg)

    ![clip.mp4](./clip.mp4)

    <figure><img src="./gate.svg" alt="A &quot;gate&quot;"><figcaption>Below</figcaption></figure>

    [TOC]

    ## End"
  `);
  expect(read("pages/home.md")).toContain("Welcome.");
  expect(read("pages/about.md")).toContain("Me.");
  expect(read("site.yaml")).toContain("/categories/wood/: /tags/wood/");
  expect(read("site.yaml")).toContain("path: /index.xml");
  expect(doubtsOf(blog)).toEqual([
    'content/posts/gate/index.md: it has the tag "box", of which only the text stays',
    'content/posts/gate/index.md: it has the tag "button", of which only the text stays',
    'content/posts/gate/index.md: it has the tag "thumb-right", of which only what it shows stays',
    'content/posts/gate/index.md: it has the tag "unknown", which is kept as text',
    "content/posts/_index.md: its text stood above a list of posts, which has none here",
  ]);
  await load();
});

test("Jekyll: defaults, collections, includes, values, categories and dates in the blog's time zone are used", async () => {
  const blog = await project({
    "_config.yml":
      "title: Old\nurl: https://old.example\ntimezone: Europe/Berlin\ncollections:\n  recipes:\n    output: true\n    permalink: /eat/:name/\n  notes: {}\ndefaults:\n  - scope: {path: '', type: posts}\n    values: {author: Ida Moor}\n",
    "_posts/2020-05-04-gate.md": [
      "---\nlayout: post\ntitle: Gate\ndate: 2020-05-04 00:30:00 +0200\ncategories: wood gates\ntags: oak\n---",
      '{% include figure.html src="/assets/gate.svg" caption="Ours" alt="A gate" %}',
      '{% include youtube.html id="dQw4w9WgXcQ" %}',
      '{% include note.html content="Mind it" %}',
      "By {{ page.author }} for {{ site.title }}, {{ site.nothing }}.",
      "{% raw %}{{ a }}{% endraw %}",
      "Next. [List](/categories/wood/), [all](/tags/), [gone](https://old.example/nowhere/), [note]({% link _notes/a.md %})",
    ].join("\n\n"),
    "_posts/2020-05-05-page.html":
      '---\ntitle: Page\n---\n<p>See <a href="{% post_url 2020-05-04-gate %}">it</a>.</p>\n',
    "_recipes/soup.md": "---\ntitle: Soup\n---\nStir.\n",
    "_notes/a.md": "---\ntitle: A\n---\nData.\n",
    "docs/help.md": "---\ntitle: Help\ndate: 2019-01-01\n---\nHelp.\n",
    "index.md": "---\nlayout: home\n---\n",
    "assets/gate.svg": DRAWING,
  });
  const { read, load } = blog;
  const gate = read("posts/gate/index.md");
  expect(lineOf(gate, "aliases")).toBe(
    "aliases: [/wood/gates/2020/05/04/gate.html, /wood/gates/2020/05/04/gate/]",
  );
  expect(lineOf(gate, "authors")).toBe("authors: [ida-moor]");
  expect(bodyOf(gate)).toMatchInlineSnapshot(`
    "![A gate](./gate.svg "Ours")

    https://www.youtube.com/watch?v=dQw4w9WgXcQ

    > [!note]
    > Mind it

    By Ida Moor for Old, \\{\\{ site.nothing \\}\\}.

    \\{\\{ a \\}\\}

    Next. [List](/tags/wood/), [all](/tags/), [gone](https://old.example/nowhere/), [note](https://old.example/_notes/a.md)"
  `);
  expect(read("posts/page.md")).toContain("See [it](/posts/gate/).");
  expect(lineOf(read("pages/soup.md"), "aliases")).toBe("aliases: [/eat/soup/]");
  expect(read("pages/help.md")).toContain("Help.");
  expect(read("site.yaml")).toContain("path: /feed.xml");
  expect(doubtsOf(blog)).toEqual([
    "_notes/a.md: it's data of a collection that had no pages, so it isn't imported",
    '_posts/2020-05-04-gate.md: it has the tag "note", of which only what it shows stays',
    "_posts/2020-05-04-gate.md: it has the value {{ site.nothing }}, which is kept as text",
    "index.md: it's a page without a text, so it isn't imported",
  ]);
  await load();
});

test("Hexo: pages with dates, tabs, info strings of code and covers are imported", async () => {
  const { read, load } = await project({
    "_config.yml": "title: Old\nurl: https://old.example\ntimezone: Europe/Berlin\n",
    "source/_posts/gate.md": [
      "---\ntitle: Gate\ndate: 2020-05-04 00:30:00\ncategories: [[Wood, Oak], Play]\ncover: /images/gate.svg\n---",
      "{% tabs Name %}\n<!-- tab One -->\nFirst.\n<!-- endtab -->\n{% endtabs %}",
      "``` js a.js https://a.example/ link mark:2\na\nb\n```",
      "{% post_path gate %}",
    ].join("\n\n"),
    "source/images/gate.svg": DRAWING,
    "source/about/index.md": "---\ntitle: About\ndate: 2020-01-01\n---\nMe.\n",
    "source/tags/index.md": "---\ntitle: Tags\ntype: tags\n---\n",
  });
  const gate = read("posts/gate/index.md");
  expect(gate).toContain("src: ./gate.svg");
  expect(bodyOf(gate)).toBe(
    ':::tabs\n:::tab[One]\nFirst.\n:::\n:::\n\n```js {2} title="a.js"\na\nb\n```\n\n[Gate](/2020/05/04/gate/)',
  );
  expect(read("pages/about.md")).toContain("Me.");
  const { blog } = await load();
  expect(blog.pages.map(({ slug }) => slug)).toEqual(["about"]);
  expect(blog.posts.map((post) => post.path)).toEqual(["/2020/05/04/gate/"]);
});

test("Eleventy: data files, JavaScript front matter, permalinks of single posts and pictures are imported", async () => {
  const blog = await project({
    "eleventy.config.js": "export default () => {};\n",
    "_data/metadata.js": "export default { title: 'Quiet', url: 'https://quiet.example/' };\n",
    "posts/posts.11tydata.js":
      "export default { author: 'Ida Moor', tags: ['articles'], permalink: '/b/{{ page.fileSlug }}/' };\n",
    "posts/hidden/hidden.json": '{ "draft": true }',
    "posts/gate.md":
      "---js\n{ title: 'Gate', date: '2020-05-04', tags: ['articles', 'wood'] }\n---\n{% image \"./gate.svg\", \"A gate\", \"(min-width: 30em) 50vw\" %}\n\nOn {{ title }}. {# a remark #}\n\n```js/2/4\na\n```\n",
    "posts/gate.svg": DRAWING,
    "posts/bench.md":
      "---\ntitle: My Bench\ndate: 2020-05-05\npermalink: /old/{{ title | slugify }}/\n---\nSit.\n",
    "posts/hidden/idea.md": "---\ntitle: Idea\ndate: 2020-05-06\n---\nSecret.\n",
    "list.md": "---\ntitle: List\npagination:\n  data: x\n---\nA list.\n",
  });
  const { read, load } = blog;
  const gate = read("posts/gate/index.md");
  expect(gate).toContain("title: Gate");
  expect(lineOf(gate, "authors")).toBe("authors: [ida-moor]");
  expect(lineOf(gate, "tags")).toBe("tags: [wood]");
  expect(bodyOf(gate)).toBe("![A gate](./gate.svg)\n\nOn Gate. \n\n```js ins={2} del={4}\na\n```");
  expect(lineOf(read("posts/bench.md"), "aliases")).toContain("/old/my-bench/");
  expect((await load()).blog.heldBack.drafts.map(({ title }) => title)).toEqual(["Idea"]);
  expect(read("site.yaml")).toContain("title: Quiet");
  expect(doubtsOf(blog)).toEqual(["list.md: it's a list that the theme fills, so it isn't imported"]);
});

test("Zola: shortcode arguments, covers below extra and authors of only some posts are imported", async () => {
  const blog = await project({
    "config.toml": 'base_url = "https://quiet.example"\ntitle = "Quiet"\n',
    "content/blog/gate.md": [
      '+++\ntitle = "Gate"\ndate = 2020-05-04\nauthors = ["Bea"]\n[extra]\ncover = "gate.svg"\n+++',
      '{{ admonition(type="tip", title="T", text="Words with `code`.") }}',
      '{% quote(author="V") %}\nClose it.\n{% end %}',
      '{{ dual_image(light_src="gate.svg", dark_src="no.png") }}',
      "{% mermaid() %}\ngraph TD\nA-->B\n{% end %}",
      "[Bench](@/blog/bench.md#the-legs)",
    ].join("\n\n"),
    "content/blog/bench.md": '+++\ntitle = "Bench"\ndate = 2020-05-05\n+++\n## The legs\n',
    "content/blog/chair.md": '+++\ntitle = "Chair"\ndate = 2020-05-06\n+++\nSit.\n',
    "static/gate.svg": DRAWING,
  });
  const { read, load } = blog;
  expect(bodyOf(read("posts/gate/index.md"))).toMatchInlineSnapshot(`
    "> [!tip] T
    > Words with \`code\`.

    > Close it.
    >
    > — V

    ![Picture](./gate.svg)

    \`\`\`mermaid
    graph TD
    A-->B
    \`\`\`

    [Bench](/blog/bench/#the-legs)"
  `);
  expect(read("posts/gate/index.md")).toContain("src: ./gate.svg");
  expect(lineOf(read("posts/bench.md"), "authors")).toBe("authors: [quiet]");
  expect(doubtsOf(blog)).toContain(
    'Quiet: 2 posts name no author, while others do, so the author of these is "Quiet": change the name in content/authors/',
  );
  await load();
});

test("Obsidian: tags in the text, picture sizes, files, names with spaces and videos are kept", async () => {
  const blog = await project({
    ".obsidian/app.json": "{}",
    "Gate.md": [
      "---\ndate: 2020-05-04\n---",
      "A #gate/oak here, #1 not. [Old](<Old bench.md>) and [[Nothing]].",
      "![[gate.svg|30]] ![[gate.svg]]",
      "![[plan.pdf]] [[song.mp3]]",
      "![x|100](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
    ].join("\n\n"),
    "Old bench.md": "---\ndate: 2020-05-05\n---\nSit.\n",
    "files/gate.svg": DRAWING,
    "files/plan.pdf": "%PDF-1.4\n",
    "files/song.mp3": "ID3",
    "Board.canvas": "{}",
  });
  const { read, load, root, result } = blog;
  expect(bodyOf(read("posts/gate/index.md"))).toMatchInlineSnapshot(`
    "A #gate/oak here, #1 not. [Old](/posts/old-bench/) and Nothing.

    ![[gate.svg|30]] ![gate](./gate.svg)

    [plan.pdf](./plan.pdf) [song.mp3](./song.mp3)

    https://www.youtube.com/watch?v=dQw4w9WgXcQ"
  `);
  expect(lineOf(read("posts/gate/index.md"), "tags")).toBe("tags: [gate/oak]");
  expect(existsSync(path.join(root, "content/posts/gate/plan.pdf"))).toBe(true);
  expect(notesOf(blog, "posts/gate/index.md")).toEqual([
    "there is no text Nothing that readers see, so the link to it is only words",
  ]);
  expect(doubtsOf(blog)).toEqual(["Board.canvas: a canvas or base of Obsidian's can't be shown here"]);
  expect(result.counts.brokenPictures).toEqual([]);
  await load();
});

test("Astro: author files, pages, front matter values and the text in components are imported", async () => {
  const blog = await project({
    "astro.config.mjs": 'export default defineConfig({ site: "https://quiet.example" });\n',
    "src/content/authors/ida.md": "---\nname: Ida Moor\n---\nA life.\n",
    "src/content/blog/gate.mdx":
      '---\ntitle: Gate\npubDate: 2020-05-04\nauthor: ida\n---\nimport { Tabs, TabItem } from "@astrojs/starlight/components";\n\nOn {frontmatter.title}.\n\n<Tabs>\n  <TabItem label="npm">\n  npm i\n  </TabItem>\n</Tabs>\n\n<Card>\n\tInner *words*.\n</Card>\n\n<figure>\n  <img src="/gate.svg" alt="G" />\n</figure>\n',
    "src/pages/about.md": "---\ntitle: About\n---\nMe.\n",
    "public/gate.svg": DRAWING,
  });
  const { read, load } = blog;
  expect(read("authors/ida-moor.yaml")).toBe("name: Ida Moor\n");
  expect(bodyOf(read("posts/gate/index.md"))).toMatchInlineSnapshot(`
    "On Gate.

    :::tabs
    :::tab[npm]
    npm i
    :::
    :::

    Inner *words*.

    <figure>
      <img src="./gate.svg" alt="G">
    </figure>"
  `);
  expect((await load()).blog.pages.map(({ slug }) => slug)).toEqual(["about"]);
  expect(doubtsOf(blog)).toEqual([
    "src/content/blog/gate.mdx: it has the component <Card>, of which only the text stays",
    "src/content/authors/ida.md: only the name of the author is imported, not the text",
  ]);
});
