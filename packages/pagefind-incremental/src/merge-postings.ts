/** Merges postings term by term; the bytes of unchanged terms are copied. */
import { afterInteger, unsignedAt } from "./cbor.ts";
import { type EntryBlock, type Postings, TermEntries } from "./postings.ts";

/**
 * Visits the terms of several postings in order, each with its entries for the documents that have a page.
 * @param pageOf page number of a document; documents without one are skipped.
 * @param visit called with each term and its entries, which are valid during the call.
 */
export function mergePostings(
  all: readonly Postings[],
  pageOf: ReadonlyMap<string, number>,
  visit: (term: string, block: EntryBlock) => void,
): void {
  const entries = new TermEntries();
  let open = all.map((postings) => new TermReader(postings, pageOf)).filter((reader) => reader.next());
  while (open.length > 0) {
    const term = open.reduce(
      (least, reader) => (reader.term < least ? reader.term : least),
      open[0]?.term ?? "",
    );
    const same = open.filter((reader) => reader.term === term);
    const [only] = same;
    if (same.length === 1 && only?.isUnchanged()) visit(term, only.block());
    else {
      entries.clear();
      for (const reader of same) reader.read(entries);
      if (entries.count > 0) visit(term, entries.block());
    }
    let hasEnded = false;
    for (const reader of same) if (!reader.next()) hasEnded = true;
    if (hasEnded) open = open.filter((reader) => !reader.isDone);
  }
}

/** Iterates over the terms of one source. */
class TermReader {
  term = "";
  isDone = false;
  readonly #terms: Buffer;
  /** Page number by document number; -1 for documents without a page. */
  readonly #pages: Int32Array;
  /** Whether each document's number equals its page number. */
  readonly #isStraight: boolean;
  #count = 0;
  #docs: Buffer = Buffer.alloc(0);
  #bytes: Buffer = Buffer.alloc(0);
  #end = 0;

  constructor({ docIds, terms }: Postings, pageOf: ReadonlyMap<string, number>) {
    this.#terms = terms;
    this.#pages = Int32Array.from(docIds, (docId) => pageOf.get(docId) ?? -1);
    this.#isStraight = this.#pages.every((page, doc) => page === doc);
  }

  /** Moves to the next term. @returns false after the last term. */
  next(): boolean {
    const terms = this.#terms;
    const cursor = { position: this.#end };
    this.isDone = cursor.position >= terms.length;
    if (this.isDone) return false;
    const part = (): Buffer => {
      const end = readVarint(terms, cursor) + cursor.position;
      const bytes = terms.subarray(cursor.position, end);
      cursor.position = end;
      return bytes;
    };
    this.term = part().toString("latin1");
    this.#count = readVarint(terms, cursor);
    this.#docs = part();
    this.#bytes = part();
    this.#end = cursor.position;
    return true;
  }

  /** Whether the term's entries can be copied unchanged. */
  isUnchanged(): boolean {
    if (this.#isStraight) return true;
    const list = this.#docs;
    const pages = this.#pages;
    let doc = 0;
    for (let at = 0; at < list.length;) {
      let byte = list[at++] ?? 0;
      doc += byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = list[at++] ?? 0;
        doc += (byte & 127) << shift;
      }
      if (pages[doc] !== doc) return false;
    }
    return true;
  }

  block(): EntryBlock {
    return { count: this.#count, docs: this.#docs, bytes: this.#bytes };
  }

  read(into: TermEntries): void {
    const bytes = this.#bytes;
    let doc = 0;
    for (let at = 0; at < bytes.length;) {
      doc += unsignedAt(bytes, at + 1);
      const places = afterInteger(bytes, at + 1);
      at = afterPlaces(bytes, places);
      const page = this.#pages[doc] ?? -1;
      if (page >= 0) into.push(page, bytes, places, at);
    }
  }
}

/** The position after two arrays of integers. */
function afterPlaces(bytes: Buffer, at: number): number {
  return afterIntegers(bytes, afterIntegers(bytes, at));
}

function afterIntegers(bytes: Buffer, at: number): number {
  let end = afterInteger(bytes, at);
  for (let left = unsignedAt(bytes, at); left > 0; left -= 1) end = afterInteger(bytes, end);
  return end;
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
