/** Unusual exports: from other versions of a platform, or modified by other programs and editors. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { imported } from "../../../tests/support/imported.ts";
import type { ImportedBlog } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";

async function importFiles(files: Readonly<Record<string, string | Buffer>>): Promise<ImportedBlog> {
  const folder = tempFolder("dirty");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const blog = await imported(folder);
  await blog.load();
  const again = await blog.again();
  expect(again.files).toMatchObject({ written: 0, removed: 0, kept: [], earlier: [] });
  return blog;
}

function wxr(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>B</title><link>https://old.example</link>
<item><title>One</title><link>https://old.example/one/</link><content:encoded><![CDATA[${body}]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2012-03-04 10:00:00</wp:post_date><wp:post_name>one</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>`;
}

function bodyOf(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
}

const WORDPRESS: readonly (readonly [string, string | Buffer, string])[] = [
  ["another prefix", wxr("words").replaceAll("wp:", "w:").replace("xmlns:wp=", "xmlns:w="), "words"],
  ["another version", wxr("words").replace("export/1.2/", "export/1.9/"), "words"],
  ["https in its namespace", wxr("words").replace("http://wordpress", "https://wordpress"), "words"],
  ["UTF-16", Buffer.from(`\uFEFF${wxr("é")}`.replace("UTF-8", "UTF-16"), "utf16le"), "é"],
  ["Latin-1, declared", Buffer.from(wxr("é").replace("UTF-8", "ISO-8859-1"), "latin1"), "é"],
  ["line ends of old Macs", wxr("a\n\nb").replaceAll("\n", "\r"), "a\n\nb"],
  ["a byte order mark and line ends of Windows", `\uFEFF${wxr("a\n\nb").replaceAll("\n", "\r\n")}`, "a\n\nb"],
  [
    "warnings of PHP before and after",
    `<br />Warning: x in /y.php\n${wxr("words")}<b>Fatal error</b>`,
    "words",
  ],
  ["control characters", wxr("a\u0000b\u000Bc\u001Fd"), "abcd"],
  ["half a surrogate pair", wxr("a \uD800 b"), "a \uFFFD b"],
  ["a CDATA section in two", wxr("a]]]]><![CDATA[>b"), "a]]>b"],
  ["an attribute of 300,000 characters", wxr(`<p data-x="${"x".repeat(300_000)}">words</p>`), "words"],
];

test.each(WORDPRESS)("WordPress with %s", async (_name, text, words) => {
  const { read } = await importFiles({ "export.xml": text });
  expect(bodyOf(read("posts/one.md"))).toBe(words);
});

test("WordPress: comments that reply to each other in a circle or precede their post's fields are imported", async () => {
  const comment = (id: number, parent: number): string =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Ned</wp:comment_author><wp:comment_content>Words ${id}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;
  const { read } = await importFiles({
    "export.xml": wxr("words").replace("<item>", `<item>${comment(1, 2)}${comment(2, 1)}`),
  });
  expect(read("responses/one.json")).toMatch(/Words 1[^]*Words 2/);
});

test("Blogger: text and tags of XHTML content stay in order", async () => {
  const { read } = await importFiles({
    "feed.atom": `<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><entry><id>tag:1</id><blogger:type>PAGE</blogger:type><blogger:status>LIVE</blogger:status><title>P</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>one <b>two</b> three <i>four</i></p></div></content></entry></feed>`,
  });
  expect(bodyOf(read("pages/p.md"))).toBe("one **two** three _four_");
});

test("Hugo: a translation keeps its language and old address; an expired post is a draft", async () => {
  const { read } = await importFiles({
    "hugo.toml": 'baseURL = "https://x.example/"\n',
    "content/post/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nOne.\n",
    "content/post/a.fr.md": "---\ntitle: F\ndate: 2020-01-02\n---\nUn.\n",
    "content/post/old.md": "---\ntitle: Old\ndate: 2019-01-02\nexpiryDate: 2020-01-01\n---\nGone.\n",
  });
  expect(read("posts/a.md")).toContain("aliases: [/post/a/]");
  expect(read("posts/a-2.md")).toMatch(/aliases: \[\/fr\/post\/a\/\][^]*lang: fr/);
  expect(read("posts/old.md")).toContain("draft: true");
});

test("Jekyll: HTML posts are imported; unsupported values and loops and invalid front matter are reported", async () => {
  const { read, result } = await importFiles({
    "_config.yml": "title: x\n",
    "_posts/2020-01-02-a.html": "---\ntitle: H\n---\n<p>In <b>HTML</b>.</p>\n",
    "_posts/2020-01-03-b.md":
      '---\ntitle: B\n---\n{% for p in site.posts %}\n{{ p.title | date: "%Y" }}\n{% endfor %}\n',
    "_posts/2020-01-04-c.md": "---\ntitle: C\ntags: [a\n---\nWords.\n",
  });
  expect(bodyOf(read("posts/a.md"))).toBe("In **HTML**.");
  expect(result.doubts.map(({ where, message }) => `${where}: ${message}`).sort()).toEqual([
    '_posts/2020-01-03-b.md: it has the tag "for", which is kept as text',
    '_posts/2020-01-03-b.md: it has the value {{ p.title | date: "%Y" }}, which is kept as text',
    expect.stringMatching(/^_posts\/2020-01-04-c\.md: its front matter can't be read whole/),
  ]);
});

test("a folder with a single Markdown file can be imported", async () => {
  const { read } = await importFiles({ "a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nWords.\n" });
  expect(read("posts/a.md")).toContain("Words.");
});

function entryOf(head: string, body: string, after = ""): string {
  return `TITLE: One\nDATE: 03/17/2008 10:22:00 PM\n${head}-----\nBODY:\n${body}\n-----\n${after}--------\n`;
}

test("Movable Type: an entry with an unknown status isn't published", async () => {
  const states = ["Publish", "Private", "Unlisted", "Future"];
  const entries = states.map((status) =>
    entryOf(`BASENAME: ${status}\nSTATUS: ${status}\n`, `Words, ${status}.`),
  );
  const { read, files, result } = await importFiles({ "mt.txt": entries.join("") });
  expect(read("posts/publish.md")).not.toContain("draft");
  expect(read("posts/unlisted.md")).toContain("draft: true");
  expect(read("posts/future.md")).toContain("draft: true");
  expect(JSON.stringify(files())).not.toContain("Words, Private.");
  expect(result.doubts.map(({ message }) => message)).toEqual([
    "its status “Unlisted” isn't one of Movable Type's, so it's a draft",
  ]);
});

test("TypePad: percent-encoded slugs, entities in blog names and links to pop-up pictures are resolved", async () => {
  const body =
    '<p><a href="http://ann.typepad.com/.shared/image.html?/photos/gate.jpg"><img src="http://ann.typepad.com/images/gate-small.jpg" alt="Gate"></a></p>';
  const { read } = await importFiles({
    "mt.txt": entryOf(
      "STATUS: Publish\nUNIQUE URL: http://ann.typepad.com/fence/2008/03/gr%C3%BCn.html \n",
      body,
      "PING:\nTITLE: Gates &amp; more\nURL: http://hedge.example/gates\nBLOG NAME: Hedge &amp; Co\nDATE: 03/18/2008\nAn excerpt\n-----\n",
    ),
  });
  expect(bodyOf(read("posts/grün.md"))).toBe("[Gate](http://ann.typepad.com/photos/gate.jpg)");
  expect(JSON.parse(read("responses/grün.json"))).toMatchObject({
    children: [{ name: "Gates & more", site: "Hedge & Co", author: { name: "Hedge & Co" } }],
  });
});

test("Blogger: captions in tables, line breaks as paragraphs, styled emphasis, two-word labels and podcasts are kept", async () => {
  const escaped = (html: string): string => html.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const content = escaped(
    '<table class="tr-caption-container"><tbody><tr><td><a href="http://1.bp.blogspot.com/x/s1600/wall.jpg"><img src="http://1.bp.blogspot.com/x/s320/wall.jpg"></a></td></tr><tr><td class="tr-caption">A <i>dry</i> wall</td></tr></tbody></table>One.<br /><br /><a name="two"></a>Two,<br />with <span style="font-weight: bold;">bold</span> and <span style="font-style:italic">italic</span>.<br /><br /><b style="font-weight:normal;">Three</b> <a href="#two">two</a> <a href="http://lane.blogspot.com/search/label/Old%20walls">walls</a>.',
  );
  const { read } = await importFiles({
    "blog.xml": `<feed xmlns='http://www.w3.org/2005/Atom'><link rel='alternate' href='http://lane.blogspot.com/'/><generator>Blogger</generator><entry><id>tag:blogger.com,1999:blog-1.post-1</id><published>2011-11-10T09:00:00Z</published><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/><category scheme='http://www.blogger.com/atom/ns#' term='Old walls'/><title>One</title><content type='html'>${content}</content><link rel='alternate' href='http://lane.blogspot.com/2011/11/one.html'/><link rel='enclosure' type='audio/mpeg' href='http://pod.example/1.mp3'/></entry></feed>`,
  });
  expect(bodyOf(read("posts/one.md"))).toBe(
    [
      "<http://pod.example/1.mp3>",
      "[Picture](http://1.bp.blogspot.com/x/s1600/wall.jpg)",
      "_A _dry_ wall_",
      "One.",
      '<span id="at-two"></span>Two,\\\nwith **bold** and _italic_.',
      "Three [two](#at-two) [walls](/tags/old-walls/).",
    ].join("\n\n"),
  );
  expect(read("site.yaml")).toContain("/search/label/Old%20walls: /tags/old-walls/");
});

test("Ghost: posts in its editor formats are converted; parts for members are left out", async () => {
  const text = (words: string, format = 0) => ({ type: "extended-text", text: words, format });
  const lexical = {
    root: {
      children: [
        { type: "paragraph", children: [text("Hello "), text("bold", 1), text(" & "), text("code", 16)] },
        { type: "extended-heading", tag: "h3", children: [text("Head")] },
        { type: "list", tag: "ol", children: [{ type: "listitem", children: [text("one")] }] },
        {
          type: "paragraph",
          children: [{ type: "link", url: "__GHOST_URL__/blocks/", children: [text("link")] }],
        },
        { type: "codeblock", language: "js", code: "a < b" },
        { type: "html", html: "<p>Open</p>", visibility: { web: { nonMember: true } } },
        { type: "html", html: "<p>Secret of members</p>", visibility: { web: { nonMember: false } } },
        { type: "email", html: "<p>Only mail</p>" },
        { type: "mystery" },
      ],
    },
  };
  const mobiledoc = {
    version: "0.3.1",
    atoms: [["soft-return", "", {}]],
    cards: [
      ["hr", {}],
      ["markdown", { markdown: "From *Markdown*." }],
    ],
    markups: [["strong"], ["a", ["href", "https://a.example/"]]],
    sections: [
      [
        1,
        "p",
        [
          [0, [], 0, "Hello "],
          [0, [0], 1, "bold"],
          [1, [], 0, 0],
          [0, [1], 1, "link"],
        ],
      ],
      [10, 0],
      [3, "ul", [[[0, [], 0, "one"]]]],
      [10, 1],
    ],
  };
  const html =
    '<p>Open</p><!--kg-gated-block:begin--><p>Secret of members, too</p><!--kg-gated-block:end--><!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>Secret of members</p><!--kg-gated-block:end--><!--kg-gated-block:begin nonMember:true memberSegment:"" --><p>Everybody</p><!--kg-gated-block:end-->';
  const post = (slug: string, content: object) => ({
    ...{ id: slug, title: slug, slug, status: "published", visibility: "public", type: "post" },
    ...{ published_at: "2023-01-02T10:00:00.000Z", ...content },
  });
  const posts = [
    post("letters", { html: null, lexical: JSON.stringify(lexical) }),
    post("blocks", { mobiledoc: JSON.stringify(mobiledoc) }),
    post("gated", { html }),
  ];
  const comments = [
    { id: "c1", post_id: "gated", member_id: "m1", status: "published", html: "<p>Nice</p>" },
    { id: "c2", post_id: "gated", member_id: "m1", status: "hidden", html: "<p>No</p>", parent_id: "c1" },
  ];
  const members = [{ id: "m1", name: "Ned", email: "ned@mail.example" }];
  const data = { posts, posts_tags: [], comments, members };
  const { read, files, result } = await importFiles({
    "ghost.json": JSON.stringify({ db: [{ meta: { exported_on: 1 }, data }] }),
  });
  expect(bodyOf(read("posts/letters.md"))).toBe(
    "Hello **bold** & `code`\n\n### Head\n\n1. one\n\n[link](/posts/blocks/)\n\n```js\na < b\n```\n\nOpen",
  );
  expect(bodyOf(read("posts/blocks.md"))).toBe(
    "Hello **bold**\\\n[link](https://a.example/)\n\n---\n\n- one\n\nFrom _Markdown_.",
  );
  expect(bodyOf(read("posts/gated.md"))).toBe("Open\n\nEverybody");
  expect(JSON.stringify(files())).not.toMatch(/Secret of members|Only mail|ned@/);
  expect(JSON.parse(read("responses/gated.json"))).toMatchObject({
    children: [{ status: "approved" }, { status: "pending", "in-reply-to": "c1" }],
  });
  expect(result.doubts.map(({ message }) => message).sort()).toEqual([
    "2 responses have no date that can be read",
    "a part for members only isn't imported",
    "a part for members only isn't imported",
    "the card “mystery” isn't known, and isn't imported",
  ]);
});

test("in comments, pictures become links, avatars are removed, and a name that is an email address is hidden", async () => {
  const comment = `<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>ned@mail.example</wp:comment_author><wp:comment_author_email>ned@mail.example</wp:comment_author_email><wp:comment_content><![CDATA[<img src="https://pics.example/a.jpg"> <img class="wp-smiley" src="https://s.example/smile.gif" alt=":)"> <img src="https://secure.gravatar.com/avatar/0bc83cb571cd1c50ba6f3e8a78ef1346">]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>`;
  const { read } = await importFiles({ "export.xml": wxr("words").replace("</item>", `${comment}</item>`) });
  expect(JSON.parse(read("responses/one.json"))).toMatchObject({
    children: [{ author: { name: "Anonymous" }, content: { text: "https://pics.example/a.jpg :)" } }],
  });
  expect(read("responses/one.json")).not.toContain("gravatar");
});

test("every link and picture that can't be kept is reported", async () => {
  const html =
    '<p><img src="/content/images/gate.jpg" alt="A gate"> <a href="/gate.zip">the plan</a> <a href="ttp://wall.example/">the wall</a> <a href="javascript:go()">go</a></p>';
  const post = { id: "p1", title: "One", slug: "one", html, status: "published", type: "post" };
  const data = { posts: [{ ...post, visibility: "public", published_at: "2021-05-01T10:00:00.000Z" }] };
  const { read, result } = await importFiles({
    "ghost.json": JSON.stringify({ db: [{ meta: { version: "5.0.0" }, data }] }),
  });
  expect(bodyOf(read("posts/one.md"))).toBe("A gate the plan the wall go");
  expect(result.texts.flatMap(({ notes }) => notes)).toEqual([
    "left out: the picture /content/images/gate.jpg, whose file is missing (--images)",
    "left out: the link to /gate.zip, which isn't in the export",
    "left out: the link to ttp://wall.example/, which isn't an address on the web",
  ]);
});

test("invalid dates are reported, and a tag that is an email address doesn't break redirects", async () => {
  const comment = (id: number, parent: number): string =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author></wp:comment_author><wp:comment_author_email>ann@moor.example</wp:comment_author_email><wp:comment_date>0000-00-00 00:00:00</wp:comment_date><wp:comment_content>Words ${id}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;
  const undated = `<item><title>Two</title><content:encoded>x</content:encoded><wp:post_id>2</wp:post_id><wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:post_name>two</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`;
  const more = `<category domain="category" nicename="ann">ann@moor.example</category>${comment(1, 2)}${comment(2, 1)}</item>${undated}`;
  const { read, files, result } = await importFiles({ "blog.xml": wxr("words").replace("</item>", more) });
  expect(result.doubts).toEqual([
    { where: "Two", message: "it has no date that can be read, so it's a draft" },
    { where: "One", message: "2 responses have no date that can be read" },
  ]);
  expect(read("posts/two.md")).toContain("draft: true");
  expect(read("site.yaml")).toContain("/tags/address-removed/");
  expect(JSON.stringify(files())).not.toMatch(/ann@moor|moor-example/);
});
