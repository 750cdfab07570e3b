/** The orientation in a picture's Exif data, the only part of it that affects how the picture is shown. */

const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * Reads the orientation from Exif data.
 * @param exif TIFF structure, with or without the prefix `Exif\0\0`.
 * @returns 1 to 8; 1 (upright) when the orientation is missing or invalid.
 */
export function orientationOf(exif: Uint8Array): number {
  const hasPrefix = Buffer.from(exif.subarray(0, 6)).toString("latin1") === "Exif\0\0";
  const tiff = hasPrefix ? exif.subarray(6) : exif;
  if (tiff.length < 8) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const isLittle = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return 1;
  const count = view.getUint16(directory, isLittle);
  for (let entry = directory + 2, left = count; left > 0 && entry + 12 <= tiff.length; entry += 12, left--) {
    if (view.getUint16(entry, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(entry + 8, isLittle);
    const isUsable = view.getUint16(entry + 2, isLittle) === SHORT && value >= 1 && value <= 8;
    return isUsable ? value : 1;
  }
  return 1;
}

/** Exif data with only an orientation, without the prefix `Exif\0\0`. */
export function exifOf(orientation: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  // The first directory, with one entry.
  view.setUint32(4, 8, true);
  view.setUint16(8, 1, true);
  view.setUint16(10, ORIENTATION, true);
  view.setUint16(12, SHORT, true);
  view.setUint32(14, 1, true);
  view.setUint16(18, orientation, true);
  return new Uint8Array(view.buffer);
}
