import { crc32, deflate, constants } from "node:zlib";
import { promisify } from "node:util";

/** A picture whose pixels are indexes into a palette of at most 256 colours. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, row by row. */
  readonly pixels: Uint8Array;
  /** Three bytes a colour. */
  readonly palette: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const INDEXED_COLOUR = 3;
const deflateAsync = promisify(deflate);

/** Writes an indexed PNG (PNG specification, third edition, sections 5 and 11). */
export async function pngOf(picture: IndexedPicture): Promise<Uint8Array> {
  const { width, height, palette } = picture;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, INDEXED_COLOUR, 0, 0, 0], 8);
  const data = await deflateAsync(scanLines(picture), { level: 6, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
  const chunks = [chunk("IHDR", head), chunk("PLTE", palette), chunk("IDAT", data), chunk("IEND", new Uint8Array())];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

/** Each row behind its filter type: none, which suits indexes. */
function scanLines({ width, height, pixels }: IndexedPicture): Uint8Array {
  const lines = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return lines;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
