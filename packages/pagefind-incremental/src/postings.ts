/**
 * Postings: the places of each word in each document, in a form that allows documents of different builds to be merged.
 *
 * A *docId* is a hash of all inputs of a document's index entries. A *term* is a word of Pagefind's index or, separated
 * by NUL, a word and one of its accented spellings (`cafe`, `cafe\0café`). The *places* of a term in a document are two
 * CBOR arrays (positions in the text and in the metadata), copied byte for byte.
 */
import { ByteWriter, afterInteger, unsignedAt } from "./cbor.ts";

/** Postings of several documents, sorted by term. */
export interface Postings {
  /** Entries refer to a document by its index in this list, the document number. */
  readonly docIds: readonly string[];
  /** Number of words in each document. */
  readonly wordCounts: readonly number[];
  /**
   * For each term: its length and the term; the number of its entries; the byte length of a list of their documents,
   * and the list; the byte length of the entries, and the entries as in Pagefind's files: arrays of the document number
   * (as the difference from the previous one) and the places. Numbers outside the entries are varints, as are the
   * differences in the list. If document numbers equal page numbers, everything can be copied; the list, a tenth of the
   * bytes, allows a quick check.
   */
  readonly terms: Buffer;
}

export const NO_POSTINGS: Postings = { docIds: [], wordCounts: [], terms: Buffer.alloc(0) };

/** The encoded entries of one term. */
export interface EntryBlock {
  readonly count: number;
  /** Document or page numbers of the entries, as varints of the differences. */
  readonly docs: Buffer;
  readonly bytes: Buffer;
}

/** CBOR head of an array with three items: page, places in the text, places in the metadata. */
export const ARRAY_OF_3 = 0x83;

/** The entries of one term, in parallel arrays because there are millions. */
export class TermEntries {
  count = 0;
  /** Buffers with the places; entries refer to them by index. */
  readonly #sources: Buffer[] = [];
  #pages: number[] = [];
  /** Three numbers per entry: index of the source, start and end of the places in it. */
  #places: number[] = [];
  readonly #docs = new ByteWriter(16);
  readonly #bytes = new ByteWriter(64);

  /** Document number, or page number in the index, of an entry. */
  page(index: number): number {
    return this.#pages[index] ?? 0;
  }

  push(page: number, source: Buffer, start: number, end: number): void {
    if (this.#sources.at(-1) !== source) this.#sources.push(source);
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

  /** All entries, sorted by page; valid until the next call. */
  block(): EntryBlock {
    this.#sort();
    const [docs, out] = [this.#docs, this.#bytes];
    docs.length = 0;
    out.length = 0;
    // Entries that are adjacent in a source and stay adjacent here are copied together.
    let run = NO_BYTES;
    let from = 0;
    let to = 0;
    let last = 0;
    for (let index = 0; index < this.count; index += 1) {
      const difference = (this.#pages[index] ?? 0) - last;
      last += difference;
      docs.varint(difference);
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
    return { count: this.count, docs: docs.written(), bytes: out.written() };
  }

  /** Sorts the entries by page, unless they are in order already, as they nearly always are. */
  #sort(): void {
    let last = -1;
    let isSorted = true;
    for (let index = 0; index < this.count && isSorted; index += 1) {
      isSorted = this.page(index) > last;
      last = this.page(index);
    }
    if (isSorted) return;
    // Page and index are combined in one number: sorting numbers is much faster than using a compare function.
    const order = Float64Array.from(
      { length: this.count },
      (_, index) => this.page(index) * MOST_ENTRIES + index,
    );
    order.sort();
    const [pages, places] = [this.#pages.slice(), this.#places.slice()];
    for (const [to, key] of order.entries()) {
      const from = key % MOST_ENTRIES;
      this.#pages[to] = pages[from] ?? 0;
      for (let field = 0; field < 3; field += 1) this.#places[to * 3 + field] = places[from * 3 + field] ?? 0;
    }
  }
}

const NO_BYTES: Buffer = Buffer.alloc(0);

/** Upper bound for the number of entries of a term. */
const MOST_ENTRIES = 2 ** 24;

/** Writes terms, which must be in order. */
export class TermWriter {
  readonly #out: ByteWriter;

  /** @param bytes expected size. */
  constructor(bytes = 1 << 16) {
    this.#out = new ByteWriter(bytes);
  }

  write(term: string, { count, docs, bytes }: EntryBlock): void {
    const out = this.#out;
    out.varint(term.length);
    out.latin1(term);
    out.varint(count);
    for (const part of [docs, bytes]) {
      out.varint(part.length);
      out.copy(part, 0, part.length);
    }
  }

  finish(): Buffer {
    return this.#out.written();
  }
}

/** Compares strings with one byte per character. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
