/** Removes metadata from PNG (third edition): keeps the chunks required to show it, drops data after its end. */
import { exifOf, orientationOf } from "./exif-orientation.ts";

const SIGNATURE_BYTES = 8;

/** Chunks of pixels, colors and animation. Chunks of text, dates and Exif, and unknown ones, are dropped. */
const NEEDED = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split(" "),
);

/** @returns null for an invalid or truncated file. @throws RangeError when it ends before a required field. */
export function strippedPng(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let before = 0;
  for (let at = SIGNATURE_BYTES; ;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const chunk = bytes.subarray(at, end);
    const type = Buffer.from(chunk.subarray(4, 8)).toString("latin1");
    if (type === "eXIf") orientation = orientationOf(chunk.subarray(8, -4));
    if (type === "IDAT" && before === 0) before = kept.length;
    if (NEEDED.has(type)) kept.push(chunk);
    if (type === "IEND") break;
    at = end;
  }
  if (before === 0) return null;
  const exif = orientation === 1 ? [] : [chunkOf("eXIf", exifOf(orientation))];
  return Buffer.concat([
    bytes.subarray(0, SIGNATURE_BYTES),
    ...kept.slice(0, before),
    ...exif,
    ...kept.slice(before),
  ]);
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, "latin1"), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

/** CRC-32 of a short chunk, computed bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
