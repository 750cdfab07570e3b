import path from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { sampleImages } from "../../../tests/support/og-image-samples.ts";
import { inkBox, temporaryCache } from "../../../tests/support/ink-box.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { drawOgImage, MAX_BYTES } from "./draw.ts";
import { openFonts } from "./fonts.ts";
import { OG_IMAGE_SIZE } from "./og-image-path.ts";
import type { OgImage } from "./template.ts";

const TITLE = { from: 126, to: 380 };
/** Without artwork and logo, so that all ink is text. */
const bare = { artwork: null, logo: null };

const folder = temporaryCache().folder;
const config = path.join(folder, "fonts.conf");
// Fontconfig reads it once per process, before the first text is drawn.
process.env["FONTCONFIG_FILE"] = config;
const fonts = openFonts(folder, config, false);

async function draw(image: OgImage): Promise<Buffer> {
  const { png, missing } = await drawOgImage(image, fonts);
  expect(missing, image.title).toEqual([]);
  return png;
}

/** Checks the requirements of social networks. */
async function expectOgImage(png: Buffer): Promise<void> {
  expect(await sharp(png).metadata()).toMatchObject({ format: "png", ...OG_IMAGE_SIZE, isPalette: true });
  expect(png.length).toBeLessThanOrEqual(MAX_BYTES);
}

test.each(["Latin", "Traditional", "Emoji"] as const)(
  "networks show an image with artwork and logo for a title in %s",
  async (script) => {
    await expectOgImage(await draw(sampleImages[script]));
  },
);

test.each(Object.entries(sampleImages))(
  "networks show an image for a long title in %s, which stays in its place",
  async (_, image) => {
    const png = await draw({ ...image, ...bare, artwork: "<g/>", title: `${image.title} `.repeat(4) });
    await expectOgImage(png);
    const all = await inkBox(png, { from: 0, to: OG_IMAGE_SIZE.height });
    expect(all.left).toBeGreaterThanOrEqual(76);
    expect(all.right).toBeLessThanOrEqual(OG_IMAGE_SIZE.width - 76);
    expect(all.top).toBeGreaterThan(50);
    expect(all.bottom).toBeLessThan(490);
    expect((await inkBox(png, { from: 116, to: 124 })).bottom).toBe(0);
    const title = await inkBox(png, TITLE);
    expect(title.right - title.left).toBeGreaterThan(700);
  },
);

test("images with the densest titles stay small enough for networks to fetch", async () => {
  const dense = { title: "鬱驫鱻龘籲灩麤爨纞".repeat(9), authorLine: "龔龘鑫".repeat(20) };
  expect((await draw({ ...sampleImages.Traditional, ...dense })).length).toBeLessThanOrEqual(MAX_BYTES);
});

test("a character that no font has is reported, in the title and in the author line", async () => {
  expect((await drawOgImage({ ...sampleImages.Latin, title: "A 𐀀 tablet" }, fonts)).missing).toEqual(["𐀀"]);
  expect((await drawOgImage({ ...sampleImages.Latin, authorLine: "𐀀" }, fonts)).missing).toEqual(["𐀀"]);
});

test("letters of a script look different, so none is drawn as a box", async () => {
  const inkOf = async (title: string) =>
    (
      await sharp(await draw({ ...sampleImages.Latin, ...bare, title }))
        .raw()
        .toBuffer()
    ).toString("latin1");
  for (const [one, two, lang] of [
    ["ش", "ج", "ar"],
    ["永", "書", "ja"],
    ["क", "म", "hi"],
    ["א", "ש", "he"],
    ["☕", "👩‍🚀", "en"],
  ]) {
    expect(await inkOf(one ?? ""), lang).not.toBe(await inkOf(two ?? ""));
  }
});

test("a right-to-left title is aligned right, a Latin one left", async () => {
  const hebrew = await inkBox(await draw({ ...sampleImages.Hebrew, ...bare }), TITLE);
  expect(OG_IMAGE_SIZE.width - hebrew.right).toBeLessThanOrEqual(84);
  const latin = await inkBox(await draw({ ...sampleImages.Latin, ...bare }), TITLE);
  expect(latin.left).toBeGreaterThanOrEqual(78);
  expect(latin.left).toBeLessThanOrEqual(84);
  expect(latin.right).toBeGreaterThan(600);
});

test("a short title is larger than a long one, and an overlong one is cut", async () => {
  const heightOf = async (title: string) => {
    const box = await inkBox(
      await draw({ ...sampleImages.Latin, ...bare, title, authorLine: "", date: "" }),
      { from: 116, to: 560 },
    );
    return box.bottom - box.top;
  };
  expect(await heightOf("H")).toBeGreaterThan(70);
  expect(await heightOf("H")).toBeLessThan(100);
  expect(await heightOf("over the fence and back again ".repeat(30))).toBeLessThanOrEqual(250);
  expect(await heightOf("Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterung")).toBeLessThanOrEqual(
    250,
  );
  expect(await heightOf("")).toBeLessThan(1);
});

test("a title is set in the bold display style of the blog’s font", async () => {
  const widthOf = async (title: string) => {
    const box = await inkBox(await draw({ ...sampleImages.Latin, ...bare, title }), TITLE);
    return box.right - box.left;
  };
  // At a text optical size, the bar is 12 pixels wide; in regular weight, the letters are 137 pixels wide.
  expect(await widthOf("|")).toBeLessThan(6);
  expect(await widthOf("llll")).toBeGreaterThan(142);
  expect(await widthOf("llll")).toBeLessThan(150);
});

test("any title and name can be drawn inside the frame", async () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 80 }),
    fc.string({ unit: "grapheme", maxLength: 80 }),
  );
  const odd = ["\u2800", "\u200b", "<b>&amp;", "\u202e", "Z\u0351\u0352\u0353".repeat(60), "a".repeat(900)];
  const titles = [...odd, ...fc.sample(text, { ...propertyRuns(4), seed: 11 })];
  for (const title of titles) {
    const { png } = await drawOgImage({ ...sampleImages.Latin, ...bare, title, authorLine: title }, fonts);
    const box = await inkBox(png, { from: 0, to: OG_IMAGE_SIZE.height });
    expect(box.right, JSON.stringify(title)).toBeLessThan(OG_IMAGE_SIZE.width - 70);
  }
});

test("an image has the theme's colors, artwork and logo", async () => {
  const colors = { paper: "#102030", ink: "#ffffff", accent: "#00ff00", muted: "#808080" };
  const artwork = '<rect class="accent" x="0" y="600" width="100" height="30"/>';
  const png = await draw({ ...sampleImages.Latin, colors, artwork, logo: '<rect width="32" height="32"/>' });
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colorAt = (x: number, y: number) =>
    data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString("hex");
  expect(colorAt(5, 5)).toBe("102030");
  expect(colorAt(20, 615)).toBe("00ff00");
  expect(colorAt(100, 90)).toBe("00ff00");
});
