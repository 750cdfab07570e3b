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

/** Where a term stands, in parallel lists so that millions of entries cost no object each. */
export class TermEntries {
  /** Leaves, or pages of the index. */
  readonly pages: number[] = [];
  readonly sources: Buffer[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  get count(): number {
    return this.pages.length;
  }

  push(page: number, source: Buffer, start: number, end: number): void {
    this.pages.push(page);
    this.sources.push(source);
    this.starts.push(start);
    this.ends.push(end);
  }

  clear(): void {
    for (const list of [this.pages, this.sources, this.starts, this.ends]) list.length = 0;
  }

  /** Sorts by page; does nothing to entries that are in order already, as nearly all are. */
  sort(): void {
    if (this.pages.every((page, index) => index === 0 || (this.pages[index - 1] ?? 0) < page)) return;
    const order = this.pages
      .map((_, index) => index)
      .sort((a, b) => (this.pages[a] ?? 0) - (this.pages[b] ?? 0));
    const sorted = new TermEntries();
    for (const index of order) this.copyTo(sorted, index);
    this.clear();
    for (let index = 0; index < sorted.count; index += 1) sorted.copyTo(this, index);
  }

  copyTo(other: TermEntries, index: number): void {
    const source = this.sources[index];
    if (source === undefined) throw new RangeError(`No entry ${index}`);
    other.push(this.pages[index] ?? 0, source, this.starts[index] ?? 0, this.ends[index] ?? 0);
  }

  /** Copies the places of an entry. */
  write(index: number, out: ByteWriter): void {
    const source = this.sources[index];
    if (source === undefined) throw new RangeError(`No entry ${index}`);
    out.copy(source, this.starts[index] ?? 0, this.ends[index] ?? 0);
  }
}

/** Writes terms, which have to come sorted. */
export class TermWriter {
  readonly #out = new ByteWriter();
  readonly #entries = new ByteWriter();

  write(term: string, entries: TermEntries): void {
    for (let index = 0; index < entries.count; index += 1) {
      this.#entries.varint(entries.pages[index] ?? 0);
      this.#entries.varint((entries.ends[index] ?? 0) - (entries.starts[index] ?? 0));
      entries.write(index, this.#entries);
    }
    this.#out.varint(term.length);
    this.#out.latin1(term);
    this.#out.varint(this.#entries.length);
    this.#out.copy(this.#entries.bytes, 0, this.#entries.length);
    this.#entries.length = 0;
  }

  take(): Buffer {
    return this.#out.take();
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
