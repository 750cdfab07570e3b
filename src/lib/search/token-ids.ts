import { grown } from "./term-bytes.ts";

/** Between tokens. */
const SPACE = 0x20;

/** A prime that spreads the bits of what it's multiplied with (FNV-1a). */
const PRIME = 0x01_00_01_93;

/**
 * Numbers tokens by their bytes. A `Map` wants a string for each token of a text, and to make and hash those costs three
 * times as much as this.
 */
export class TokenNumbers {
  #count = 0;
  /** The tokens' bytes one after the other. */
  #pool = Buffer.allocUnsafe(1 << 16);
  /** By number: where the token ends in the pool, and its hash. */
  #ends = new Uint32Array(1 << 12);
  #hashes = new Uint32Array(1 << 12);
  /** By hash: the number and 1, or 0 where none is; at least twice as many as tokens. */
  #slots = new Uint32Array(1 << 14);

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** The numbers of tokens with single spaces between. */
  of(tokens: Uint8Array): Uint32Array {
    if (tokens.length === 0) return new Uint32Array();
    const numbers = new Uint32Array((tokens.length + 1) >> 1);
    let count = 0;
    let start = 0;
    let hash = 0;
    for (let at = 0; at <= tokens.length; at += 1) {
      const byte = tokens[at] ?? SPACE;
      if (byte !== SPACE) {
        hash = Math.imul(hash ^ byte, PRIME);
        continue;
      }
      numbers[count] = this.#numberOf(tokens, start, at, hash >>> 0);
      count += 1;
      start = at + 1;
      hash = 0;
    }
    return numbers.slice(0, count);
  }

  /** The token with a number. */
  token(number: number): string {
    return this.#pool.toString("utf8", this.#startOf(number), this.#ends[number]);
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
  }

  #numberOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    // The highest bits depend on all bytes, the lowest on few.
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return this.#add(bytes, from, to, hash);
      if (this.#hashes[number] === hash && this.#isAt(number, bytes, from, to)) return number;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#startOf(number);
    if ((this.#ends[number] ?? 0) - start !== to - from) return false;
    const pool = this.#pool;
    for (let at = from; at < to; at += 1) if (pool[start + at - from] !== bytes[at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const number = this.#count;
    const start = this.#startOf(number);
    const end = start + to - from;
    if (end > this.#pool.length)
      this.#pool = Buffer.concat([this.#pool], Math.max(this.#pool.length * 2, end));
    this.#pool.set(bytes.subarray(from, to), start);
    if (number === this.#ends.length) {
      this.#ends = grown(this.#ends, 0);
      this.#hashes = grown(this.#hashes, 0);
    }
    this.#ends[number] = end;
    this.#hashes[number] = hash;
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length) {
      this.#slots = new Uint32Array(this.#slots.length * 4);
      for (let each = 0; each < number; each += 1) this.#place(each);
    }
    this.#place(number);
    return number;
  }

  /** Takes the first free slot for a number. */
  #place(number: number): void {
    const hash = this.#hashes[number] ?? 0;
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }
}
