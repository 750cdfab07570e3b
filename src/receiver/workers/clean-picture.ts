/** Removes metadata from pictures on Workers, which can't decode them: omits the parts of the file that contain it. */
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
 * Removes metadata, but keeps the pixels, color profile and orientation.
 * @returns null when the file isn't a picture in a supported format or is damaged.
 */
export function cleanPicture(bytes: Uint8Array): Promise<CleanPicture | null> {
  return Promise.resolve(cleaned(bytes));
}

function cleaned(bytes: Uint8Array): CleanPicture | null {
  const extension = pictureExtension(bytes);
  // Metadata of AVIF can be anywhere between its pixel data.
  if (extension === null || extension === "svg" || extension === "avif") return null;
  const { type, strip } = FORMATS[extension];
  try {
    const stripped = strip(bytes);
    return stripped === null ? null : { bytes: stripped, extension, type };
  } catch (error) {
    // A length in the file points beyond its end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
