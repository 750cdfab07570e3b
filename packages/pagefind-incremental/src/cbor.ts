/**
 * The part of CBOR (RFC 8949) that Pagefind's files consist of: unsigned and negative integers, text, arrays of a known
 * length. Text is handled as its UTF-8 bytes, one character for each byte, so that comparing such strings compares
 * bytes, which is the order that Pagefind's reader expects.
 */

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** Reads one value after the other. @throws RangeError when the next value has another type. */
export class CborReader {
  readonly bytes: Buffer;
  position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The number of items that follow. */
  array(): number {
    return this.#head(ARRAY);
  }

  unsigned(): number {
    return this.#head(UNSIGNED);
  }

  /** Text as bytes, one character each. */
  text(): string {
    const length = this.#head(TEXT);
    this.position += length;
    return this.bytes.toString("latin1", this.position - length, this.position);
  }

  /** An array of integers. */
  integers(): number[] {
    return Array.from({ length: this.array() }, () => {
      const kind = this.bytes.readUInt8(this.position) >> 5;
      return kind === NEGATIVE ? -1 - this.#head(NEGATIVE) : this.#head(UNSIGNED);
    });
  }

  /** Passes by an array of integers. */
  skipIntegers(): void {
    for (let left = this.array(); left > 0; left -= 1) {
      const kind = this.bytes.readUInt8(this.position) >> 5;
      if (kind !== UNSIGNED && kind !== NEGATIVE) this.#refuse();
      this.#head(kind);
    }
  }

  #head(kind: number): number {
    const first = this.bytes.readUInt8(this.position);
    if (first >> 5 !== kind) this.#refuse();
    this.position += 1;
    const size = first & 31;
    if (size < 24) return size;
    const width = size === 24 ? 1 : size === 25 ? 2 : size === 26 ? 4 : this.#refuse();
    this.position += width;
    return this.bytes.readUIntBE(this.position - width, width);
  }

  #refuse(): never {
    throw new RangeError(`Not in Pagefind's format at byte ${this.position}`);
  }
}

/** Bytes that grow as they're written. */
export class ByteWriter {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  /** A copy of what has been written; the writer is empty afterwards. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  /** The bytes written so far, without a copy; valid until the next write. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** Leaves room for bytes that are written later. */
  skip(size: number): void {
    this.reserve(size);
    this.length += size;
  }

  /** An unsigned integer in groups of seven bits, the lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** A string with one character for each byte. */
  latin1(text: string): void {
    this.reserve(text.length);
    this.bytes.write(text, this.length, "latin1");
    this.length += text.length;
  }

  copy(source: Buffer, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    if (size > 48) source.copy(this.bytes, this.length, start, end);
    else
      for (let index = 0; index < size; index += 1)
        this.bytes[this.length + index] = source[start + index] ?? 0;
    this.length += size;
  }

  cborArray(length: number): void {
    this.#head(ARRAY, length);
  }

  cborUnsigned(value: number): void {
    this.#head(UNSIGNED, value);
  }

  /** @param value below zero. */
  cborNegative(value: number): void {
    this.#head(NEGATIVE, -1 - value);
  }

  /** Text as bytes, one character each. */
  cborText(text: string): void {
    this.#head(TEXT, text.length);
    this.latin1(text);
  }

  #head(kind: number, value: number): void {
    this.reserve(5);
    if (value < 24) this.bytes[this.length++] = (kind << 5) | value;
    else if (value < 0x100) {
      this.bytes[this.length++] = (kind << 5) | 24;
      this.bytes[this.length++] = value;
    } else if (value < 0x10000) {
      this.bytes[this.length++] = (kind << 5) | 25;
      this.length = this.bytes.writeUInt16BE(value, this.length);
    } else {
      this.bytes[this.length++] = (kind << 5) | 26;
      this.length = this.bytes.writeUInt32BE(value, this.length);
    }
  }

  /** Makes room for so many bytes. */
  reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** The number in a CBOR head. */
export function unsignedAt(bytes: Buffer, at: number): number {
  const size = (bytes[at] ?? 0) & 31;
  if (size < 24) return size;
  if (size === 24) return bytes[at + 1] ?? 0;
  return size === 25 ? bytes.readUInt16BE(at + 1) : bytes.readUInt32BE(at + 1);
}

/** Behind a CBOR head. */
export function afterInteger(bytes: Buffer, at: number): number {
  const size = (bytes[at] ?? 0) & 31;
  return size < 24 ? at + 1 : at + 1 + (1 << (size - 24));
}

/** UTF-8 bytes of a text, one character each. */
export function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text whose UTF-8 bytes these are. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
