import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { loadBlog } from "../../lib/content/load-blog.ts";
import { changingPosts, postsOf } from "../posts.ts";
import { contentPosts } from "./content-posts.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const SITE = "https://me.example/blog/";

const FILES: Readonly<Record<string, string>> = {
  "site.yaml": `title: Blog\nurl: https://me.example/blog/\ntimeZone: Europe/Berlin\npermalinks:\n  posts: /:year/:slug/\n`,
  "authors/nell.yaml": "name: Nell Hartigan\n",
  "posts/hello.md": "---\ntitle: Hello -- there\ndate: 2026-03-01\ntags: [fences]\n---\n\nWords.\n",
  "posts/2025-12-31-late/index.mdx":
    "---\ntitle: Late\naliases: [/old/late.html]\n---\n\n<Aside>Words</Aside>\n",
  "posts/closed.md":
    "---\ntitle: Closed\ndate: 2026-03-02\ncomments: closed\nslug: shut\nid: first\n---\n\nWords.\n",
  "posts/draft.md": "---\ntitle: Draft\ndate: 2026-03-03\ndraft: true\ntags: [drafts]\n---\n\nWords.\n",
  "posts/later.md": "---\ntitle: Later\ndate: 2026-06-02\n---\n\nWords.\n",
  "posts/gone.md":
    "---\ntitle: Gone\ndate: 2026-03-04\ndeleted: 2026-04-01\naliases: [/old/gone.html]\n---\n",
  "posts/hello.de.md": "---\ntitle: Hallo\ndate: 2026-03-01\n---\n\nWorte.\n",
  "notes/2026-05-01-0930.md":
    "---\ndate: 2026-05-01 09:30\n---\n\nOver *the* fence, as [they](https://they.example/) say.\n\nMore.\n",
};

function blogFolder(): string {
  const contentDir = path.join(tempFolder("content-posts"), "content");
  for (const [name, text] of Object.entries(FILES)) write(contentDir, name, text);
  return contentDir;
}

function write(contentDir: string, name: string, text: string): void {
  mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
  writeFileSync(path.join(contentDir, name), text);
}

/** Reads a blog and records which files are read. @param ageMs apparent age of the files. */
function watched(contentDir: string, ageMs: number) {
  const reads: string[] = [];
  const read = (file: string) => {
    reads.push(path.basename(file));
    return readFile(file);
  };
  const load = contentPosts({
    contentDir,
    site: SITE,
    now: () => NOW,
    read,
    clock: () => Date.now() + ageMs,
  });
  return { load, reads };
}

test("posts are the same as in a build, without rendering texts", async () => {
  const contentDir = blogFolder();
  const root = path.dirname(contentDir);
  const { blog } = await loadBlog({ root, mode: "build", now: NOW, cacheDir: path.join(root, "cache") });
  const { posts, tombstones, tags } = await contentPosts({ contentDir, site: SITE, now: () => NOW })();
  expect([...(tags ?? [])].sort()).toEqual(["drafts", "fences"]);
  const facts = ({
    slug,
    id,
    path,
    title,
    comments,
    tags,
    aliases,
    canonical,
    visibility,
  }: (typeof blog.posts)[0]) => ({
    ...{ slug, id, path, title, comments, tags, aliases, canonical, visibility },
  });
  const bySlug = (a: { slug: string }, b: { slug: string }) => (a.slug < b.slug ? -1 : 1);
  expect(blog.posts.length).toBeGreaterThan(4);
  expect(posts.map((post) => facts(post as (typeof blog.posts)[0])).sort(bySlug)).toEqual(
    blog.posts.map(facts).sort(bySlug),
  );
  expect(tombstones).toMatchObject(blog.tombstones);
  expect(tombstones).toHaveLength(1);
});

test("posts have the URL of the published blog, whatever its settings say", async () => {
  const load = contentPosts({ contentDir: blogFolder(), site: "https://other.example/", now: () => NOW });
  const posts = postsOf(await load());
  expect(posts.byUrl("https://other.example/2026/hello/")?.url).toBe("https://other.example/2026/hello/");
  expect(posts.byUrl("https://me.example/2026/hello/")).toBeNull();
});

test("only files that changed are read again", async () => {
  const contentDir = blogFolder();
  const { load, reads } = watched(contentDir, 10_000);
  await load();
  expect(reads).toHaveLength(8);
  reads.length = 0;
  write(contentDir, "posts/hello.md", "---\ntitle: Other\ndate: 2026-03-01\n---\n\nWords.\n");
  write(contentDir, "notes/new.md", "---\ndate: 2026-05-02\n---\n\nNew.\n");
  rmSync(path.join(contentDir, "posts/gone.md"));
  const { posts, tombstones } = await load();
  expect(reads.sort()).toEqual(["hello.md", "new.md"]);
  expect(posts.map(({ title }) => title).sort()).toEqual([
    "Closed",
    "Hallo",
    "Late",
    "New.",
    "Other",
    "Over the fence, as they say. More.",
  ]);
  expect(tombstones).toEqual([]);
});

test("a change in the same tick of the file system's clock as the last read is detected", async () => {
  const contentDir = blogFolder();
  const { load, reads } = watched(contentDir, 0);
  await load();
  reads.length = 0;
  await load();
  expect(reads).toContain("hello.md");
});

test("a scheduled post appears on its date without a change of its file", async () => {
  let now = NOW;
  const load = contentPosts({ contentDir: blogFolder(), site: SITE, now: () => now });
  const isThere = async () => (await load()).posts.some(({ slug }) => slug === "later");
  expect(await isThere()).toBe(false);
  now = new Date("2026-06-03T00:00:00Z");
  expect(await isThere()).toBe(true);
});

test("an error in one post doesn't stop responses to the others", async () => {
  const contentDir = blogFolder();
  const load = contentPosts({ contentDir, site: SITE, now: () => NOW });
  let time = 0;
  const problems: string[] = [];
  const posts = changingPosts(
    load,
    () => time,
    (problem) => problems.push(String(problem)),
  );
  expect(await posts.bySlug("hello")).not.toBeNull();
  write(contentDir, "posts/hello.md", "---\ntitle: [Hello\ndate: 2026-03-01\n---\n\nWords.\n");
  write(contentDir, "posts/wrong.md", "---\ntitle: Wrong\ndate: never\n---\n\nWords.\n");
  time += 10_000;
  // While a file is invalid, an unknown slug may be that of its post.
  await expect(posts.bySlug("wrong")).rejects.toThrow("`date` can't be read as a date");
  await expect(posts.bySlug("none")).rejects.toThrow();
  // A post that was valid before keeps its last valid version.
  expect((await posts.bySlug("hello"))?.title).toBe("Hello – there");
  expect(await posts.bySlug("shut")).toMatchObject({ isOpen: false });
  expect(problems).toEqual([expect.stringContaining("content/posts/wrong.md:3")]);
  write(contentDir, "posts/wrong.md", "---\ntitle: Right\ndate: 2026-03-01\n---\n\nWords.\n");
  time += 10_000;
  expect((await posts.bySlug("wrong"))?.title).toBe("Right");
  expect(await posts.bySlug("none")).toBeNull();
});

test("errors in the settings are thrown with the name of the file", async () => {
  const contentDir = blogFolder();
  write(contentDir, "site.yaml", "permalinks: [\n");
  const load = contentPosts({ contentDir, site: SITE, now: () => NOW });
  await expect(load()).rejects.toThrow("content/site.yaml");
});
