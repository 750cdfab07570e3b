/**
 * Postings: which word stands where in which text. They're what Pagefind found, taken apart so that the index can be
 * put together again from texts that it has read at different times.
 *
 * A *leaf* is one text, named by a hash of all that its analysis depends on. A *term* is a word as Pagefind's index has
 * it or, with a NUL between, a word and one of its spellings with accents (`cafe`, `cafe\0café`). The *places* of a
 * term in a leaf are two CBOR arrays (positions in the text and in the title), copied byte for byte.
 */
import { ByteWriter, afterInteger, unsignedAt } from "./cbor.ts";

/** Postings of several leaves, sorted by term. */
export interface Postings {
  /** Keys of the leaves; entries name them by their place in this list. */
  readonly leaves: readonly string[];
  /** Words in each leaf. */
  readonly wordCounts: readonly number[];
  /**
   * For each term its length and itself; the number of its entries; the number of bytes of a list of their leaves, and
   * the list; the number of bytes of the entries, and these as Pagefind's files have them: arrays of the leaf (as the
   * difference to the one before) and the places. Numbers outside the entries are varints, leaves in the list such
   * differences too. Where leaves are numbered like pages all of it can be copied, and the list alone tells whether
   * they are: a tenth of the bytes.
   */
  readonly terms: Buffer;
}

export const NO_POSTINGS: Postings = { leaves: [], wordCounts: [], terms: Buffer.alloc(0) };

/** The entries of one term, ready to be copied. */
export interface EntryBlock {
  readonly count: number;
  /** Their leaves or pages: varints of the differences. */
  readonly leaves: Buffer;
  readonly bytes: Buffer;
}

/** CBOR's head of an array with three items: leaf or page, places in the text, places in the title. */
export const ARRAY_OF_3 = 0x83;

/** Where a term stands: numbers in parallel arrays, so that millions of entries cost no object each. */
export class TermEntries {
  count = 0;
  /** Buffers that hold the places; entries name them by their place in this list. */
  readonly #sources: Buffer[] = [];
  #pages = new Uint32Array(64);
  #places = new Uint32Array(192);
  readonly #leaves = new ByteWriter(1 << 10);
  readonly #bytes = new ByteWriter(1 << 12);

  /** Number of the leaf, or of the page in the index. */
  page(index: number): number {
    return this.#pages[index] ?? 0;
  }

  push(page: number, source: Buffer, start: number, end: number): void {
    if (this.#sources.at(-1) !== source) this.#sources.push(source);
    if (this.count === this.#pages.length) this.#grow();
    this.#pages[this.count] = page;
    const at = this.count * 3;
    this.#places[at] = this.#sources.length - 1;
    this.#places[at + 1] = start;
    this.#places[at + 2] = end;
    this.count += 1;
  }

  clear(): void {
    this.count = 0;
    this.#sources.length = 0;
  }

  /** Copies the places of an entry. */
  write(index: number, out: ByteWriter): void {
    const at = index * 3;
    const source = this.#sources[this.#places[at] ?? 0];
    if (source === undefined || index >= this.count) throw new RangeError(`No entry ${index}`);
    out.copy(source, this.#places[at + 1] ?? 0, this.#places[at + 2] ?? 0);
  }

  /** All entries as they're kept, by their pages; valid until the next call. */
  block(): EntryBlock {
    this.#sort();
    const [leaves, out] = [this.#leaves, this.#bytes];
    leaves.length = 0;
    out.length = 0;
    // Entries that follow each other in a source as they do here are copied together.
    let run = NO_BYTES;
    let from = 0;
    let to = 0;
    let last = 0;
    for (let index = 0; index < this.count; index += 1) {
      const difference = (this.#pages[index] ?? 0) - last;
      last += difference;
      leaves.varint(difference);
      const source = this.#sources[this.#places[index * 3] ?? 0] ?? NO_BYTES;
      const start = this.#places[index * 3 + 1] ?? 0;
      const isNext = source === run && afterInteger(source, to + 1) === start;
      if (!isNext || unsignedAt(source, to + 1) !== difference) {
        out.copy(run, from, to);
        out.byte(ARRAY_OF_3);
        out.cborUnsigned(difference);
        run = source;
        from = start;
      }
      to = this.#places[index * 3 + 2] ?? 0;
    }
    out.copy(run, from, to);
    return { count: this.count, leaves: leaves.written(), bytes: out.written() };
  }

  /** Entries that are in order already, as nearly all are, stay as they are. */
  #sort(): void {
    let last = -1;
    let isSorted = true;
    for (let index = 0; index < this.count && isSorted; index += 1) {
      isSorted = this.page(index) > last;
      last = this.page(index);
    }
    if (isSorted) return;
    // Page and place in one number each: numbers are sorted far faster than by a function that compares two.
    const order = Float64Array.from(
      { length: this.count },
      (_, index) => this.page(index) * MOST_ENTRIES + index,
    );
    order.sort();
    const [pages, places] = [this.#pages.slice(), this.#places.slice()];
    for (const [to, key] of order.entries()) {
      const from = key % MOST_ENTRIES;
      this.#pages[to] = pages[from] ?? 0;
      this.#places.set(places.subarray(from * 3, from * 3 + 3), to * 3);
    }
  }

  #grow(): void {
    const [pages, places] = [this.#pages, this.#places];
    this.#pages = new Uint32Array(pages.length * 2);
    this.#places = new Uint32Array(places.length * 2);
    this.#pages.set(pages);
    this.#places.set(places);
  }
}

const NO_BYTES: Buffer = Buffer.alloc(0);

/** More than the entries of a term. */
const MOST_ENTRIES = 2 ** 24;

/** Writes terms, which have to come sorted. */
export class TermWriter {
  readonly #out: ByteWriter;

  /** @param bytes about how many there will be: memory that isn't written to costs nothing. */
  constructor(bytes = 1 << 16) {
    this.#out = new ByteWriter(bytes);
  }

  write(term: string, { count, leaves, bytes }: EntryBlock): void {
    const out = this.#out;
    out.varint(term.length);
    out.latin1(term);
    out.varint(count);
    for (const part of [leaves, bytes]) {
      out.varint(part.length);
      out.copy(part, 0, part.length);
    }
  }

  finish(): Buffer {
    return this.#out.written();
  }
}

/** Order of strings that hold one byte in each character. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
