/** Pictures of Micropub clients on Workers, which can't decode them: the parts of a file that hold metadata are left out. */
import { pictureExtension } from "../../lib/import/picture-type.ts";
import type { CleanPicture } from "../context.ts";
import { strippedGif } from "./strip-gif.ts";
import { strippedJpeg } from "./strip-jpeg.ts";
import { strippedPng } from "./strip-png.ts";
import { strippedWebp } from "./strip-webp.ts";

const FORMATS = {
  jpg: { type: "image/jpeg", strip: strippedJpeg },
  png: { type: "image/png", strip: strippedPng },
  gif: { type: "image/gif", strip: strippedGif },
  webp: { type: "image/webp", strip: strippedWebp },
} as const;

/**
 * A picture with the same pixels, its color profile and its orientation.
 * @returns null for what isn't a picture in one of these formats, or is damaged.
 */
export function cleanPicture(bytes: Uint8Array): Promise<CleanPicture | null> {
  return Promise.resolve(cleaned(bytes));
}

function cleaned(bytes: Uint8Array): CleanPicture | null {
  const extension = pictureExtension(bytes);
  // AVIF has its metadata somewhere among its pixels.
  if (extension === null || extension === "svg" || extension === "avif") return null;
  const { type, strip } = FORMATS[extension];
  try {
    const stripped = strip(bytes);
    return stripped === null ? null : { bytes: stripped, extension, type };
  } catch (error) {
    // A length that leads out of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
