import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { exportActivityStreams } from "./activitystreams.ts";
import { exportJf2 } from "./jf2.ts";
import { readBlogForExport } from "./read-blog.ts";
import type { ExportedBlog } from "./read-blog.ts";
import { restoreBlog } from "./restore-blog.ts";
import { exportWxr } from "./wxr.ts";

const WRITERS = { jf2: exportJf2, wxr: exportWxr };

async function exportOf(root: string, contentDir: string): Promise<ExportedBlog> {
  const folders = {
    root,
    contentDir,
    publicDir: path.join(root, "public"),
    cacheDir: path.join(tempFolder("cache"), "c"),
  };
  return await readBlogForExport(folders, new Date("2026-11-30T00:00:00Z"));
}

test.each(Object.keys(WRITERS) as (keyof typeof WRITERS)[])(
  "%s: the demo comes back byte for byte",
  async (format) => {
    const contentDir = path.resolve("content");
    const file = path.join(tempFolder("export"), "blog");
    writeFileSync(file, WRITERS[format](await exportOf(path.resolve("."), contentDir)));
    const target = path.join(tempFolder("restore"), "content");
    const summary = restoreBlog(file, target);
    expect(summary.kept).toEqual([]);
    expect(textsIn(target)).toEqual(textsIn(contentDir));
    expect(restoreBlog(file, target)).toEqual({ written: 0, unchanged: summary.written, kept: [] });
  },
);

test("another WordPress importer reads posts, threads and states of the export", async () => {
  const blog = await imported(fixture("wordpress.xml"));
  const xml = exportWxr(await exportOf(blog.root, path.join(blog.root, "content")));
  const file = path.join(tempFolder("export"), "blog.xml");
  writeFileSync(file, xml);
  const again = await imported(file);
  expect(again.result.counts).toMatchObject({ posts: 1, pages: 1, responses: 2 });
  expect(again.read("posts/hello.md")).toContain("First paragraph");
  expect(again.read("responses/hello.json")).toContain('"in-reply-to": "1"');
});

test("what is held back is in no collection of published posts", async () => {
  const blog = await imported(fixture("wordpress.xml"));
  const text = exportActivityStreams(await exportOf(blog.root, path.join(blog.root, "content")));
  expect(text).toContain("I like gates.");
  expect(text).not.toMatch(/Draft text|Not approved yet/);
});

test("a file that is there with other words stays", async () => {
  const blog = await imported(fixture("wordpress.xml"));
  const file = path.join(tempFolder("export"), "blog.json");
  writeFileSync(file, exportJf2(await exportOf(blog.root, path.join(blog.root, "content"))));
  const post = path.join(blog.root, "content/posts/hello.md");
  writeFileSync(post, "mine");
  expect(restoreBlog(file, path.join(blog.root, "content")).kept).toEqual(["posts/hello.md"]);
  expect(readFileSync(post, "utf8")).toBe("mine");
});

test("an export that names files elsewhere is refused", () => {
  const folder = tempFolder("export");
  const file = path.join(folder, "blog.json");
  for (const name of ["../out.md", "/etc/out", "posts/../../out", "C:\\out"]) {
    writeFileSync(file, JSON.stringify({ type: "feed", "backfence-files": [{ name, text: "x" }] }));
    expect(() => restoreBlog(file, path.join(folder, "content"))).toThrow(/can restore/);
  }
  expect(Object.keys(textsIn(folder))).toEqual(["blog.json"]);
});
