import sharp from "sharp";
import { expect, test } from "vitest";
import { drawPicture, MAX_BYTES } from "./draw-og-image.ts";
import { TypeCase } from "./fonts/type-case.ts";
import { SOCIAL_PICTURE_SIZE } from "./og-image-path.ts";
import { sampleTexts } from "./samples.ts";
import { inkBox, temporaryCache } from "./test-tools.ts";

const cache = temporaryCache();
const typeCase = new TypeCase(cache);

test.each(Object.entries(sampleTexts))("networks show a picture for a title in %s", async (_, text) => {
  const { png, undrawn } = await drawPicture(text, typeCase);
  const facts = await sharp(png).metadata();
  expect(facts).toMatchObject({ format: "png", ...SOCIAL_PICTURE_SIZE, isPalette: true });
  expect(png.length).toBeLessThanOrEqual(MAX_BYTES);
  expect(undrawn).toEqual([]);
});

test("even the densest titles stay small enough for networks to fetch", async () => {
  const dense = {
    ...sampleTexts.Traditional,
    title: "鬱驫鱻龘籲灩麤爨齉纞".repeat(9),
    byline: "龔龘鑫".repeat(20),
  };
  const { png } = await drawPicture(dense, typeCase);
  expect(png.length).toBeLessThanOrEqual(MAX_BYTES);
});

test("the same text gives the same bytes, whatever was drawn before and whether fonts were unpacked", async () => {
  const fresh = new TypeCase(temporaryCache());
  const backwards = Object.values(sampleTexts).slice(0, 12).reverse();
  for (const text of backwards) {
    const [one, two] = [await drawPicture(text, typeCase), await drawPicture(text, fresh)];
    expect(Buffer.compare(one.png, two.png)).toBe(0);
  }
});

test("a title that runs from right to left stands at the right", async () => {
  const title = { from: 140, to: 380 };
  const hebrew = await inkBox((await drawPicture(sampleTexts.Hebrew, typeCase)).png, title);
  const latin = await inkBox((await drawPicture(sampleTexts.Latin, typeCase)).png, title);
  expect(1200 - hebrew.right).toBeGreaterThanOrEqual(74);
  expect(1200 - hebrew.right).toBeLessThanOrEqual(92);
  expect(latin.left).toBeGreaterThanOrEqual(74);
  expect(latin.left).toBeLessThanOrEqual(92);
});

test("a long title doesn't run into the names under it or the blog's name above it", async () => {
  for (const text of Object.values(sampleTexts)) {
    const { png } = await drawPicture({ ...text, title: `${text.title} `.repeat(8) }, typeCase);
    const above = await inkBox(png, { from: 112, to: 122 });
    expect(above.bottom, text.lang).toBe(0);
  }
});

test("characters that no font has leave no box but are reported", async () => {
  const { undrawn } = await drawPicture({ ...sampleTexts.Latin, title: "A \u{10FFFD}secret 𐀀" }, typeCase);
  expect(undrawn).toEqual(["\u{10FFFD}", "𐀀"]);
});
