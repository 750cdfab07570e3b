/** Removes metadata from JPEG (ITU-T T.81): keeps the segments required to show it, drops data after its end. */
import { exifOf, orientationOf } from "./exif-orientation.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
/** Length of the JFIF data before the thumbnail. */
const JFIF_BYTES = 14;

/** @returns null for an invalid or truncated file. @throws RangeError when it ends before a required field. */
export function strippedJpeg(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const jfif: Uint8Array[] = [];
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let hasPicture = false;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    if (marker === EOI) break;
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= SOI)) return null;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    const name = Buffer.from(segment.subarray(4, 18)).toString("latin1");
    if (marker === APP0 && name.startsWith("JFIF\0") && segment.length >= 4 + JFIF_BYTES)
      jfif.push(withoutThumbnail(segment));
    else if (marker === APP1 && name.startsWith("Exif\0\0")) orientation = orientationOf(segment.subarray(4));
    else if (isNeeded(marker, name)) kept.push(segment);
    at = end;
    if (marker !== SOS) continue;
    hasPicture = true;
    const next = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, next));
    at = next;
  }
  if (!hasPicture) return null;
  const exif = orientation === 1 ? [] : [segmentOf(APP1, Buffer.concat([EXIF, exifOf(orientation)]))];
  return Buffer.concat([Buffer.of(0xff, SOI), ...jfif, ...exif, ...kept, Buffer.of(0xff, EOI)]);
}

const EXIF = Buffer.from("Exif\0\0", "latin1");

/** Whether a segment is required: frames, tables, scans, the color profile, and Adobe's color encoding. */
function isNeeded(marker: number, name: string): boolean {
  const isPicture = marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8;
  if (marker === APP2) return name.startsWith("ICC_PROFILE\0");
  return isPicture || (marker === APP14 && name.startsWith("Adobe"));
}

function withoutThumbnail(segment: Uint8Array): Uint8Array {
  const data = Buffer.from(segment.subarray(4, 4 + JFIF_BYTES));
  data.fill(0, JFIF_BYTES - 2);
  return segmentOf(APP0, data);
}

function segmentOf(marker: number, data: Uint8Array): Uint8Array {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Offset of the next marker after entropy-coded data, which may contain restart markers and escaped bytes. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    const isOfScan = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isOfScan) return at;
  }
  return bytes.length;
}
