/**
 * Takes the files of a Pagefind index apart. Their format isn't documented; it's read as `pagefind/src/index/` of
 * release 1.5.2 writes it, and a test holds what we put together against what Pagefind puts together itself.
 */
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import { ByteWriter, CborReader } from "./cbor.ts";
import { type Postings, TermEntries, TermWriter, compareBytes } from "./postings.ts";

/** Files by path, as Pagefind's Node API returns them. */
export type PagefindFiles = ReadonlyMap<string, Uint8Array>;

/** A fragment of Pagefind's. */
export const textSchema = z.object({
  url: z.string(),
  content: z.string(),
  word_count: z.number(),
  anchors: z.array(z.object({ element: z.string(), id: z.string(), text: z.string(), location: z.number() })),
});

/** What Pagefind shows of a text: its words, and the headings with their places among the words. */
export type IndexedText = z.infer<typeof textSchema>;

/** Begins each compressed file of Pagefind's. */
export const SIGNATURE = "pagefind_dcd";

/** The decompressed content of one of Pagefind's files. */
function unpack(file: Uint8Array): Buffer {
  const bytes = gunzipSync(file);
  if (bytes.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE)
    throw new Error("Not one of Pagefind's files");
  return bytes.subarray(SIGNATURE.length);
}

/** What is taken out of an index: each text by the address under which it was added, and the postings of all. */
export interface TakenApart {
  readonly texts: ReadonlyMap<string, IndexedText>;
  readonly postings: Postings;
}

/**
 * Takes an index apart, whatever the languages in it. The addresses of the texts are the keys of their leaves.
 * @throws RangeError, or an error of the schema, when the format is another.
 */
export function takeApart(files: PagefindFiles): TakenApart {
  const texts = textsByFragment(files);
  const leaves: string[] = [];
  const wordCounts: number[] = [];
  const terms = new Map<string, TermEntries>();
  for (const [path, content] of files) {
    const index = /^pagefind\.(.+)_[^_]+\.pf_meta$/.exec(path);
    if (index === null) continue;
    const firstLeaf = leaves.length;
    for (const [fragment, wordCount] of readPages(unpack(content))) {
      const text = texts.get(fragment);
      if (text === undefined) throw new Error(`Pagefind left out the fragment ${fragment}`);
      leaves.push(text.url);
      wordCounts.push(wordCount);
    }
    for (const [name, chunk] of files) {
      if (name.startsWith(`index/${index[1]}_`)) readChunk(unpack(chunk), firstLeaf, terms);
    }
  }
  return {
    texts: new Map([...texts.values()].map((text) => [text.url, text])),
    postings: { leaves, wordCounts, terms: writeTerms(terms) },
  };
}

function textsByFragment(files: PagefindFiles): Map<string, IndexedText> {
  const texts = new Map<string, IndexedText>();
  for (const [path, content] of files) {
    const name = /^fragment\/(.+)\.pf_fragment$/.exec(path)?.[1];
    if (name === undefined) continue;
    const text = textSchema.parse(JSON.parse(unpack(content).toString("utf8")));
    texts.set(name, { ...text, anchors: text.anchors.filter(({ element }) => /^h[2-6]$/.test(element)) });
  }
  return texts;
}

/**
 * Where the words of an index stand, whatever their weight in it.
 * @param visit gets a term, the text, and positions and weights by turns.
 */
export function visitPlaces(
  files: PagefindFiles,
  visit: (term: string, url: string, places: readonly number[]) => void,
): void {
  const texts = textsByFragment(files);
  for (const [path, content] of files) {
    const index = /^pagefind\.(.+)_[^_]+\.pf_meta$/.exec(path);
    if (index === null) continue;
    const urls = readPages(unpack(content)).map(([fragment]) => texts.get(fragment)?.url ?? "");
    const terms = new Map<string, TermEntries>();
    for (const [name, chunk] of files) {
      if (name.startsWith(`index/${index[1]}_`)) readChunk(unpack(chunk), 0, terms);
    }
    for (const [term, entries] of terms) {
      for (let entry = 0; entry < entries.count; entry += 1) {
        const places = new ByteWriter(1 << 10);
        entries.write(entry, places);
        visit(term, urls[entries.page(entry)] ?? "", placesOf(new CborReader(places.take()).integers()));
      }
    }
  }
}

/** Positions and weights by turns, out of Pagefind's list of differences: below zero stands a new weight. */
function placesOf(list: readonly number[]): number[] {
  const places: number[] = [];
  let weight = 25;
  let position = 0;
  for (const value of list) {
    if (value < 0) {
      weight = -1 - value;
      position = 0;
    } else {
      position += value;
      places.push(position, weight);
    }
  }
  return places;
}

/** Fragment and number of words of each page, in the order of the page numbers. */
function readPages(meta: Buffer): [fragment: string, wordCount: number][] {
  const reader = new CborReader(meta);
  reader.array();
  reader.text();
  return Array.from({ length: reader.array() }, () => {
    reader.array();
    return [reader.text(), reader.unsigned()];
  });
}

function readChunk(chunk: Buffer, firstLeaf: number, terms: Map<string, TermEntries>): void {
  const reader = new CborReader(chunk);
  reader.array();
  for (let words = reader.array(); words > 0; words -= 1) {
    reader.array();
    const word = reader.text();
    readPlaces(reader, word, firstLeaf, terms);
    for (let variants = reader.array(); variants > 0; variants -= 1) {
      reader.array();
      const form = reader.text();
      readPlaces(reader, `${word}\0${form}`, firstLeaf, terms);
    }
  }
}

/** The pages of a word (numbers as differences) and its places on each. */
function readPlaces(
  reader: CborReader,
  term: string,
  firstLeaf: number,
  terms: Map<string, TermEntries>,
): void {
  const count = reader.array();
  if (count === 0) return;
  const entries = terms.get(term) ?? new TermEntries();
  terms.set(term, entries);
  let page = firstLeaf;
  for (let left = count; left > 0; left -= 1) {
    reader.array();
    page += reader.unsigned();
    const start = reader.position;
    reader.skipIntegers();
    reader.skipIntegers();
    entries.push(page, reader.bytes, start, reader.position);
  }
}

function writeTerms(terms: ReadonlyMap<string, TermEntries>): Buffer {
  const writer = new TermWriter();
  for (const term of [...terms.keys()].sort(compareBytes)) {
    const entries = terms.get(term);
    if (entries !== undefined) writer.write(term, entries.block());
  }
  return Buffer.from(writer.finish());
}
