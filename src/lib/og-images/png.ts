import { promisify } from "node:util";
import { constants, crc32, deflate } from "node:zlib";

/** A picture whose pixels are indexes into a palette of at most 256 colours. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, row by row. */
  readonly pixels: Uint8Array;
  /** Three bytes a colour. */
  readonly palette: Uint8Array;
  /** A filter for each row, from `filtersFor`. */
  readonly filters: Uint8Array;
  /** For each index one that may stand for it where bytes are short. */
  readonly coarser: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const INDEXED_COLOUR = 3;
/** Signature, chunk frames, header and palette. */
const HEAD_BYTES = 8 + 4 * 12 + 13 + 768;
const deflateAsync = promisify(deflate);

/**
 * Only runs of equal bytes are looked for: five times as quick as zlib's usual search and, unlike that, the same on
 * every processor. `SMALLEST` is for pictures that grow over the budget that way.
 */
const RUNS_ONLY = { level: 6, memLevel: 9, strategy: constants.Z_RLE } as const;
const SMALLEST = { level: 9, memLevel: 9 } as const;

/**
 * Writes an indexed PNG (PNG specification, third edition, sections 5 and 11).
 * @param maxBytes above which a slower compression is taken and, should that not do, fewer colours.
 */
export async function pngOf(picture: IndexedPicture, maxBytes: number): Promise<Uint8Array> {
  const { width, height, palette } = picture;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, INDEXED_COLOUR, 0, 0, 0], 8);
  const data = await compressed(picture, maxBytes - HEAD_BYTES);
  const chunks = [
    chunk("IHDR", head),
    chunk("PLTE", palette),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array()),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

async function compressed(picture: IndexedPicture, maxBytes: number): Promise<Uint8Array> {
  const lines = scanLines(picture);
  const quick = await deflateAsync(lines, RUNS_ONLY);
  if (quick.length <= maxBytes) return quick;
  const small = await deflateAsync(lines, SMALLEST);
  if (small.length <= maxBytes) return small;
  const pixels = picture.pixels.map((index) => picture.coarser[index] ?? index);
  return deflateAsync(scanLines({ ...picture, pixels }), SMALLEST);
}

const NO_FILTER = 0;
const UP_FILTER = 2;

/**
 * Whether each row is better written as it is or as the difference from the row above: whichever has fewer runs.
 * Takes as long as all the rest, so pictures on the same backdrop share the backdrop's.
 */
export function filtersFor(pixels: Uint8Array, width: number): Uint8Array {
  const difference = new Uint8Array(width);
  return Uint8Array.from({ length: pixels.length / width }, (_, row) => {
    writeDifference(difference, 0, pixels, row, width);
    const plain = pixels.subarray(row * width, (row + 1) * width);
    return runs(difference) < runs(plain) ? UP_FILTER : NO_FILTER;
  });
}

function scanLines({ width, height, pixels, filters }: IndexedPicture): Uint8Array {
  const lines = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    const at = row * (width + 1);
    lines[at] = filters[row] ?? NO_FILTER;
    if (lines[at] === UP_FILTER) writeDifference(lines, at + 1, pixels, row, width);
    else lines.set(pixels.subarray(row * width, (row + 1) * width), at + 1);
  }
  return lines;
}

/** The row above the first is all zeros. */
function writeDifference(
  into: Uint8Array,
  start: number,
  pixels: Uint8Array,
  row: number,
  width: number,
): void {
  const first = row * width;
  for (let column = 0; column < width; column += 1) {
    const above = row === 0 ? 0 : (pixels[first + column - width] ?? 0);
    into[start + column] = (pixels[first + column] ?? 0) - above;
  }
}

function runs(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 1; at < bytes.length; at += 1) if (bytes[at] !== bytes[at - 1]) count += 1;
  return count;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
