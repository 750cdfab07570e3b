/** Files of a Pagefind bundle in the format of release 1.6.0 (`pagefind/src/index/index_metadata.rs` and siblings). */
import { ByteWriter, toBytes } from "./cbor.ts";
import { hashOf, shortName } from "./hash.ts";
import { META_FIELDS } from "./page-html.ts";
import type { ShownText } from "./types.ts";

/** A chunk of the word index without its bytes. */
export interface ChunkRange {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Whether it contains a single word that exceeds the maximum size. */
  readonly isLarge: boolean;
}

/**
 * Names of the fragments, in the order of the documents. A name depends on all contents of the fragment, so that
 * browsers may cache the file forever. If two names collide, the later one gets longer.
 */
export function fragmentNames(docs: readonly Pick<ShownText, "docId" | "shown">[]): string[] {
  const taken = new Set<string>();
  return docs.map(({ docId, shown }) => {
    const hash = hashOf(docId, shown.url, JSON.stringify(shown.meta));
    let length = FRAGMENT_NAME;
    while (taken.has(shortName(hash, length))) length += 1;
    taken.add(shortName(hash, length));
    return shortName(hash, length);
  });
}

/** Five characters: with 10,000 documents, one collision is expected, and a sixth would cost each reader 6 KB. */
const FRAGMENT_NAME = 5;

/**
 * A filter file: for each value, the pages that have it.
 * @param values of each document, in document order.
 */
export function filterChunk(name: string, values: readonly (readonly string[])[]): Buffer {
  const pages = new Map<string, number[]>();
  for (const [page, own] of values.entries()) {
    for (const value of new Set(own)) {
      const numbers = pages.get(value);
      if (numbers === undefined) pages.set(value, [page]);
      else numbers.push(page);
    }
  }
  const out = new ByteWriter();
  out.cborArray(2);
  out.cborText(toBytes(name));
  out.cborArray(pages.size);
  for (const [value, numbers] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    out.cborArray(2);
    out.cborText(toBytes(value));
    out.cborArray(numbers.length);
    for (const number of numbers) out.cborUnsigned(number);
  }
  return out.take();
}

export interface MetaParts {
  readonly version: string;
  readonly fragments: readonly string[];
  readonly wordCounts: readonly number[];
  readonly chunks: readonly Omit<ChunkRange, "isLarge">[];
  readonly filters: readonly { readonly name: string; readonly file: string }[];
}

/** The file that a browser reads first: lists of the fragments, chunks and filters. */
export function metaFile({ version, fragments, wordCounts, chunks, filters }: MetaParts): Buffer {
  const out = new ByteWriter();
  out.cborArray(6);
  out.cborText(version);
  out.cborArray(fragments.length);
  for (const [page, fragment] of fragments.entries()) {
    out.cborArray(3);
    out.cborText(fragment);
    out.cborUnsigned(wordCounts[page] ?? 0);
    // Each fragment has its own file.
    out.cborText("");
  }
  out.cborArray(chunks.length);
  for (const { from, to, name } of chunks) {
    out.cborArray(3);
    for (const text of [toBytes(from), toBytes(to), name]) out.cborText(text);
  }
  out.cborArray(filters.length);
  for (const { name, file } of filters) {
    out.cborArray(2);
    for (const text of [toBytes(name), file]) out.cborText(text);
  }
  // No sort orders: they'd be a fifth of this file, and page numbers already provide an order.
  out.cborArray(0);
  out.cborArray(META_FIELDS.length);
  for (const field of META_FIELDS) out.cborText(field);
  return out.take();
}
