/** Exports as other versions of a platform, other programs and editors leave them. */
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

test("WordPress: replies in a circle, and comments before the post that they are about", async () => {
  const comment = (id: number, parent: number): string =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Ned</wp:comment_author><wp:comment_content>Words ${id}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;
  const { read } = await importFiles({
    "export.xml": wxr("words").replace("<item>", `<item>${comment(1, 2)}${comment(2, 1)}`),
  });
  expect(read("responses/one.json")).toMatch(/Words 1[^]*Words 2/);
});

test("Blogger: words and tags of XHTML stay in their order", async () => {
  const { read } = await importFiles({
    "feed.atom": `<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><entry><id>tag:1</id><blogger:type>PAGE</blogger:type><blogger:status>LIVE</blogger:status><title>P</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>one <b>two</b> three <i>four</i></p></div></content></entry></feed>`,
  });
  expect(bodyOf(read("pages/p.md"))).toBe("one **two** three _four_");
});

test("Hugo: a translation has its language and its old address; what has expired is a draft", async () => {
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

test("Jekyll: posts in HTML are read; values, loops and front matter that can't be read are listed", async () => {
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

test("one text alone is a blog", async () => {
  const { read } = await importFiles({ "a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nWords.\n" });
  expect(read("posts/a.md")).toContain("Words.");
});
