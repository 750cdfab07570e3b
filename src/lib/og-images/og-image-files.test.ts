import { expect, test } from "vitest";
import { makePost, makeSettings } from "../feeds/fixture.ts";
import { SITE_PICTURE_PATH, socialPicturePath } from "./og-image-path.ts";
import { type SocialPictureContext, socialPictureFiles } from "./og-image-files.ts";
import { temporaryCache } from "./test-tools.ts";

function makeContext(own: Partial<SocialPictureContext> = {}): SocialPictureContext {
  return {
    settings: makeSettings({ socialPictures: true }),
    authors: [{ id: "nell", name: "Nell Hart" }],
    cache: temporaryCache(),
    ...own,
  };
}

function keyOf(own: Parameters<typeof makePost>[0], context = makeContext()): string | undefined {
  const post = makePost(own);
  return socialPictureFiles([post], context).find(({ path }) => path === socialPicturePath(post))?.key;
}

test("there is a picture for the blog and for each post, at addresses that hold in any language", () => {
  const files = socialPictureFiles([makePost({ slug: "hello" }), makePost({ slug: "垣根" })], makeContext());
  expect(files.map(({ path }) => path)).toEqual([
    SITE_PICTURE_PATH,
    "/social/posts/hello.png",
    "/social/posts/%E5%9E%A3%E6%A0%B9.png",
  ]);
});

test("there is none when the settings say so", () => {
  expect(socialPictureFiles([makePost()], makeContext({ settings: makeSettings() }))).toEqual([]);
});

test("a picture is made anew when what it shows changes, and only then", () => {
  const key = keyOf({});
  expect(keyOf({ tags: ["other"], description: "Other." })).toBe(key);
  expect(keyOf({ title: "Other" })).not.toBe(key);
  expect(keyOf({ date: "2025-01-01T00:00:00.000Z" })).not.toBe(key);
  expect(keyOf({}, makeContext({ authors: [{ id: "nell", name: "Nell H." }] }))).not.toBe(key);
});

test("a picture that was drawn once is taken from the cache, not drawn again", async () => {
  const cache = temporaryCache();
  const [site] = socialPictureFiles([], makeContext({ cache }));
  expect(cache.read(site?.key ?? "")).toBeNull();
  const drawn = await site?.make();
  cache.write(site?.key ?? "", "from the cache");
  expect(drawn).toBeInstanceOf(Uint8Array);
  expect(Buffer.from((await site?.make()) ?? "").toString()).toBe("from the cache");
});

test("characters that no font has are told with the picture's address", async () => {
  const told: unknown[] = [];
  const context = makeContext({ onUndrawn: (path, characters) => told.push([path, characters]) });
  await Promise.all(
    socialPictureFiles([makePost({ title: "𐀀 tablets" })], context).map((file) => file.make()),
  );
  expect(told).toEqual([["/social/posts/hello.png", ["𐀀"]]]);
});
