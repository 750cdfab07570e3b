/**
 * Postings: which word stands where in which text. They're what Pagefind found, taken apart so that the index can be
 * put together again from texts that it has read at different times.
 *
 * A *leaf* is one text, named by a hash of all that its analysis depends on. A *term* is a word as Pagefind's index has
 * it or, with a NUL between, a word and one of its spellings with accents (`cafe`, `cafe\0café`). The *places* of a
 * term in a leaf are two CBOR arrays (positions in the text and in the title), copied byte for byte.
 */
import { ByteWriter } from "./cbor.ts";

/** Postings of several leaves, sorted by term. */
export interface Postings {
  /** Keys of the leaves; entries name them by their place in this list. */
  readonly leaves: readonly string[];
  /** Words in each leaf. */
  readonly wordCounts: readonly number[];
  /**
   * For each term its length, itself, the number of bytes of its entries, and the entries: leaf, number of bytes of the
   * places, places. Numbers are varints.
   */
  readonly terms: Buffer;
}

export const NO_POSTINGS: Postings = { leaves: [], wordCounts: [], terms: Buffer.alloc(0) };

/** Where a term stands: numbers in parallel arrays, so that millions of entries cost no object each. */
export class TermEntries {
  count = 0;
  /** Buffers that hold the places; entries name them by their place in this list. */
  readonly #sources: Buffer[] = [];
  #pages = new Uint32Array(64);
  #places = new Uint32Array(192);

  /** Number of the leaf, or of the page in the index. */
  page(index: number): number {
    return this.#pages[index] ?? 0;
  }

  /** Bytes of the places. */
  size(index: number): number {
    return (this.#places[index * 3 + 2] ?? 0) - (this.#places[index * 3 + 1] ?? 0);
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

  /**
   * Writes all entries, each as what `head` writes for it and its places. There are millions, hence no call for each byte.
   * @param head writes at most 10 bytes. @returns where it ended.
   */
  writeAll(out: ByteWriter, head: (bytes: Buffer, at: number, page: number, size: number) => number): void {
    for (let index = 0; index < this.count; index += 1) {
      const start = this.#places[index * 3 + 1] ?? 0;
      const size = (this.#places[index * 3 + 2] ?? 0) - start;
      const source = this.#sources[this.#places[index * 3] ?? 0];
      if (source === undefined) throw new RangeError(`No entry ${index}`);
      out.reserve(size + 10);
      const { bytes } = out;
      const at = head(bytes, out.length, this.#pages[index] ?? 0, size);
      for (let offset = 0; offset < size; offset += 1) bytes[at + offset] = source[start + offset] ?? 0;
      out.length = at + size;
    }
  }

  /** Sorts by page; entries that are in order already, as nearly all are, stay as they are. */
  sort(): void {
    let last = -1;
    let isSorted = true;
    for (let index = 0; index < this.count && isSorted; index += 1) {
      isSorted = this.page(index) > last;
      last = this.page(index);
    }
    if (isSorted) return;
    const order = Array.from({ length: this.count }, (_, index) => index).sort(
      (a, b) => this.page(a) - this.page(b),
    );
    const [pages, places] = [this.#pages, this.#places];
    this.#pages = Uint32Array.from(order, (index) => pages[index] ?? 0);
    this.#places = Uint32Array.from(order.flatMap((index) => [...places.subarray(index * 3, index * 3 + 3)]));
  }

  #grow(): void {
    const [pages, places] = [this.#pages, this.#places];
    this.#pages = new Uint32Array(pages.length * 2);
    this.#places = new Uint32Array(places.length * 2);
    this.#pages.set(pages);
    this.#places.set(places);
  }
}

/** Leaf and number of bytes. */
function storedHead(bytes: Buffer, at: number, page: number, size: number): number {
  return putVarint(bytes, putVarint(bytes, at, page), size);
}

function putVarint(bytes: Buffer, at: number, value: number): number {
  let end = at;
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes[end++] = (rest & 127) | 128;
  bytes[end++] = rest;
  return end;
}

/** Writes terms, which have to come sorted. */
export class TermWriter {
  readonly #out: ByteWriter;
  readonly #entries = new ByteWriter();

  /** @param bytes about how many there will be: memory that isn't written to costs nothing. */
  constructor(bytes = 1 << 16) {
    this.#out = new ByteWriter(bytes);
  }

  write(term: string, entries: TermEntries): void {
    entries.writeAll(this.#entries, storedHead);
    this.#out.varint(term.length);
    this.#out.latin1(term);
    this.#out.varint(this.#entries.length);
    this.#out.copy(this.#entries.bytes, 0, this.#entries.length);
    this.#entries.length = 0;
  }

  finish(): Buffer {
    return this.#out.finish();
  }
}

/**
 * Gives the terms of several postings in order, each with its entries in the leaves that have a page.
 * @param pageOf number of the page of a leaf; leaves without one are left out.
 * @param visit gets each term that stands anywhere; the entries are sorted by page and valid during the call.
 */
export function mergePostings(
  all: readonly Postings[],
  pageOf: ReadonlyMap<string, number>,
  visit: (term: string, entries: TermEntries) => void,
): void {
  const blocks = new Map<string, number[]>();
  for (const [number, postings] of all.entries()) findBlocks(postings.terms, number, blocks);
  const pages = all.map(({ leaves }) => leaves.map((leaf) => pageOf.get(leaf) ?? -1));
  const entries = new TermEntries();
  for (const term of [...blocks.keys()].sort(compareBytes)) {
    entries.clear();
    const places = blocks.get(term) ?? [];
    for (let index = 0; index < places.length; index += 3) {
      const [number = 0, start = 0, end = 0] = places.slice(index, index + 3);
      const postings = all[number];
      if (postings !== undefined) readEntries(postings.terms, start, end, pages[number] ?? [], entries);
    }
    entries.sort();
    if (entries.count > 0) visit(term, entries);
  }
}

/** For each term: which postings, where its entries begin and end. */
function findBlocks(terms: Buffer, number: number, blocks: Map<string, number[]>): void {
  const cursor = { position: 0 };
  while (cursor.position < terms.length) {
    const length = readVarint(terms, cursor);
    const term = terms.toString("latin1", cursor.position, cursor.position + length);
    cursor.position += length;
    const size = readVarint(terms, cursor);
    const known = blocks.get(term);
    if (known === undefined) blocks.set(term, [number, cursor.position, cursor.position + size]);
    else known.push(number, cursor.position, cursor.position + size);
    cursor.position += size;
  }
}

function readEntries(
  terms: Buffer,
  start: number,
  end: number,
  pages: readonly number[],
  into: TermEntries,
): void {
  const cursor = { position: start };
  while (cursor.position < end) {
    const page = pages[readVarint(terms, cursor)] ?? -1;
    const size = readVarint(terms, cursor);
    if (page >= 0) into.push(page, terms, cursor.position, cursor.position + size);
    cursor.position += size;
  }
}

function readVarint(bytes: Buffer, cursor: { position: number }): number {
  let value = 0;
  let shift = 0;
  for (;;) {
    const byte = bytes[cursor.position] ?? 0;
    cursor.position += 1;
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
    shift += 7;
  }
}

/** Order of strings that hold one byte in each character. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
