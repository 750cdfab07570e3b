/** The files of a Pagefind bundle, in the format of release 1.5.2: `pagefind/src/index/index_metadata.rs` and siblings. */
import { promisify } from "node:util";
import { type ZlibOptions, gzip } from "node:zlib";
import { hashOf } from "../cache/file-cache.ts";
import { dayInZone } from "../content/dates.ts";
import type { FileSpec } from "../site/outputs.ts";
import { META_FIELDS } from "./analyse-texts.ts";
import { shortName } from "./assemble-index.ts";
import { ByteWriter, toBytes } from "./cbor.ts";
import { PACKING, type Shown, packed } from "./fragments.ts";
import type { FilterName, SearchRecord } from "./search-record.ts";

/** A chunk of the word index without its bytes. */
export interface ChunkRange {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Whether one word alone fills it. */
  readonly isLarge: boolean;
}

const compress = promisify(gzip);

/** One of Pagefind's compressed files, made when asked for. */
export function packedFile(
  path: string,
  key: string,
  bytes: () => Promise<Uint8Array>,
  packing: ZlibOptions = PACKING,
): FileSpec {
  const make = async (): Promise<Uint8Array> => compress(packed(await bytes()), packing);
  return { path: `/pagefind/${path}`, key, make };
}

/**
 * Names of the files with the text of each record, in their order. A name depends on the text and on what is shown with
 * it, so that a browser may keep the file for good; should two names meet, the later one grows.
 */
export function fragmentNames(records: readonly SearchRecord[]): string[] {
  const taken = new Set<string>();
  return records.map(({ leaf, path, post, authors, timeZone }) => {
    const hash = hashOf(leaf, path, post.date, timeZone ?? "", authors, post.lang, post.dir);
    let length = FRAGMENT_NAME;
    while (taken.has(shortName(hash, length))) length += 1;
    taken.add(shortName(hash, length));
    return shortName(hash, length);
  });
}

/** Five characters: at 10,000 posts two names are expected to meet once. Each more would cost a reader 6 KB there. */
const FRAGMENT_NAME = 5;

/** What a result shows beside its text. */
export function shownOf({ path, post, authors, timeZone }: SearchRecord): Shown {
  const { title, lang, dir } = post;
  const meta = { title, day: dayInZone(post.date, timeZone), author: authors, lang, dir };
  return { url: path, meta };
}

/** Which pages have each value of a filter. */
export function filterChunk(name: FilterName, records: readonly SearchRecord[]): Buffer {
  const pages = new Map<string, number[]>();
  for (const [page, { filters }] of records.entries()) {
    for (const value of new Set(filters[name])) {
      const numbers = pages.get(value);
      if (numbers === undefined) pages.set(value, [page]);
      else numbers.push(page);
    }
  }
  const out = new ByteWriter();
  out.cborArray(2);
  out.cborText(name);
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

/** The file that a browser reads first: which fragments, chunks and filters there are. */
export function metaFile({ version, fragments, wordCounts, chunks, filters }: MetaParts): Buffer {
  const out = new ByteWriter();
  out.cborArray(6);
  out.cborText(version);
  out.cborArray(fragments.length);
  for (const [page, fragment] of fragments.entries()) {
    out.cborArray(2);
    out.cborText(fragment);
    out.cborUnsigned(wordCounts[page] ?? 0);
  }
  out.cborArray(chunks.length);
  for (const { from, to, name } of chunks) {
    out.cborArray(3);
    for (const text of [toBytes(from), toBytes(to), name]) out.cborText(text);
  }
  out.cborArray(filters.length);
  for (const { name, file } of filters) {
    out.cborArray(2);
    for (const text of [name, file]) out.cborText(text);
  }
  // No orders: the pages' numbers are in the order of their dates, and the client sorts by them (`page-order.ts`).
  out.cborArray(0);
  out.cborArray(META_FIELDS.length);
  for (const field of META_FIELDS) out.cborText(field);
  return out.take();
}

/** A value that results can be narrowed to, and how many posts have it. */
export type Facet = readonly [value: string, count: number];

/** Values of every filter: years the newest first, all others by their number of posts. */
export function facetsOf(records: readonly SearchRecord[]): Record<FilterName, readonly Facet[]> {
  return {
    tag: countsOf(records, "tag").sort(byCount),
    author: countsOf(records, "author").sort(byCount),
    year: countsOf(records, "year").sort(([a], [b]) => compare(b, a)),
    series: countsOf(records, "series").sort(byCount),
  };
}

function countsOf(records: readonly SearchRecord[], name: FilterName): Facet[] {
  const counts = new Map<string, number>();
  for (const { filters } of records) {
    for (const value of new Set(filters[name])) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts];
}

function byCount([a, countA]: Facet, [b, countB]: Facet): number {
  return countB - countA || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
