/** Removes metadata from WebP (RFC 9649): keeps the chunks required to show it, drops data after its end. */
import { exifOf, orientationOf } from "./exif-orientation.ts";

const HEAD_BYTES = 12;
const NEEDED = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Flags of `VP8X`. */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** @returns null for an invalid or truncated file. @throws RangeError when it ends before a required field. */
export function strippedWebp(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fileEnd = 8 + view.getUint32(4, true);
  if (fileEnd > bytes.length) return null;
  const kept: Buffer[] = [];
  let orientation = 1;
  let hasPicture = false;
  for (let at = HEAD_BYTES; at < fileEnd;) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (end > fileEnd) return null;
    const chunk = Buffer.from(bytes.subarray(at, end));
    const type = chunk.toString("latin1", 0, 4);
    if (type === "EXIF") orientation = orientationOf(chunk.subarray(8));
    if (/^VP8[ L]|^ANMF/.test(type)) hasPicture = true;
    if (NEEDED.has(type)) kept.push(chunk);
    at = end;
  }
  if (!hasPicture) return null;
  // Only files with a `VP8X` chunk can have metadata, and its flags declare it.
  const extended = kept.find((chunk) => chunk.toString("latin1", 0, 4) === "VP8X");
  const isTurned = orientation !== 1 && extended !== undefined;
  if (extended !== undefined) {
    const flags = extended.readUInt8(8) & ~(HAS_EXIF | HAS_XMP);
    extended.writeUInt8(isTurned ? flags | HAS_EXIF : flags, 8);
  }
  const exif = isTurned ? [chunkOf("EXIF", exifOf(orientation))] : [];
  const file = Buffer.concat([bytes.subarray(0, HEAD_BYTES), ...kept, ...exif]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

/** @param data with an even length. */
function chunkOf(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.concat([Buffer.from(type, "latin1"), Buffer.alloc(4), data]);
  chunk.writeUInt32LE(data.length, 4);
  return chunk;
}
