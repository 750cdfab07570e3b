import sharp from "sharp";
import type { ImageMetadata, PictureFormat } from "./image-metadata.ts";

type FoundFacts = Omit<ImageMetadata, "file" | "hash">;

const FORMATS: Readonly<Record<string, PictureFormat>> = {
  jpeg: "jpeg",
  png: "png",
  webp: "webp",
  gif: "gif",
  heif: "avif",
};

/** Maximum number of pixels to decode; larger pictures would take gigabytes of memory. */
const MOST_PIXELS = 400_000_000;

/**
 * Size, format and tint of a raster picture; null if the bytes aren't a picture. Every pixel is decoded once, so that a
 * truncated file is reported here and not when a build encodes its sizes.
 */
export async function rasterFacts(bytes: Uint8Array): Promise<FoundFacts | null> {
  if (bytes.length === 0) return null;
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (metadata === null) return null;
  const { width, height } = metadata.autoOrient;
  const facts = { width, height, isThemed: false, dangers: [] };
  const format = FORMATS[metadata.format];
  if (format === undefined || (metadata.format === "heif" && metadata.compression !== "av1")) {
    const name = metadata.format === "heif" ? "HEIC" : metadata.format.toUpperCase();
    const damage = `is a picture in the format ${name}, which browsers don't show`;
    return { ...facts, format: "jpeg", isKeptAsIs: false, tint: null, damage };
  }
  const isMoving = (metadata.pages ?? 1) > 1 || (format === "png" && isMovingPng(bytes));
  const decoded = await averageColour(bytes, width * height);
  return {
    ...facts,
    format,
    isKeptAsIs: isMoving || format === "gif",
    tint: metadata.hasAlpha || decoded.colour === null ? null : tintOf(...decoded.colour),
    damage: decoded.damage,
  };
}

/** An animated PNG has an `acTL` chunk before the first `IDAT`. */
function isMovingPng(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const control = head.indexOf("acTL");
  return control !== -1 && control < (head.indexOf("IDAT") === -1 ? head.length : head.indexOf("IDAT"));
}

async function averageColour(
  bytes: Uint8Array,
  pixels: number,
): Promise<{ colour: readonly [number, number, number] | null; damage: string | null }> {
  if (pixels > MOST_PIXELS) {
    return {
      colour: null,
      damage: `has ${Math.round(pixels / 1e6)} million pixels, more than can be decoded`,
    };
  }
  try {
    const pixel = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .toColourspace("srgb")
      .resize(1, 1, { fit: "fill" })
      .removeAlpha()
      .raw()
      .toBuffer();
    const [red, green, blue] = pixel;
    if (red === undefined) return { colour: null, damage: null };
    return { colour: [red, green ?? red, blue ?? red], damage: null };
  } catch (error) {
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { colour: null, damage: `is cut off or damaged (${said})` };
  }
}

const GREYS = 4;

/**
 * The nearest of 16 colors: 0 to 3 are grays from dark to light; then come orange, olive, green, blue, violet and
 * rose, each dark and light. The style sheet sets each color as `.tint-0` … `.tint-15`, because the content security
 * policy allows no inline styles.
 */
export function tintOf(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  const lightness = most - range / 2;
  if (range < 24) return Math.floor((lightness / 256) * GREYS);
  const sixth =
    most === red
      ? (green - blue) / range + 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  return GREYS + 2 * (Math.floor(sixth) % 6) + (lightness < 128 ? 0 : 1);
}
