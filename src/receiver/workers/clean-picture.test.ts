import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { cleanPicture } from "./clean-picture.ts";

const SIDES = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const SECRET = "Secret place";
const FORMATS = ["jpeg", "png", "webp"] as const;

/** A picture of 2 by 3 pixels in different colors, enlarged so that JPEG compression doesn't blend them. */
const pixels = sharp(Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 0, 255]), {
  raw: { width: 2, height: 3, channels: 3 },
}).resize(64, 96, { kernel: "nearest" });

async function photograph(format: (typeof FORMATS)[number], orientation: number): Promise<Buffer> {
  return await pixels
    .clone()
    .withExif({
      IFD0: { Copyright: SECRET, ImageDescription: SECRET },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 0/1" },
    })
    .withXmp(`<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/">${SECRET}</x:xmpmeta>`)
    .withIccProfile("p3")
    .withMetadata({ orientation })
    .toFormat(format)
    .toBuffer();
}

const shown = async (bytes: Uint8Array) =>
  await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });

test.each(FORMATS.flatMap((format) => SIDES.map((side) => [format, side] as const)))(
  "a picture in %s with side %d up is the same picture, without the place and the name",
  async (format, side) => {
    const given = await photograph(format, side);
    expect((await sharp(given).metadata()).orientation).toBe(side);
    expect(given.includes(SECRET)).toBe(true);
    const clean = await cleanPicture(given);
    expect(clean?.type).toBe(`image/${format}`);
    const bytes = clean?.bytes ?? Buffer.alloc(0);
    expect(Buffer.from(bytes).includes(SECRET)).toBe(false);
    expect(await shown(bytes)).toEqual(await shown(given));
    const metadata = await sharp(bytes).metadata();
    expect(metadata.orientation ?? 1).toBe(side);
    expect(metadata.xmp).toBeUndefined();
    expect(metadata.exif === undefined || metadata.exif.length <= 32).toBe(true);
    expect(metadata.icc?.equals((await sharp(given).metadata()).icc ?? Buffer.alloc(0))).toBe(true);
    expect((await cleanPicture(bytes))?.bytes).toEqual(bytes);
  },
);

test("data after the picture, comments and thumbnails are removed", async () => {
  const jpeg = await pixels.clone().jpeg({ progressive: true }).toBuffer();
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, SECRET.length + 2]), Buffer.from(SECRET)]);
  const thumbnail = Buffer.concat([
    Buffer.from([0xff, 0xe0, 0, 16 + 12]),
    Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02", "latin1"),
    Buffer.from(SECRET),
  ]);
  const other = Buffer.concat([Buffer.from([0xff, 0xed, 0, SECRET.length + 2]), Buffer.from(SECRET)]);
  const given = Buffer.concat([
    jpeg.subarray(0, 2),
    thumbnail,
    comment,
    other,
    jpeg.subarray(2),
    jpeg,
    Buffer.from(SECRET),
  ]);
  const { bytes } = (await cleanPicture(given)) ?? { bytes: Buffer.alloc(0) };
  expect(Buffer.from(bytes).includes(SECRET)).toBe(false);
  // The JFIF segment remains, without its thumbnail.
  expect(bytes.length).toBe(jpeg.length + 18);
  expect(await shown(bytes)).toEqual(await shown(jpeg));

  const png = await pixels.clone().png().toBuffer();
  const text = Buffer.concat([
    Buffer.from([0, 0, 0, SECRET.length + 2]),
    Buffer.from(`tEXta\0${SECRET}CRC.`),
  ]);
  const withText = Buffer.concat([png.subarray(0, 33), text, png.subarray(33), Buffer.from(SECRET)]);
  expect((await cleanPicture(withText))?.bytes).toEqual(png);
});

test("an animated picture stays animated, without its comments", async () => {
  const frames = Buffer.alloc(8 * 16 * 3, 0).fill(255, 0, 8 * 8 * 3);
  const moving = sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
  const gif = await moving
    .clone()
    .gif({ loop: 3, delay: [200, 300] })
    .toBuffer();
  const note = Buffer.concat([Buffer.from([0x21, 0xfe, SECRET.length]), Buffer.from(SECRET), Buffer.of(0)]);
  const given = Buffer.concat([gif.subarray(0, -1), note, gif.subarray(-1), Buffer.from(SECRET)]);
  const webp = await moving
    .clone()
    .webp({ loop: 3, delay: [200, 300], lossless: true })
    .toBuffer();
  for (const each of [given, webp]) {
    const { bytes } = (await cleanPicture(each)) ?? { bytes: Buffer.alloc(0) };
    expect(Buffer.from(bytes).includes(SECRET)).toBe(false);
    const { pages, loop, delay } = await sharp(bytes, { animated: true }).metadata();
    expect({ pages, loop, delay }).toEqual({ pages: 2, loop: 3, delay: [200, 300] });
  }
});

test("damaged files, and formats whose metadata can't be removed, are refused", async () => {
  const avif = await pixels.clone().avif().toBuffer();
  expect(await cleanPicture(avif)).toBeNull();
  expect(await cleanPicture(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBeNull();
  for (const format of [...FORMATS, "gif"] as const) {
    const whole = await pixels.clone().toFormat(format).toBuffer();
    expect(await cleanPicture(whole.subarray(0, whole.length - 20))).toBeNull();
    expect(await cleanPicture(whole.subarray(0, 20))).toBeNull();
  }
});

test("corrupted files give a picture or null, and cleaning a result again doesn't change it", async () => {
  const wholes = await Promise.all(
    [...FORMATS, "gif" as const].map((format) =>
      format === "gif" ? pixels.clone().gif().toBuffer() : photograph(format, 6),
    ),
  );
  const change = fc.tuple(fc.nat(5000), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...wholes),
      fc.array(change, { maxLength: 12 }),
      async (whole, changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) if (at < bytes.length && at > 12) bytes[at] = value;
        const once = await cleanPicture(bytes);
        if (once !== null) expect((await cleanPicture(once.bytes))?.bytes).toEqual(once.bytes);
      },
    ),
    propertyRuns(2000),
  );
});
