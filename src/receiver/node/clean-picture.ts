/** Removes metadata from pictures of Micropub clients by decoding and encoding them. */
import sharp from "sharp";
import { pictureExtension } from "../../lib/import/picture-type.ts";
import type { CleanPicture } from "../context.ts";

/** More pixels than phone cameras produce; limits the memory for decompressing a small file. */
const MAX_PIXELS = 120_000_000;
const QUALITY = 90;

/** @returns null when the file isn't a picture in a supported format, is damaged, or has too many pixels. */
export async function cleanPicture(bytes: Uint8Array): Promise<CleanPicture | null> {
  const extension = pictureExtension(bytes);
  if (extension === null || extension === "svg") return null;
  try {
    const { pages = 1 } = await sharp(bytes).metadata();
    const isMoving = (extension === "gif" || extension === "webp") && pages > 1;
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", animated: isMoving });
    // Apply the EXIF orientation, since it's removed with the metadata.
    const upright = isMoving ? picture : picture.rotate();
    switch (extension) {
      case "jpg":
        return { extension, type: "image/jpeg", bytes: await upright.jpeg({ quality: QUALITY }).toBuffer() };
      case "png":
        return { extension, type: "image/png", bytes: await upright.png().toBuffer() };
      case "gif":
        return { extension, type: "image/gif", bytes: await upright.gif().toBuffer() };
      case "webp":
        return { extension, type: "image/webp", bytes: await upright.webp({ quality: QUALITY }).toBuffer() };
      case "avif":
        return { extension, type: "image/avif", bytes: await upright.avif({ quality: 70 }).toBuffer() };
    }
  } catch (error) {
    // sharp has no error class of its own.
    if (error instanceof Error) return null;
    throw error;
  }
}
