/** Helpers for tests of social images. */
import sharp from "sharp";
import { tempFolder } from "./temp-folder.ts";
import { FileCache } from "../../src/lib/cache/file-cache.ts";

/** Creates a cache in a folder that is removed after the tests of the file. */
export function temporaryCache(): FileCache {
  return new FileCache(tempFolder("social"));
}

/** Returns the bounding box of all pixels of a PNG, within the given rows, that differ from its first pixel. */
export async function inkBox(png: Uint8Array, rows: { readonly from: number; readonly to: number }) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const box = { left: info.width, right: 0, top: info.height, bottom: 0 };
  for (let y = rows.from; y < rows.to; y += 1) {
    for (let x = 0; x < info.width; x += 1) {
      const at = (y * info.width + x) * info.channels;
      if (data[at] === data[0] && data[at + 1] === data[1] && data[at + 2] === data[2]) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}
