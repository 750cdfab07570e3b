import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixture, imported, type ImportedBlog } from "./support/imported.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";

/** Returns the page that a static host serves for a path. */
function served(dist: string, address: string): string | null {
  const name = decodeURI(address);
  const isFolder =
    name.endsWith("/") || statSync(path.join(dist, name), { throwIfNoEntry: false })?.isDirectory();
  const file = path.join(dist, isFolder ? path.join(name, "index.html") : name);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** Imports a fixture and builds the blog, without social images. */
async function builtFrom(
  name: string,
  baseUrl?: string,
): Promise<ImportedBlog & { readonly outDir: string }> {
  const folder = tempSiteFolder();
  const contentDir = path.join(folder, "content");
  const blog = await imported(fixture(name), { contentDir, ...(baseUrl === undefined ? {} : { baseUrl }) });
  appendFileSync(path.join(contentDir, "site.yaml"), "\nsocialPictures: false\n");
  await buildNew({ folder });
  return { ...blog, outDir: path.join(folder, "dist") };
}

test("an imported blog builds, and every old URL leads to the new one", async () => {
  const { read, outDir } = await builtFrom("wordpress.xml");
  // The new blog uses the old blog's URL pattern, so the post's URL is unchanged.
  const post = served(outDir, "/2012/03/hello/");
  expect(post).toContain("I like gates. {process.exit()}");
  expect(post).toContain('id="comment-5"');
  expect(post).not.toContain("Not approved yet");
  expect(served(outDir, "/about/")).toContain("We keep fences low.");
  const old = [
    ["/2012/03/hallo/", "/2012/03/hello/"],
    ["/category/wood/", "/tags/wood/"],
    ["/tag/gates/", "/tags/gates/"],
    ["/2012/03/", "/archive/2012/03/"],
  ] as const;
  for (const [from, to] of old) {
    expect(served(outDir, from), from).toContain(`url=${to}`);
    expect(served(outDir, to), to).not.toBeNull();
  }
  expect(served(outDir, "/feed/")).toContain("<rss");
  const all = readFileSync(path.join(outDir, "sitemap.xml"), "utf8");
  expect(all).not.toMatch(/secret|locked|draft/);
  expect(read("posts/hello.md")).not.toBe("");
  expect(() => read("posts/secret.md")).toThrow("ENOENT");
});

test("Tumblr notes and reblogs build, and their old URLs work", async () => {
  const { outDir } = await builtFrom("tumblr");
  expect(served(outDir, "/notes/herons/")).toContain("Two herons, not speaking.");
  expect(served(outDir, "/notes/702/")).toContain("https://otherbank.tumblr.com/post/55");
  const old = [
    ["/post/700", "/posts/tides/"],
    ["/post/700/tides", "/posts/tides/"],
    ["/post/701/herons", "/notes/herons/"],
    ["/tagged/Marsh", "/tags/marsh/"],
  ] as const;
  for (const [from, to] of old) {
    expect(served(outDir, from), from).toContain(`url=${to}`);
  }
  expect(served(outDir, "/posts/unsaid/")).toBeNull();
  expect(JSON.stringify(served(outDir, "/sitemap.xml"))).not.toMatch(/unsaid|hidden/);
});

/** Exports, the base path of the new blog, and old URLs with their expected content. */
const OLD_ADDRESSES = [
  [
    "typepad.txt",
    "https://new.example/",
    {
      "/fence/2008/03/the-gate.html": "/posts/the-gate/",
      "/fence/hinges/": "/tags/hinges/",
      "/fence/2008/03/": "/archive/2008/03/",
      "/fence/atom.xml": "<feed",
      "/fence/index.rdf": "<rss",
    },
  ],
  [
    "typepad.txt",
    "https://new.example/fence/",
    {
      "/2008/03/the-gate.html": "/fence/posts/the-gate/",
      "/hinges/": "/fence/tags/hinges/",
      "/2008/03/": "/fence/archive/2008/03/",
      "/index.rdf": "<rss",
    },
  ],
  [
    "takeout",
    "https://new.example/",
    {
      "/2012/03/box-hedges.html": "/posts/box-hedges/",
      "/search/label/hedges": "/tags/hedges/",
      "/2012/03/": "/archive/2012/03/",
      "/feeds/posts/default": "<feed",
    },
  ],
] as const;

test.each(OLD_ADDRESSES)(
  "%s at %s: old URLs of posts, categories, months, feeds and comments work",
  async (name, baseUrl, old) => {
    const { outDir } = await builtFrom(name, baseUrl);
    for (const [from, to] of Object.entries(old))
      expect(served(outDir, from), from).toContain(to.startsWith("<") ? to : `url=${to}`);
    // Redirects keep the fragment of old comment links, and the page has the anchor.
    const anchors = name === "takeout" ? ["c101"] : [];
    for (const anchor of anchors) expect(served(outDir, "/posts/box-hedges/")).toContain(`id="${anchor}"`);
  },
);
