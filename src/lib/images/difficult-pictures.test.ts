import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import type { Sharp } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { FileCache } from "../cache/file-cache.ts";
import { cleanSvg } from "./clean-svg.ts";
import { pictureFiles } from "./image-files.ts";
import { createPictures } from "./image-resolver.ts";
import type { Pictures } from "./image-resolver.ts";
import type { ImageMetadata } from "./image-metadata.ts";
import { svgFacts } from "./svg-metadata.ts";

let root: string;
let cache: FileCache;
let pictures: Pictures;
beforeAll(() => {
  root = tempFolder("difficult-pictures");
  cache = new FileCache(path.join(root, ".cache"));
  pictures = createPictures({ root, cache });
});

const picture = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: { r: 160, g: 60, b: 40 } } });

async function factsOf(name: string, bytes: Uint8Array | string): Promise<ImageMetadata | null> {
  writeFileSync(path.join(root, name), bytes);
  await pictures.load([name]);
  return pictures.get(name);
}

describe("a picture that can't be resized is reported by the check", () => {
  test.each(["jpeg", "png", "webp", "avif", "gif"] as const)("a %s that was cut off", async (format) => {
    const noise = Buffer.from(Array.from({ length: 200 * 150 * 3 }, (_, at) => (at * 7919) % 251));
    const whole = await sharp(noise, { raw: { width: 200, height: 150, channels: 3 } })
      .toFormat(format)
      .toBuffer();
    expect((await factsOf(`whole-${format}.${format}`, whole))?.damage).toBeNull();
    const cut = await factsOf(`cut-${format}.${format}`, whole.subarray(0, Math.floor(whole.length / 2)));
    expect(cut === null || cut.damage !== null).toBe(true);
  });

  test("an empty file, and a text file named .jpg", async () => {
    expect(await factsOf("empty.png", "")).toBeNull();
    expect(await factsOf("text.jpg", "not a picture")).toBeNull();
  });

  test("a picture in a format that browsers don't show", async () => {
    const tiff = await picture(8, 8).tiff().toBuffer();
    expect((await factsOf("tiff.jpg", tiff))?.damage).toBe(
      "is a picture in the format TIFF, which browsers don't show",
    );
  });
});

describe("a picture is published in a format that can hold it", () => {
  test("a very tall picture", async () => {
    const facts = await factsOf("tall.png", await picture(40, 20_000).png().toBuffer());
    expect(facts).toMatchObject({ damage: null, height: 20_000 });
    const specs = pictureFiles(["tall.png"], { root, cache, pictures });
    expect(specs.map((spec) => path.extname(spec.path))).toEqual([".png"]);
    for (const spec of specs) {
      const { height } = await sharp(await spec.make(), { limitInputPixels: false }).metadata();
      expect(height).toBe(20_000);
    }
  });

  test("a format is detected by the bytes, not by the file extension", async () => {
    const png = await picture(20, 10).png().toBuffer();
    expect(await factsOf("really-a-png.jpg", png)).toMatchObject({ format: "png", damage: null });
    const specs = pictureFiles(["really-a-png.jpg"], { root, cache, pictures });
    for (const spec of specs) {
      const { format } = await sharp(await spec.make()).metadata();
      const ending = path.extname(spec.path).slice(1);
      expect({ avif: "heif", jpg: "jpeg" }[ending] ?? ending).toBe(format);
    }
  });

  test("an animated picture stays animated", async () => {
    const frames = await Promise.all([
      picture(8, 8).png().toBuffer(),
      picture(8, 8).negate().png().toBuffer(),
    ]);
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const webp = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect(await factsOf("moving.gif", gif)).toMatchObject({ isKeptAsIs: true, damage: null });
    expect(await factsOf("moving.webp", webp)).toMatchObject({ isKeptAsIs: true, damage: null });
  });
});

describe("drawings as programs export them", () => {
  const ILLUSTRATOR =
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n' +
    '<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>\n<svg xmlns="&ns_svg;" width="10" height="5"><rect width="10" height="5"/></svg>';
  const DRAWIO =
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml" style="x">Box</div></foreignObject><text>Box</text></switch></svg>';

  test.each([
    ["Illustrator", ILLUSTRATOR],
    ["draw.io", DRAWIO],
  ])("%s's are published clean", async (name, svg) => {
    const file = `${name}.svg`;
    expect(await factsOf(file, svg)).toMatchObject({ width: 10, height: 5, dangers: [] });
    const [spec] = pictureFiles([file], { root, cache, pictures });
    const published = (await spec?.make())?.toString() ?? "";
    expect(published).not.toMatch(/DOCTYPE|ENTITY|foreignObject|&ns_svg/);
    expect(svgFacts(Buffer.from(published))?.dangers).toEqual([]);
    expect(readFileSync(path.join(root, file), "utf8")).toBe(svg);
  });

  test.each([
    [
      "entities in entities",
      '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">&b;</svg>',
    ],
    [
      "an entity from a file",
      '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">&a;</svg>',
    ],
    [
      "a long entity, many times",
      `<!DOCTYPE svg [<!ENTITY a "${"x".repeat(1000)}">]><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${"&a;".repeat(300)}</svg>`,
    ],
    [
      "an entity that closes an attribute",
      `<!DOCTYPE svg [<!ENTITY a '" onload="x'>]><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" id="&a;"><script>1</script></svg>`,
    ],
    [
      "HTML without a fallback",
      '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><foreignObject><p>x</p></foreignObject></svg>',
    ],
    [
      "a script beside HTML",
      '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><switch><foreignObject/><script>1</script></switch></svg>',
    ],
  ])("%s is refused", (_name, svg) => {
    expect(svgFacts(Buffer.from(svg))?.dangers.length).toBeGreaterThan(0);
    expect(cleanSvg(svg)).not.toMatch(/ onload="x"/);
  });
});
