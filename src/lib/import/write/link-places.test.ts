import { expect, test } from "vitest";
import { bodyOf, importedProject } from "../../../../tests/support/imported.ts";
import type { BodyContext } from "../html/body-context.ts";
import { bodyToMarkdown } from "../html/to-markdown.ts";

/** HTML of the first text, with links to fragments of the second. */
const LINKING = (address: string): string =>
  `<p>The <a href="${address}#latch">latch</a>, the <a href="${address}#h-the-post">post</a>, the <a href="${address}#the-bolt">bolt</a>, the <a href="${address}#gone">key</a>.</p>`;
const TEXT =
  '<p>First.</p><h2 id="h-the-post">The post</h2><p><a name="latch"></a>A latch.</p><h2>The bolt</h2><p>A bolt.</p>';
const xml = (html: string): string =>
  html.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

interface Source {
  /** Address of the second text, as used in links. */
  readonly address: string;
  readonly files: (linking: string, text: string) => Readonly<Record<string, string>>;
}

const wordpressItem = (id: number, html: string): string =>
  `<item><title>Text ${id}</title><link>https://old.example/text-${id}/</link><content:encoded><![CDATA[${html}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date>2012-03-0${id} 10:00:00</wp:post_date><wp:post_name>text-${id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`;
const wordpress = (...texts: readonly string[]): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>B</title><link>https://old.example</link>${texts.map((html, index) => wordpressItem(index + 1, html)).join("")}</channel></rss>`;
const bloggerEntry = (id: number, html: string): string =>
  `<entry><id>tag:blogger.com,1999:blog-1.post-${id}</id><published>2011-11-1${id}T09:00:00Z</published><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/><title>Text ${id}</title><content type='html'>${xml(html)}</content><link rel='alternate' href='http://old.example/2011/11/text-${id}.html'/></entry>`;
const typepadEntry = (id: number, body: string): string =>
  `AUTHOR: A\nTITLE: Text ${id}\nSTATUS: Publish\nBASENAME: text-${id}\n\nUNIQUE URL: https://old.example/b/2008/03/text-${id}.html \nDATE: 03/1${id}/2008 10:00:00 AM\n-----\nBODY:\n${body}\n-----\n--------\n`;
const ghostPost = (id: number, html: string) => ({
  ...{ id: `p${id}`, title: `Text ${id}`, slug: `text-${id}`, html, status: "published", type: "post" },
  ...{ visibility: "public", published_at: "2021-05-01T10:00:00.000Z" },
});
const story = (id: number, html: string): string =>
  `<!DOCTYPE html><html><head><title>Text ${id}</title></head><body><article class="h-entry"><header><h1 class="p-name">Text ${id}</h1></header><section data-field="body" class="e-content"><section class="section"><h3 class="graf graf--h3 graf--title">Text ${id}</h3>${html}</section></section><footer><p><a href="https://medium.com/p/0a1b2c3d4e5${id}"><time class="dt-published" datetime="2019-02-0${id}T07:15:00.000Z">a day</time></a></p><p><a href="https://medium.com/@edda/text-${id}-0a1b2c3d4e5${id}" class="p-canonical">Canonical link</a></p><p>Exported from <a href="https://medium.com">Medium</a>.</p></footer></article></body></html>`;
const tumblrPost = (id: number, html: string): string =>
  `<post id="70${id}" url="https://old.example/post/70${id}" url-with-slug="https://old.example/post/70${id}/text-${id}" type="regular" date-gmt="2014-03-0${id} 09:00:00 GMT" format="html" slug="text-${id}" state="published" is_reblog="false" tumblelog="marsh"><regular-title>Text ${id}</regular-title><regular-body>${xml(html)}</regular-body></post>`;
const journalEntry = (id: number, html: string): string =>
  `<?xml version="1.0"?><event><itemid>${id}</itemid><subject>Text ${id}</subject><event>${xml(html)}</event><ditemid>${id}</ditemid><eventtime>2005-06-0${id} 21:30:00</eventtime><url>https://old-mill.livejournal.com/${id}.html</url></event>`;

const SOURCES: Readonly<Record<string, Source>> = {
  WordPress: {
    address: "https://old.example/text-2/",
    files: (...texts) => ({ "blog.xml": wordpress(...texts) }),
  },
  Blogger: {
    address: "http://old.example/2011/11/text-2.html",
    files: (...texts) => ({
      "blog.xml": `<feed xmlns='http://www.w3.org/2005/Atom'><link rel='alternate' href='http://old.example/'/><generator>Blogger</generator>${texts.map((html, index) => bloggerEntry(index + 1, html)).join("")}</feed>`,
    }),
  },
  TypePad: {
    address: "https://old.example/b/2008/03/text-2.html",
    files: (...texts) => ({
      "blog.txt": texts.map((html, index) => typepadEntry(index + 1, html)).join(""),
    }),
  },
  Ghost: {
    address: "__GHOST_URL__/text-2/",
    files: (...texts) => ({
      "blog.json": JSON.stringify({
        db: [
          {
            meta: { version: "5.0.0" },
            data: { posts: texts.map((html, index) => ghostPost(index + 1, html)) },
          },
        ],
      }),
    }),
  },
  Substack: {
    address: "https://lane.substack.com/p/text-2",
    files: (linking, text) => ({
      "posts.csv":
        "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n101.text-1,2021-03-04T08:30:00.000Z,true,,newsletter,everyone,Text 1,,\n102.text-2,2021-03-05T08:30:00.000Z,true,,newsletter,everyone,Text 2,,\n",
      "posts/101.text-1.html": linking,
      "posts/102.text-2.html": text,
    }),
  },
  Medium: {
    address: "https://medium.com/@edda/text-2-0a1b2c3d4e52",
    files: (linking, text) => ({
      "posts/2019-02-01_Text-1-0a1b2c3d4e51.html": story(1, linking),
      "posts/2019-02-02_Text-2-0a1b2c3d4e52.html": story(2, text),
    }),
  },
  Tumblr: {
    address: "https://old.example/post/702/text-2",
    files: (...texts) => ({
      "posts/posts.xml": `<?xml version="1.0"?><tumblr version="1.0"><tumblelog name="marsh" title="Marsh"></tumblelog><posts>${texts.map((html, index) => tumblrPost(index + 1, html)).join("")}</posts></tumblr>`,
    }),
  },
  LiveJournal: {
    address: "https://old-mill.livejournal.com/2.html",
    files: (linking, text) => ({
      "old_mill/L-1": journalEntry(1, linking),
      "old_mill/L-2": journalEntry(2, text),
    }),
  },
  "micro.blog": {
    address: "https://tove.micro.blog/text-2.html",
    files: (...texts) => ({
      "feed.json": JSON.stringify({
        version: "https://jsonfeed.org/version/1",
        title: "Garden",
        home_page_url: "https://tove.micro.blog/",
        items: texts.map((html, index) => ({
          id: `https://tove.micro.blog/text-${index + 1}.html`,
          url: `https://tove.micro.blog/text-${index + 1}.html`,
          title: `Text ${index + 1}`,
          content_html: html,
          date_published: "2021-05-04T10:00:00+02:00",
        })),
      }),
    }),
  },
};

test.each(Object.entries(SOURCES))(
  "%s: a link to a place in another text leads to that place",
  async (_name, { address, files }) => {
    const blog = await importedProject(files(LINKING(address), TEXT));
    const texts = Object.values(blog.files());
    const [first = "", second = ""] = ["Text 1", "Text 2"].map((title) =>
      texts.find((text) => text.startsWith(`---\ntitle: ${title}\n`)),
    );
    const { blog: loaded } = await blog.load();
    const path = loaded.posts.find(({ title }) => title === "Text 2")?.path ?? "";
    expect(bodyOf(first)).toBe(
      `The [latch](${path}#at-latch), the [post](${path}#the-post), the [bolt](${path}#the-bolt), the [key](${path}).`,
    );
    expect(bodyOf(second)).toBe(
      'First.\n\n## The post\n\n<span id="at-latch"></span>A latch.\n\n## The bolt\n\nA bolt.',
    );
    expect(blog.result.texts.flatMap(({ notes }) => notes)).toEqual([
      `there is no place #gone at ${path}, to which a link leads`,
    ]);
  },
);

const CONTEXT: Omit<BodyContext, "hasTopHeading" | "anchors"> = {
  mask: (text) => text,
  link: (href) => href,
  picture: () => null,
  pictureWords: () => null,
  anchorName: (name) => `at-${name}`,
  lose: () => undefined,
  counts: { links: 0, pictures: 0, remotePictures: 0, embeds: 0, undescribed: 0 },
};

test.each([
  ["<ul><li>a</li><li id=x>b</li></ul>", '- a\n- <span id="at-x"></span>\n\n  b'],
  ["<dl><dt id=x>a</dt><dd>b</dd></dl>", '<dl><dt><span id="at-x"></span>a</dt><dd>b</dd></dl>'],
  [
    "<table><tr id=x><td colspan=2>a</td></tr></table>",
    '<table><tbody><tr><td colspan="2"><span id="at-x"></span>a</td></tr></tbody></table>',
  ],
  ["<pre>a\n<a name=x></a>b</pre>", '<span id="at-x"></span>\n\n```\na\nb\n```'],
  ["<p>a <code>b<a id=x></a>c</code></p>", 'a <span id="at-x"></span>`bc`'],
  ["<ul><li id=x><img src=a.png alt=a></li></ul>", '<span id="at-x"></span>[a](a.png)'],
])("a place stands where HTML allows it: %s", (html, markdown) => {
  const anchors = new Set(["x"]);
  expect(bodyToMarkdown(html, false, { ...CONTEXT, anchors })).toBe(`${markdown}\n`);
});

test("links to the part of a text below its read-more mark lead there", async () => {
  const blog = await importedProject({
    "blog.xml": wordpress(
      '<p><a href="https://old.example/text-2/#more-2">The rest</a></p>',
      "First.\n\n<!--more-->\n\nThe rest.",
    ),
  });
  expect(bodyOf(blog.read("posts/text-1.md"))).toBe("[The rest](/posts/text-2/#at-more-2)");
  expect(bodyOf(blog.read("posts/text-2.md"))).toBe('First.\n\n<span id="at-more-2"></span>\n\nThe rest.');
  const typepad = await importedProject({
    "blog.txt":
      typepadEntry(1, '<p><a href="https://old.example/b/2008/03/text-2.html#more">The rest</a></p>') +
      typepadEntry(2, "<p>First.</p>\n-----\nEXTENDED BODY:\n<p>The rest.</p>"),
  });
  expect(bodyOf(typepad.read("posts/text-1.md"))).toBe("[The rest](/posts/text-2/#at-more)");
  expect(bodyOf(typepad.read("posts/text-2.md"))).toBe('First.\n\n<span id="at-more"></span>\n\nThe rest.');
});
