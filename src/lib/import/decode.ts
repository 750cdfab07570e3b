/** Decodes exports. Old ones mix encodings, so text that isn't valid UTF-8 as a whole is decoded line by line. */
import { closeSync, openSync, readSync } from "node:fs";

const CHUNK_BYTES = 1 << 18;
const NEWLINE = 0x0a;

/** A file's bytes in chunks. */
export function* readChunks(file: string): Generator<Buffer> {
  const handle = openSync(file, "r");
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readSync(handle, chunk, 0, CHUNK_BYTES, null);
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    closeSync(handle);
  }
}

/** The file's text in pieces that end at line ends; line breaks are `\n`. */
export function* readText(file: string): Generator<string> {
  let decode = decodeLines;
  let rest: Buffer[] = [];
  let isFirst = true;
  for (const chunk of readChunks(file)) {
    if (isFirst) {
      decode = decoderFor(chunk);
      isFirst = false;
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield normalized(decode(Buffer.concat([...rest, chunk.subarray(0, end)])));
    // A line may contain a whole picture, so its chunks are concatenated only once.
    if (end > 0) rest = [];
    if (end < chunk.length) rest.push(chunk.subarray(end));
  }
  if (rest.length > 0) yield normalized(decode(Buffer.concat(rest)));
}

/** Decodes UTF-8; lines that aren't valid UTF-8 are decoded as Windows-1252. */
export function decodeLines(bytes: Buffer): string {
  const whole = decodeStrictly(bytes);
  if (whole !== null) return whole;
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found === -1 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    lines.push(decodeStrictly(line) ?? windows1252.decode(line));
    start = end;
  }
  return lines.join("");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");

function decodeStrictly(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Decodes the first bytes of a file. */
export function decodeHead(bytes: Buffer): string {
  return normalized(decoderFor(bytes)(bytes));
}

/** Chooses a decoder by the byte order mark, else by the encoding in the XML declaration. */
function decoderFor(bytes: Buffer): (bytes: Buffer) => string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return streaming("utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return streaming("utf-16be");
  const declared = /^\s*<\?xml[^>]*\sencoding=["']([\w-]+)["']/.exec(
    bytes.subarray(0, 200).toString("latin1"),
  )?.[1];
  if (declared === undefined || /^(?:utf-?8|us-ascii)$/i.test(declared)) return decodeLines;
  try {
    return streaming(declared);
  } catch (error) {
    if (error instanceof RangeError) return decodeLines;
    throw error;
  }
}

function streaming(encoding: string): (bytes: Buffer) => string {
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes, { stream: true });
}

function normalized(text: string): string {
  const start = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return start.includes("\r") ? start.replaceAll("\r\n", "\n").replaceAll("\r", "\n") : start;
}
