import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeCorpus } from "../../../bench/corpus.ts";
import { blogFolder, post } from "../../../tests/support/blog-folder.ts";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { AuthorError } from "../author-error.ts";
import { hashOf } from "../cache/file-cache.ts";
import { exportActivityStreams } from "./activitystreams.ts";
import { exportJf2 } from "./jf2.ts";
import { readBlogForExport } from "./read-blog.ts";
import type { ExportedBlog } from "./read-blog.ts";
import { restoreBlog } from "./restore-blog.ts";
import { exportWxr } from "./wxr.ts";

const WRITERS = { jf2: exportJf2, wxr: exportWxr };
const FORMATS = Object.keys(WRITERS) as readonly (keyof typeof WRITERS)[];

async function exportOf(root: string, contentDir: string): Promise<ExportedBlog> {
  const folders = {
    root,
    contentDir,
    publicDir: path.join(root, "public"),
    cacheDir: path.join(tempFolder("cache"), "c"),
  };
  return await readBlogForExport(folders, new Date("2026-11-30T00:00:00Z"));
}

/** Restores an export elsewhere and compares all bytes. @returns the export's file. */
function expectIdentity(exported: ExportedBlog, format: keyof typeof WRITERS): string {
  const file = path.join(tempFolder("export"), "blog");
  writeFileSync(file, [...WRITERS[format](exported)].join(""));
  const target = path.join(tempFolder("restore"), "content");
  const summary = restoreBlog(file, target);
  expect(summary.kept).toEqual([]);
  expect(hashesIn(target)).toEqual(
    Object.fromEntries(exported.files.map(({ name, bytes }) => [name, hashOf(bytes)])),
  );
  expect(restoreBlog(file, target)).toEqual({ written: 0, unchanged: summary.written, kept: [] });
  return file;
}

/** Exports a folder's blog in every format and checks that each export restores all of its files. */
async function identityOf(root: string): Promise<void> {
  const exported = await exportOf(root, path.join(root, "content"));
  expect(exported.files.map(({ name }) => name)).toEqual(Object.keys(textsIn(path.join(root, "content"))));
  for (const format of FORMATS) expectIdentity(exported, format);
}

function hashesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.keys(textsIn(folder)).map((name) => [name, hashOf(readFileSync(path.join(folder, name)))]),
  );
}

test("the blog of this folder comes back byte for byte", async () => {
  await identityOf(path.resolve("."));
});

test("a blog of 100 posts with pictures comes back byte for byte", async () => {
  const root = tempFolder("corpus");
  await writeCorpus(path.join(root, "content"), 100);
  await identityOf(root);
});

test.each(["typepad.txt", "wordpress.xml", "takeout", "ghost.json", "hugo"])(
  "%s, once imported, comes back byte for byte with what was held back",
  async (name) => {
    await identityOf((await imported(fixture(name))).root);
  },
);

test("comments imported into an existing blog come back byte for byte", async () => {
  const blog = await imported(fixture("typepad.txt"));
  const contentDir = path.join(blog.root, "content");
  for (const name of ["disqus.xml", "isso.json", "remark42.txt"])
    await imported(fixture(`comments/${name}`), { contentDir });
  await identityOf(blog.root);
});

/** A small imported blog, loaded for export. */
async function smallExport(): Promise<ExportedBlog> {
  const { root } = await imported(fixture("typepad.txt"));
  return await exportOf(root, path.join(root, "content"));
}

test.each(FORMATS)("%s: files of any bytes and any names come back", async (format) => {
  const exported = await smallExport();
  const name = fc.stringMatching(/^[a-z0-9 é字_-][a-z0-9 é字._-]{0,20}$/);
  const hostile = [
    "]]>",
    "\r\n",
    "\r",
    "\uFFFE",
    "\0",
    "&amp;",
    "\u2028",
    "😀",
    "\n  ]\n",
    "\uFEFF",
    "<![CDATA[",
  ];
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all)),
    fc.array(fc.constantFrom(...hostile)).map((parts) => Buffer.from(parts.join(""))),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, bytes), { minLength: 1, maxLength: 6 }), (all) => {
      const files = all.map(([file, content], at) => ({ name: `posts/${at}${file}`, bytes: content }));
      expectIdentity({ ...exported, files }, format);
    }),
    propertyRuns(25),
  );
});

test.each(FORMATS)(
  "%s: an export that was cut off anywhere is refused before anything is written",
  async (format) => {
    const whole = readFileSync(expectIdentity(await smallExport(), format));
    const file = path.join(tempFolder("cut"), "blog");
    const target = path.join(tempFolder("restore"), "content");
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 10 }), (length) => {
        writeFileSync(file, whole.subarray(0, length));
        expect(() => restoreBlog(file, target)).toThrow(AuthorError);
        expect(textsIn(target)).toEqual({});
      }),
      propertyRuns(60),
    );
  },
);

test("a JF2 export reformatted by another program can be restored", async () => {
  const exported = await smallExport();
  const file = expectIdentity(exported, "jf2");
  for (const indent of [2, 4, undefined]) {
    writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, "utf8")), null, indent));
    const target = path.join(tempFolder("restore"), "content");
    restoreBlog(file, target);
    expect(hashesIn(target)).toEqual(hashesIn(exported.folders.contentDir));
  }
});

test("the export has the text of pages, and of posts with imports", async () => {
  const root = blogFolder({
    "content/posts/own/index.mdx": post(
      "title: Own\n",
      "import Week from './week.astro'\n\nBefore it.\n\n<Week hours={3}>\n\nWithin it.\n\n</Week>\n\nThere are {1 + 1}.\n",
    ),
    "content/posts/own/week.astro": "<slot />\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWho writes here.\n",
  });
  const exported = await exportOf(root, path.join(root, "content"));
  expect(exported.incomplete).toEqual(["content/posts/own/index.mdx"]);
  const xml = [...exportWxr(exported)].join("");
  const own = /<item>\n<title>Own[^]*?<\/item>/.exec(xml)?.[0] ?? "";
  expect(own).toContain("<p>Before it.</p>");
  expect(own).toContain("<p>Within it.</p>");
  expect(own).not.toMatch(/import Week|1 \+ 1/);
  expect(xml).toContain("<content:encoded><![CDATA[<p>Who writes here.</p>");
  const feed: unknown = JSON.parse([...exportJf2(exported)].join(""));
  expect(JSON.stringify(feed)).toContain("<p>Who writes here.</p>");
});

test("another WordPress importer reads posts, threads and states of the export", async () => {
  const blog = await imported(fixture("wordpress.xml"));
  const xml = [...exportWxr(await exportOf(blog.root, path.join(blog.root, "content")))].join("");
  const file = path.join(tempFolder("export"), "blog.xml");
  writeFileSync(file, xml);
  const again = await imported(file);
  expect(again.result.counts).toMatchObject({ posts: 1, pages: 1, responses: 2 });
  expect(again.read("posts/hello.md")).toContain("First paragraph");
  expect(again.read("responses/hello.json")).toContain('"in-reply-to": "1"');
});

test("drafts and unapproved comments aren't in the ActivityStreams export", async () => {
  const blog = await imported(fixture("wordpress.xml"));
  const text = exportActivityStreams(await exportOf(blog.root, path.join(blog.root, "content")));
  expect(text).toContain("I like gates.");
  expect(text).not.toMatch(/Draft text|Not approved yet/);
});

test("restoring keeps an existing file that has different content", async () => {
  const blog = await imported(fixture("wordpress.xml"));
  const file = path.join(tempFolder("export"), "blog.json");
  writeFileSync(file, [...exportJf2(await exportOf(blog.root, path.join(blog.root, "content")))].join(""));
  const own = path.join(blog.root, "content/posts/hello.md");
  writeFileSync(own, "mine");
  expect(restoreBlog(file, path.join(blog.root, "content")).kept).toEqual(["posts/hello.md"]);
  expect(readFileSync(own, "utf8")).toBe("mine");
});

test("an export that names files outside the content folder is refused", () => {
  const folder = tempFolder("export");
  const file = path.join(folder, "blog.json");
  for (const name of ["../out.md", "/etc/out", "posts/../../out", "C:\\out"]) {
    writeFileSync(file, JSON.stringify({ type: "feed", "backfence-files": [{ name, text: "x" }] }));
    expect(() => restoreBlog(file, path.join(folder, "content"))).toThrow(/can restore/);
  }
  expect(Object.keys(textsIn(folder))).toEqual(["blog.json"]);
});

test("private responses are exported only within the author's files, and replies refer to their parent", async () => {
  const response = (id: string, more: object) => ({
    ...{ type: "entry", "wm-id": id, status: "approved", author: { type: "card", name: "Ned" } },
    ...{ url: `https://ned.example/${id}`, content: { text: `Words ${id}` }, "wm-protocol": "webmention" },
    ...{ "wm-source": `https://ned.example/${id}`, "wm-target": "https://test.example/posts/own/" },
    ...{ "wm-property": "in-reply-to", "wm-received": "2020-01-01T00:00:00Z", ...more },
  });
  const children = [
    response("one", {}),
    response("two", { "in-reply-to": "one" }),
    response("three", { "wm-private": true }),
  ];
  const root = blogFolder({
    "content/posts/own.md": post("title: Own\npinned: true\nupdated: 2026-11-01\n", "Words.\n"),
    "content/responses/own.json": `${JSON.stringify({ type: "feed", children }, null, 2)}\n`,
  });
  const exported = await exportOf(root, path.join(root, "content"));
  const xml = [...exportWxr({ ...exported, files: [] })].join("");
  const feed = [...exportJf2({ ...exported, files: [] })].join("");
  const collection = exportActivityStreams(exported);
  for (const text of [xml, feed, collection]) {
    expect(text).toContain("Words two");
    expect(text).not.toContain("Words three");
  }
  expect(collection).toContain('"inReplyTo": "https://ned.example/one"');
  expect(xml).toContain("<wp:is_sticky>1</wp:is_sticky>");
  expect(xml).toContain("<wp:post_modified_gmt>2026-1");
});
