import { writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { imported } from "../../../../tests/support/imported.ts";
import type { ImportedBlog } from "../../../../tests/support/imported.ts";
import { tempFolder } from "../../../../tests/support/temp-folder.ts";

const BODY = /^---\n[\s\S]*?\n---\n\n?/;

interface Item {
  readonly id: number;
  readonly type?: string;
  readonly name?: string;
  readonly link?: string;
  readonly content?: string;
  readonly more?: string;
  readonly status?: string;
}

function item({ id, type = "post", link, content = "Words.", more = "", ...other }: Item): string {
  const { name = `text-${id}`, status = "publish" } = other;
  return `<item><title>Text ${id}</title><link>${link ?? `https://quarry.example/2020/05/text-${id}/`}</link><dc:creator>Ann.Quarry</dc:creator><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2020-05-04 08:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:post_name>${name}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>${more}</item>`;
}

function meta(key: string, value: string): string {
  return `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`;
}

function attachment(id: number, name: string, page: string): string {
  return `<item><title>${name}</title><link>${page}</link><wp:post_id>${id}</wp:post_id><wp:post_parent>1</wp:post_parent><wp:menu_order>${id}</wp:menu_order><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://quarry.example/wp-content/uploads/${name}.jpg</wp:attachment_url></item>`;
}

const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#a03c28" } })
  .jpeg()
  .toBuffer();

const PICTURES = [
  attachment(32, "gate", "https://quarry.example/2020/05/text-1/gate/"),
  attachment(31, "wall", "https://quarry.example/?attachment_id=31"),
];

/** Imports a WordPress export; the new blog keeps the address of the old one. */
async function importItems(items: readonly (Item | string)[]): Promise<ImportedBlog> {
  const folder = tempFolder("wordpress");
  const images = tempFolder("uploads");
  for (const name of ["gate.jpg", "wall.jpg"]) writeFileSync(path.join(images, name), picture);
  const text = items.map((one) => (typeof one === "string" ? one : item(one))).join("\n");
  writeFileSync(
    path.join(folder, "export.xml"),
    `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quarry</title><link>https://quarry.example</link>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>Ann.Quarry</wp:author_login><wp:author_email>ann@quarry.example</wp:author_email><wp:author_display_name>Ann Quarry</wp:author_display_name></wp:author>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login>ben</wp:author_login><wp:author_display_name>Ben Lane</wp:author_display_name></wp:author>
${text}</channel></rss>`,
  );
  const blog = await imported(path.join(folder, "export.xml"), { images, baseUrl: null });
  await blog.load();
  expect((await blog.again()).files).toMatchObject({ written: 0, removed: 0, kept: [] });
  return blog;
}

function bodyIn(files: Readonly<Record<string, string>>, id: number): string {
  const text = files[`posts/text-${id}.md`] ?? files[`posts/text-${id}/index.md`] ?? "";
  return text.replace(BODY, "").trim();
}

test("reusable blocks, even nested ones, are inserted into the texts that use them and aren't posts", async () => {
  const block = (id: number, content: string): Item => ({ id, type: "wp_block", content });
  const { read, files, result } = await importItems([
    { id: 1, content: '<!-- wp:block {"ref":50} /-->\n\n<!-- wp:block {"ref":99} /-->' },
    block(50, '<p>Outer.</p>\n<!-- wp:block {"ref":51} /-->'),
    block(51, '<p>Inner.</p>\n<!-- wp:block {"ref":50} /-->'),
    block(52, "<p>Unused.</p>"),
  ]);
  expect(read("posts/text-1.md")).toContain("Outer.\n\nInner.");
  expect(Object.keys(files()).filter((name) => name.startsWith("posts/"))).toEqual(["posts/text-1.md"]);
  expect(result.doubts[0]?.message).toBe("it shows the reusable block 99, which isn't in the export");
  expect(result.ledger.entry).toMatchObject({ read: 4, written: 3, ignored: 1 });
});

test("footnotes of the block editor are kept", async () => {
  const content =
    '<!-- wp:paragraph -->\n<p>A wall<sup data-fn="aa-1" class="fn"><a href="#aa-1" id="aa-1-link">1</a></sup>.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:footnotes /-->';
  const { read } = await importItems([
    { id: 1, content, more: meta("footnotes", '[{"content":"Of <em>stone</em>.","id":"aa-1"}]') },
  ]);
  expect(read("posts/text-1.md").replace(BODY, "")).toBe("A wall[^1].\n\n[^1]: Of _stone_.\n");
});

const TEXTS: readonly (readonly [string, string, string])[] = [
  ["a gallery without ids", "[gallery]", "![wall](./wall.jpg)\n\n![gate](./gate.jpg)"],
  ["a gallery that excludes one", '[gallery id="1" exclude="31"]', "![gate](./gate.jpg)"],
  ["a gallery with a picture that is gone", '[gallery ids="99,31"]', "![wall](./wall.jpg)"],
  [
    "a gallery of the block editor",
    '<!-- wp:gallery -->\n<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img src="https://quarry.example/wp-content/uploads/wall-150x150.jpg" alt="W"/></figure></li><li><figure><img src="https://quarry.example/wp-content/uploads/gate.jpg" alt="G"/></figure></li></ul></figure>\n<!-- /wp:gallery -->',
    "![W](./wall.jpg)\n\n![G](./gate.jpg)",
  ],
  [
    "pictures that lead to their own pages",
    '<a href="https://quarry.example/?attachment_id=32"><img src="https://quarry.example/wp-content/uploads/gate-300x200.jpg" alt="G"></a> <a href="https://quarry.example/2020/05/text-1/gate/"><img src="https://quarry.example/wp-content/uploads/gate-300x200.jpg" alt="G"></a>',
    "![G](./gate.jpg) ![G](./gate.jpg)",
  ],
  [
    "[youtube=…] of WordPress.com",
    "[youtube=https://www.youtube.com/watch?v=dQw4w9WgXcQ]",
    "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>",
  ],
  ["shortcodes that are written about", "Write [[gallery]].", "Write \\[gallery]."],
  [
    "a known shortcode within an unknown one",
    "[row][embed]https://vimeo.com/12345[/embed][/row]",
    "\\[row]\n\n<https://vimeo.com/12345>\n\n\\[/row]",
  ],
  [
    "bare addresses with underscores and parentheses",
    "See https://en.wiki.example/wiki/Gate_(song)_x, and (https://x.example/a_b).",
    "See <https://en.wiki.example/wiki/Gate_(song)_x>, and (<https://x.example/a_b>).",
  ],
  [
    "old text between blocks",
    "<!-- wp:paragraph -->\n<p>One\nline.</p>\n<!-- /wp:paragraph -->\n\nOld one\n\nOld two\nwith a break\n\n<!-- wp:freeform -->\nOld three\n\nOld four\n<!-- /wp:freeform -->",
    "One line.\n\nOld one\n\nOld two\\\nwith a break\n\nOld three\n\nOld four",
  ],
  [
    "a folder in brackets, which looks like a formula",
    "In [\\bin\\] and <code>[\\bin\\]</code>; \\(x_1\\) is one.",
    "In &#91;\\bin\\\\] and `[\\bin\\]`; \\\\(x_1\\\\) is one.",
  ],
  [
    "formulas of WordPress.com, one of which TeX doesn't know",
    "A $latex x_1^2 &amp;fg=000000$ and $latex \\nothing$ for $5 and $6.",
    "A $`x_1^2`$ and `\\nothing` for \\$5 and \\$6.",
  ],
  [
    "captions before there were figures",
    '<div class="wp-caption alignleft"><img src="https://quarry.example/wp-content/uploads/gate.jpg" alt="G"><p class="wp-caption-text">An old gate</p></div>',
    '![G](./gate.jpg "An old gate")',
  ],
  [
    "an acronym and a post of a network",
    '<acronym title="Cascading">CSS</acronym> [tweet https://social.example/1]',
    '<abbr title="Cascading">CSS</abbr>\n\n<https://social.example/1>',
  ],
  [
    "an embed that is an address alone",
    '<!-- wp:core-embed/vimeo {"url":"https://vimeo.com/12345"} /-->',
    "<https://vimeo.com/12345>",
  ],
  [
    "a file with a button to download it",
    '<!-- wp:file -->\n<div class="wp-block-file"><a href="https://x.example/plan.pdf">Plan</a><a href="https://x.example/plan.pdf" class="wp-block-file__button" download>Download</a></div>\n<!-- /wp:file -->',
    "[Plan](https://x.example/plan.pdf) [Download](https://x.example/plan.pdf)",
  ],
];

test("texts of both editors are converted, with their shortcodes and blocks", async () => {
  const { files } = await importItems([
    ...TEXTS.map(([, content], index) => ({ id: index + 1, content })),
    ...PICTURES,
  ]);
  const bodies = TEXTS.map(([name], index) => [name, bodyIn(files(), index + 1)]);
  expect(Object.fromEntries(bodies)).toEqual(
    Object.fromEntries(TEXTS.map(([name, , markdown]) => [name, markdown])),
  );
});

test("plug-in entries without a page aren't imported, and post types with pages are", async () => {
  const at = (query: string): string => `https://quarry.example/?${query}`;
  const { files, result } = await importItems([
    { id: 1 },
    { id: 2, type: "shop_coupon", link: at("shop_coupon=save10"), content: "Secret of the coupon" },
    { id: 3, type: "wpcf7_contact_form", link: at("post_type=wpcf7_contact_form&amp;p=3") },
    { id: 4, type: "portfolio", link: "https://quarry.example/portfolio/text-4/" },
    { id: 6, type: "other", link: at("p=6") },
    { id: 5, type: "portfolio", link: at("post_type=portfolio&amp;p=5"), status: "draft" },
  ]);
  const posts = Object.keys(files()).filter((name) => name.startsWith("posts/"));
  expect(posts).toEqual([1, 4, 5, 6].map((id) => `posts/text-${id}.md`));
  expect(result.ledger.entry).toMatchObject({ written: 3, kept: 1, private: 2 });
  expect(result.doubts.map(({ where }) => where)).toEqual(["shop_coupon (1)", "wpcf7_contact_form (1)"]);
  expect(JSON.stringify(files())).not.toContain("Secret of the coupon");
});

test("entries of unknown types are drafts on a blog where all addresses are queries", async () => {
  const { read } = await importItems([
    { id: 1, link: "https://quarry.example/?p=1" },
    { id: 2, type: "book", link: "https://quarry.example/?book=text-2" },
  ]);
  expect(read("posts/text-1.md")).not.toContain("draft");
  expect(read("posts/text-2.md")).toContain("draft: true");
});

test("co-authors are found by the slug of their login, and guest authors by their entry", async () => {
  const term = (nicename: string): string =>
    `<category domain="author" nicename="${nicename}"><![CDATA[${nicename}]]></category>`;
  const { read, files } = await importItems([
    { id: 1, more: term("ann-quarry") + term("cap-cleo") },
    {
      id: 2,
      type: "guest-author",
      name: "cap-cleo",
      link: "https://quarry.example/?post_type=guest-author&amp;p=2",
      more: `${meta("cap-display_name", "Cleo Guest")}${meta("cap-user_email", "cleo@guest.example")}`,
    },
  ]);
  expect(read("posts/text-1.md")).toContain("authors: [ann-quarry, cleo-guest]");
  expect(read("authors/cleo-guest.yaml")).toBe("name: Cleo Guest\n");
  expect(JSON.stringify(files())).not.toMatch(/cleo@/);
});

test("series, languages and other taxonomies of plug-ins are kept", async () => {
  const more =
    '<category domain="series" nicename="walls"><![CDATA[Walls]]></category><category domain="language" nicename="de"><![CDATA[Deutsch]]></category><category domain="genre" nicename="essay"><![CDATA[Essay &amp; more]]></category>';
  const { read } = await importItems([{ id: 1, more }]);
  expect(read("posts/text-1.md")).toMatch(/series: walls\n[^]*lang: de\n/);
  expect(read("series/walls.yaml")).toBe("title: Walls\n");
  expect(JSON.parse(read("_import/raw/post-text-1.json"))).toEqual({ genre: "Essay & more" });
});

test("the audio file of a podcast precedes its text", async () => {
  const enclosure = meta("enclosure", "https://pod.example/one.mp3\n123\naudio/mpeg\n");
  const { read } = await importItems([{ id: 1, more: enclosure }]);
  expect(read("posts/text-1.md").replace(BODY, "")).toBe("<https://pod.example/one.mp3>\n\nWords.\n");
});

test("webmentions keep their source and type; an author who only commented gets a page", async () => {
  const comment = (id: number, type: string, text: string, more: string): string =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Ned</wp:comment_author><wp:comment_author_url>https://ned.example/</wp:comment_author_url><wp:comment_date_gmt>2020-05-0${id} 08:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${text}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>${type}</wp:comment_type>${more}</wp:comment>`;
  const source = (name: string): string =>
    `<wp:commentmeta><wp:meta_key>webmention_source_url</wp:meta_key><wp:meta_value>https://ned.example/${name}</wp:meta_value></wp:commentmeta>`;
  const { read } = await importItems([
    {
      id: 1,
      more:
        comment(5, "like", "", source("like")) +
        comment(6, "comment", "Yes.", source("reply")) +
        comment(7, "comment", "Mine.", "<wp:comment_user_id>2</wp:comment_user_id>"),
    },
  ]);
  expect(JSON.parse(read("responses/text-1.json"))).toMatchObject({
    children: [
      { "wm-source": "https://ned.example/like", "wm-property": "like-of", "wm-protocol": "webmention" },
      { "wm-source": "https://ned.example/reply", "wm-property": "in-reply-to", content: { text: "Yes." } },
      { author: { uid: "https://quarry.example/authors/ben-lane/" } },
    ],
  });
  expect(read("authors/ben-lane.yaml")).toBe("name: Ben Lane\n");
});

test("links to the front page and to lists lead to the new ones; links to missing pages are reported", async () => {
  const content =
    '<a href="https://quarry.example/">Home</a>, <a href="/category/old-walls/">walls</a>, <a href="https://quarry.example/2020/05/">May</a>, <a href="https://quarry.example/gone/">gone</a> and https://quarry.example/my_old-page_(2).';
  const more = '<category domain="category" nicename="old-walls"><![CDATA[Old walls]]></category>';
  const { read, result } = await importItems([
    { id: 1, content, more },
    "<wp:category><wp:category_nicename>old-walls</wp:category_nicename><wp:cat_name>Old walls</wp:cat_name></wp:category>",
  ]);
  expect(read("posts/text-1.md").replace(BODY, "")).toBe(
    "[Home](/), [walls](/tags/old-walls/), [May](/archive/2020/05/), gone and https\\://quarry.example/my_old-page\\_(2).\n",
  );
  expect(result.texts[0]?.notes).toEqual([
    "left out: the link to https://quarry.example/gone/, which isn't in the export",
    "left out: the link to https://quarry.example/my_old-page_(2), which isn't in the export",
  ]);
});
