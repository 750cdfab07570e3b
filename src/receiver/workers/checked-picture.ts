import { pictureExtension } from "../../lib/import/picture-type.ts";
import type { CleanPicture } from "../context.ts";

const TYPES = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};

/** A picture as it came, when its bytes are those of one: Workers can't decode it. */
export function checkedPicture(bytes: Uint8Array): Promise<CleanPicture | null> {
  const extension = pictureExtension(bytes);
  const isRaster = extension !== null && extension !== "svg";
  return Promise.resolve(isRaster ? { bytes, extension, type: TYPES[extension] } : null);
}
