/** Pictures of Micropub clients, decoded and written again: nothing else that their files held is left. */
import sharp from "sharp";
import { pictureExtension } from "../../lib/import/picture-type.ts";
import type { CleanPicture } from "../context.ts";

/** More than telephones make; a small file can't become gigabytes. */
const MAX_PIXELS = 120_000_000;
const QUALITY = 90;

/** @returns null for what isn't a picture in one of these formats, is damaged, or is too large. */
export async function cleanPicture(bytes: Uint8Array): Promise<CleanPicture | null> {
  const extension = pictureExtension(bytes);
  if (extension === null || extension === "svg") return null;
  try {
    const { pages = 1 } = await sharp(bytes).metadata();
    const isMoving = (extension === "gif" || extension === "webp") && pages > 1;
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error", animated: isMoving });
    // Without the note that says which side is up, the picture itself has to be turned.
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
    // sharp has no type for what it can't read.
    if (error instanceof Error) return null;
    throw error;
  }
}
