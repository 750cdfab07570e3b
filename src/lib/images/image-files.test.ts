import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { FileCache } from "../cache/file-cache.ts";
import { pictureFiles } from "./image-files.ts";
import { createPictures } from "./image-resolver.ts";

const brick = sharp({
  create: { width: 1000, height: 500, channels: 3, background: { r: 160, g: 60, b: 40 } },
});
const veil = sharp({
  create: { width: 900, height: 300, channels: 4, background: { r: 20, g: 120, b: 220, alpha: 0.5 } },
});

test.each([
  ["a photograph", "photo.jpg", brick.clone().jpeg()],
  ["a photograph taken upright", "turned.jpg", brick.clone().withMetadata({ orientation: 6 }).jpeg()],
  ["a grey photograph", "grey.jpg", brick.clone().greyscale().toColourspace("b-w").jpeg()],
  ["a photograph for print", "print.jpg", brick.clone().toColourspace("cmyk").jpeg()],
  ["a scan of 16 bits", "deep.png", brick.clone().toColourspace("rgb16").png()],
  ["a see-through drawing", "veil.png", veil.clone().png()],
])(
  "every size of %s has its colours, and is as see-through",
  async (_, file, picture) => {
    const root = tempFolder("picture-files");
    writeFileSync(path.join(root, file), await picture.toBuffer());
    const cache = new FileCache(path.join(root, ".cache"));
    const pictures = createPictures({ root, cache });
    await pictures.load([file]);
    const specs = pictureFiles([file], { root, cache, pictures });
    expect(specs.length).toBeGreaterThan(3);
    const wanted = await meanOf(readFileSync(path.join(root, file)));
    for (const spec of specs) {
      const mean = await meanOf(Buffer.from(await spec.make()));
      expect(Math.max(...mean.map((value, at) => Math.abs(value - (wanted[at] ?? 0))))).toBeLessThan(6);
    }
  },
  60_000,
);

/** Average red, green, blue and opacity of a picture, 0 to 255 each. */
async function meanOf(picture: Buffer): Promise<number[]> {
  const pixel = sharp(picture).resize(1, 1, { fit: "fill" }).toColourspace("srgb").ensureAlpha();
  return [...(await pixel.raw().toBuffer())];
}
