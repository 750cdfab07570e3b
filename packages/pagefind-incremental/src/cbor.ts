/**
 * The part of CBOR (RFC 8949) used in Pagefind's files: unsigned and negative integers, text, arrays of a known length.
 * Text is represented as its UTF-8 bytes, one character per byte, so that comparing such strings compares bytes, which
 * is the order that Pagefind's client expects.
 */

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** Reads values in sequence. @throws RangeError when the next value has another type. */
export class CborReader {
  readonly bytes: Buffer;
  position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Reads the head of an array. @returns the number of items that follow. */
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

  /** Skips an array of integers. */
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

/** A buffer that grows as bytes are written. */
export class ByteWriter {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  /** Returns a copy of the bytes written so far and empties the writer. */
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

  /** Reserves space for bytes that are written later. */
  skip(size: number): void {
    this.reserve(size);
    this.length += size;
  }

  /** Writes an unsigned integer in groups of seven bits, lowest first (LEB128). */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Writes a string with one character per byte. */
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

  /** @param value a negative integer. */
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

  /** Ensures capacity for a number of further bytes. */
  reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** The argument of the CBOR head at a position, without its sign. */
export function unsignedAt(bytes: Buffer, at: number): number {
  const size = (bytes[at] ?? 0) & 31;
  if (size < 24) return size;
  if (size === 24) return bytes[at + 1] ?? 0;
  return size === 25 ? bytes.readUInt16BE(at + 1) : bytes.readUInt32BE(at + 1);
}

/** The position after a CBOR head. */
export function afterInteger(bytes: Buffer, at: number): number {
  const size = (bytes[at] ?? 0) & 31;
  return size < 24 ? at + 1 : at + 1 + (1 << (size - 24));
}

/** Encodes text as UTF-8 bytes, one character each. */
export function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Decodes UTF-8 bytes, one character each, to text. */
export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
