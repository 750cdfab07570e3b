import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sampleImages } from "../../../tests/support/og-image-samples.ts";
import { temporaryCache } from "../../../tests/support/ink-box.ts";
import { makePost, makeSettings } from "../../../tests/fixtures/small-blog.ts";
import { ogImagePath, SITE_OG_IMAGE_PATH } from "./og-image-path.ts";
import { type OgImageContext, ogImageFiles } from "./og-image-files.ts";

function makeContext(own: Partial<OgImageContext> = {}): OgImageContext {
  return {
    settings: makeSettings({ socialPictures: true }),
    authors: [{ id: "nell", name: "Nell Hart" }],
    cache: temporaryCache(),
    ...own,
  };
}

function keyOf(own: Parameters<typeof makePost>[0], context = makeContext()): string | undefined {
  const post = makePost(own);
  return ogImageFiles([post], context).find(({ path }) => path === ogImagePath(post))?.key;
}

test("the blog and each post have an image, at valid URLs in any language", () => {
  const files = ogImageFiles([makePost({ slug: "hello" }), makePost({ slug: "垣根" })], makeContext());
  expect(files.map(({ path }) => path)).toEqual([
    SITE_OG_IMAGE_PATH,
    "/social/posts/hello.png",
    "/social/posts/%E5%9E%A3%E6%A0%B9.png",
  ]);
});

test("there are no images if the settings turn them off", () => {
  expect(ogImageFiles([makePost()], makeContext({ settings: makeSettings() }))).toEqual([]);
});

test("an image is drawn again only if its contents or the theme change", () => {
  const key = keyOf({});
  expect(keyOf({ tags: ["other"], description: "Other." })).toBe(key);
  expect(keyOf({ title: "Other" })).not.toBe(key);
  expect(keyOf({ date: "2025-01-01T00:00:00.000Z" })).not.toBe(key);
  expect(keyOf({}, makeContext({ authors: [{ id: "nell", name: "Nell H." }] }))).not.toBe(key);
  const settings = makeSettings({ socialPictures: true });
  const { appearance } = settings;
  const accent = { ...appearance.colors.accent, light: "#123456" };
  for (const other of [
    { ...appearance, colors: { ...appearance.colors, accent } },
    { ...appearance, socialArtwork: "<g/>" },
  ]) {
    expect(keyOf({}, makeContext({ settings: { ...settings, appearance: other } }))).not.toBe(key);
  }
});

test("an image is drawn once and then read from the cache", async () => {
  const cache = temporaryCache();
  const [site] = ogImageFiles([], makeContext({ cache }));
  expect(cache.read(site?.key ?? "")).toBeNull();
  expect(await site?.make()).toBeInstanceOf(Uint8Array);
  cache.write(site?.key ?? "", "from the cache");
  expect(Buffer.from((await site?.make()) as Uint8Array).toString()).toBe("from the cache");
});

test("on demand, only the requested image is drawn; damaged images and fonts are replaced", async () => {
  const cache = temporaryCache();
  const [site, post] = ogImageFiles([makePost()], makeContext({ cache, isOnDemand: true }));
  const png = Buffer.from((await site?.make()) as Uint8Array);
  expect(cache.has(post?.key ?? "")).toBe(false);
  const file = path.join(cache.folder, (site?.key ?? "").slice(0, 2), (site?.key ?? "").slice(2));
  writeFileSync(file, readFileSync(file).fill(0, 100, 200));
  const fonts = path.join(cache.folder, "fonts");
  for (const name of readdirSync(fonts)) {
    if (name.endsWith(".ttf")) writeFileSync(path.join(fonts, name), "damaged");
  }
  expect(Buffer.from((await site?.make()) as Uint8Array).equals(png)).toBe(true);
});

test("the same image has the same bytes, regardless of earlier images and of the fonts' folder", async () => {
  const scripts = Object.values(sampleImages).filter((_, at) => at % 6 === 0);
  const posts = scripts.map(({ title, lang, dir }, at) => makePost({ title, lang, dir, slug: `post-${at}` }));
  const drawn = async (some: typeof posts) => {
    const files = ogImageFiles(some, makeContext());
    return Promise.all(
      files.map(async (file) => [file.path, Buffer.from((await file.make()) as Uint8Array)] as const),
    );
  };
  const all = new Map(await drawn(posts));
  const some = await drawn(posts.filter((_, at) => at % 2 === 0).reverse());
  for (const [name, png] of some) expect(all.get(name)?.equals(png), name).toBe(true);
});

test("characters without a font package are drawn with system fonts, with one note for the whole build", async () => {
  const notes: string[] = [];
  const context = makeContext({ onNote: (note) => notes.push(note) });
  const titles = ["𐀀 tablets", "བོད་སྐད།", "Plain"];
  const posts = titles.map((title, at) => makePost({ title, slug: `post-${at}` }));
  const images = await Promise.all(ogImageFiles(posts, context).map((file) => file.make()));
  expect(images).toHaveLength(4);
  expect(notes).toEqual([
    "Fonts of this system were used for 2 social images. No font package is known for 𐀀. " +
      "For the same letters on every machine: npm install @fontsource-variable/noto-serif-tibetan",
  ]);
});

test("a drawing error is reported with its cause", async () => {
  const cache = temporaryCache();
  mkdirSync(cache.folder, { recursive: true });
  writeFileSync(`${cache.folder}/fonts`, "in the way");
  const [site] = ogImageFiles([], makeContext({ cache }));
  await expect(site?.make()).rejects.toMatchObject({
    cause: expect.objectContaining({ message: expect.stringMatching(/EEXIST|ENOTDIR/) }),
  });
});
