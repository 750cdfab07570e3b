/** Removes metadata from GIF89a: keeps frames, delays and looping, drops everything else, such as comments and XMP. */

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
const HEAD_BYTES = 13;

/** @returns null for invalid blocks or a file without frames. @throws RangeError when the file is truncated. */
export function strippedGif(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = HEAD_BYTES + colorTableBytes(view.getUint8(10));
  const kept: Uint8Array[] = [bytes.subarray(0, head)];
  let hasPicture = false;
  for (let at = head; ;) {
    const kind = view.getUint8(at);
    if (kind === TRAILER) break;
    if (kind !== EXTENSION && kind !== IMAGE) return null;
    const data = kind === EXTENSION ? at + 2 : at + 11 + colorTableBytes(view.getUint8(at + 9));
    const end = endOfBlocks(view, data);
    const label = view.getUint8(at + 1);
    const name = Buffer.from(bytes.subarray(at + 3, at + 14)).toString("latin1");
    const isLoop = label === APPLICATION && /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(name);
    if (kind === IMAGE || label === GRAPHIC_CONTROL || isLoop) kept.push(bytes.subarray(at, end));
    hasPicture ||= kind === IMAGE;
    at = end;
  }
  return hasPicture ? Buffer.concat([...kept, Buffer.of(TRAILER)]) : null;
}

function colorTableBytes(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

/** Offset after a sequence of sub-blocks, each of which begins with its length. */
function endOfBlocks(view: DataView, from: number): number {
  let at = from;
  for (let size = view.getUint8(at); size > 0; size = view.getUint8(at)) at += size + 1;
  return at + 1;
}
