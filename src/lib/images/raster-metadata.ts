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

/** Size, format and tint of a picture made of pixels; null when the bytes are no picture that browsers show. */
export async function rasterFacts(bytes: Uint8Array): Promise<FoundFacts | null> {
  const metadata = await sharp(bytes)
    .metadata()
    .catch(() => null);
  const format = metadata === null ? undefined : FORMATS[metadata.format];
  if (metadata === null || format === undefined) return null;
  if (metadata.format === "heif" && metadata.compression !== "av1") return null;
  const { width, height } = metadata.autoOrient;
  const isMoving = (metadata.pages ?? 1) > 1;
  return {
    format,
    width,
    height,
    isKeptAsIs: isMoving || format === "gif",
    tint: metadata.hasAlpha ? null : await averageTint(bytes),
    dangers: [],
  };
}

/** Null for a damaged picture: its head can be read, its pixels can't. */
async function averageTint(bytes: Uint8Array): Promise<number | null> {
  const pixel = await sharp(bytes)
    .resize(1, 1, { fit: "fill" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer()
    .catch(() => null);
  const [red, green, blue] = pixel ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  return tintOf(red, green, blue);
}

const GREYS = 4;

/**
 * The nearest of 16 colours: 0 to 3 are greys from dark to light; then come orange, olive, green, blue, violet and
 * rose, each dark and light. The stylesheet gives each its colour as `.tint-0` … `.tint-15`, because the page allows
 * no inline style.
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
