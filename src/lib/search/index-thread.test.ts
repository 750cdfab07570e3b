import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { contentsOf } from "../../../packages/pagefind-incremental/tests/search-bundle.ts";
import { makeBlog, makePost } from "../../../tests/fixtures/small-blog.ts";
import type { Blog, Post } from "../content/model.ts";
import { siteUrls } from "../site/urls.ts";
import { IndexThread, withIndexThread } from "./index-thread.ts";
import { searchFiles } from "./search-files.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "thread-"));
const cacheDir = path.join(folder, "cache");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const posts = ["fence", "gate", "hedge"].map((slug, day) =>
  makePost({ slug, title: slug, date: `2024-01-0${day + 1}T00:00:00.000Z` }),
);

/** The blog, in which the middle post has its own imports; `key` is the cache key of that post's body. */
function blogWith(key: string): Blog {
  const body = (post: Post): Post["body"] => ({ ...post.body, key, kind: "module" });
  return makeBlog({
    posts: posts.map((post) => (post.slug === "gate" ? { ...post, body: body(post) } : post)),
  });
}

function textOf({ slug }: Post, edit: string): string {
  return `<p>Neighbours at the ${slug}${slug === "gate" ? edit : ""}.</p>`;
}

/** Builds the index of the posts; `edit` is part of the middle post's text. */
async function build(edit: string, dir: string, thread?: IndexThread): Promise<Map<string, Buffer>> {
  const blog = blogWith(edit);
  const bodyHtml = (post: Post): string => textOf(post, edit);
  return contentsOf(
    await searchFiles(blog, { urls: siteUrls(blog.settings), cacheDir: dir, bodyHtml, thread }),
  );
}

/** Builds the index with a thread that was started early. */
function buildEarly(edit: string): Promise<Map<string, Buffer>> {
  return withIndexThread(cacheDir, (thread) => {
    thread.prepare();
    return build(edit, cacheDir, thread);
  });
}

const clean = new Map<string, Map<string, Buffer>>();

/** The index of a build without a cache, built once for each edit. */
async function cleanBuild(edit: string): Promise<Map<string, Buffer>> {
  const dir = path.join(folder, `clean${edit}`);
  const made = clean.get(edit) ?? (await withIndexThread(dir, (thread) => build(edit, dir, thread)));
  clean.set(edit, made);
  return made;
}

test("an index equals that of a clean build, without a thread of the caller and with one started early", async () => {
  expect(await build("", cacheDir)).toEqual(await cleanBuild(""));
  for (const edit of [" and well", ""]) expect(await buildEarly(edit)).toEqual(await cleanBuild(edit));
});

test("other posts are read while those with imports are rendered, and the index equals that of a clean build", async () => {
  const dir = path.join(folder, "waiting");
  for (const edit of ["", " and well"]) {
    const unread = new Set(["fence", "hedge"]);
    const whole = Promise.withResolvers<Blog>();
    const bodyHtml = (post: Post): string => {
      unread.delete(post.slug);
      return textOf(post, edit);
    };
    const early = blogWith("not rendered");
    const made = withIndexThread(dir, async (thread) => {
      const urls = siteUrls(early.settings);
      const context = { urls, cacheDir: dir, thread, bodyHtml, whole: whole.promise };
      return contentsOf(await searchFiles(early, context));
    });
    // In later builds, they come from the cache.
    if (edit === "") await expect.poll(() => unread.size).toBe(0);
    whole.resolve(blogWith(edit));
    expect(await made).toEqual(await cleanBuild(edit));
  }
});

test("a thread that was started early with a damaged cache builds the same index", async () => {
  const files = readdirSync(cacheDir, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(cacheDir, name))
    .filter((file) => statSync(file).isFile());
  for (const file of files) writeFileSync(file, "damaged");
  expect(await buildEarly(" and well")).toEqual(await cleanBuild(" and well"));
});

test("a build ends even if its thread was started early and never used", async () => {
  const thread = new IndexThread(cacheDir);
  thread.prepare();
  await expect(thread.end()).resolves.toBeUndefined();
});
