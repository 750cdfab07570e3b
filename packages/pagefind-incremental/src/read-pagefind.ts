/**
 * Parses the files of a Pagefind index. Their format isn't documented; this follows `pagefind/src/index/` of release
 * 1.6.0, and a test compares our index with Pagefind's own.
 */
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import { CborReader } from "./cbor.ts";
import type { PagefindFiles } from "./pagefind-api.ts";
import { type Postings, TermEntries, TermWriter, compareBytes } from "./postings.ts";

/** Schema of a Pagefind fragment. */
export const textSchema = z.object({
  url: z.string(),
  content: z.string(),
  word_count: z.number(),
  anchors: z.array(
    z.object({
      element: z.string(),
      id: z.string(),
      text: z.string(),
      /** Title of the section in a result instead of `text`, from `data-pagefind-title`. */
      title: z.string().optional(),
      location: z.number(),
    }),
  ),
});

/** Text of a search result: its content, word count, and headings with their positions. */
export type IndexedText = z.infer<typeof textSchema>;

/** First bytes of each Pagefind file, inside the compression. */
export const SIGNATURE = "pagefind_dcd";

/** The decompressed content of one of Pagefind's files. */
function unpack(file: Uint8Array): Buffer {
  const bytes = gunzipSync(file);
  if (bytes.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE)
    throw new Error("Not one of Pagefind's files");
  return bytes.subarray(SIGNATURE.length);
}

/** Contents of an index: texts by the URL under which they were added, and all postings. */
export interface TakenApart {
  readonly texts: ReadonlyMap<string, IndexedText>;
  readonly postings: Postings;
}

/**
 * Parses an index in any number of languages. The URLs of the texts are their docIds.
 * @throws RangeError, or a schema error, if the format is different.
 */
export function takeApart(files: PagefindFiles): TakenApart {
  const texts = textsByFragment(files);
  const docIds: string[] = [];
  const wordCounts: number[] = [];
  const terms = new Map<string, TermEntries>();
  for (const [path, content] of files) {
    const index = /^pagefind\.(.+)_[^_]+\.pf_meta$/.exec(path);
    if (index === null) continue;
    const firstDoc = docIds.length;
    for (const [fragment, wordCount] of readPages(unpack(content))) {
      const text = texts.get(fragment);
      if (text === undefined) throw new Error(`Pagefind left out the fragment ${fragment}`);
      docIds.push(text.url);
      wordCounts.push(wordCount);
    }
    for (const [name, chunk] of files) {
      if (name.startsWith(`index/${index[1]}_`))
        readChunk(unpack(chunk), (term, reader) => {
          const entries = terms.get(term) ?? new TermEntries();
          if (readPlaces(reader, firstDoc, entries) > 0) terms.set(term, entries);
        });
    }
  }
  return {
    texts: byUrl(texts),
    postings: { docIds, wordCounts, terms: writeTerms(terms) },
  };
}

function textsByFragment(files: PagefindFiles): Map<string, IndexedText> {
  const texts = new Map<string, IndexedText>();
  for (const [path, content] of files) {
    const name = /^fragment\/(.+)\.pf_fragment$/.exec(path)?.[1];
    if (name === undefined) continue;
    const text = textSchema.parse(JSON.parse(unpack(content).toString("utf8")));
    texts.set(name, { ...text, anchors: text.anchors.filter(isSection) });
  }
  return texts;
}

/** Whether results link to an anchor: only to headings, and to elements with `data-pagefind-title`. */
function isSection({ element, title }: IndexedText["anchors"][number]): boolean {
  return title !== undefined || /^h[2-6]$/.test(element);
}

/**
 * Visits the positions of all indexed words in the texts.
 * @param visit called with a term, the URL of a text, and a flat list of positions and weights.
 * @returns the texts by their URLs.
 */
export function visitPlaces(
  files: PagefindFiles,
  visit: (term: string, url: string, places: readonly number[]) => void,
): ReadonlyMap<string, IndexedText> {
  const texts = textsByFragment(files);
  for (const [path, content] of files) {
    const index = /^pagefind\.(.+)_[^_]+\.pf_meta$/.exec(path);
    if (index === null) continue;
    const urls = readPages(unpack(content)).map(([fragment]) => texts.get(fragment)?.url ?? "");
    for (const [name, chunk] of files) {
      if (name.startsWith(`index/${index[1]}_`))
        readChunk(unpack(chunk), (term, reader) => {
          let page = 0;
          for (let left = reader.array(); left > 0; left -= 1) {
            reader.array();
            page += reader.unsigned();
            visit(term, urls[page] ?? "", placesOf(reader.integers()));
            reader.skipIntegers();
          }
        });
    }
  }
  return byUrl(texts);
}

function byUrl(texts: ReadonlyMap<string, IndexedText>): Map<string, IndexedText> {
  return new Map([...texts.values()].map((text) => [text.url, text]));
}

/** Decodes Pagefind's differences, where a negative number sets the weight, to a flat list of positions and weights. */
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

/** Fragment name and word count of each page, in page order. */
function readPages(meta: Buffer): [fragment: string, wordCount: number][] {
  const reader = new CborReader(meta);
  reader.array();
  reader.text();
  return Array.from({ length: reader.array() }, () => {
    reader.array();
    const page: [string, number] = [reader.text(), reader.unsigned()];
    // Pagefind combines fragments in one file only if the number of files is limited.
    if (reader.text() !== "") throw new Error(`Pagefind put the fragment ${page[0]} into a file with others`);
    return page;
  });
}

/** @param readPlaces called with each term and a reader at the term's pages; must read all of them. */
function readChunk(chunk: Buffer, readPlaces: (term: string, reader: CborReader) => void): void {
  const reader = new CborReader(chunk);
  reader.array();
  for (let words = reader.array(); words > 0; words -= 1) {
    reader.array();
    const word = reader.text();
    readPlaces(word, reader);
    for (let variants = reader.array(); variants > 0; variants -= 1) {
      reader.array();
      readPlaces(`${word}\0${reader.text()}`, reader);
    }
  }
}

/** Reads the pages of a word (numbers as differences) and its places on each. @returns the number of pages. */
function readPlaces(reader: CborReader, firstDoc: number, entries: TermEntries): number {
  const count = reader.array();
  let page = firstDoc;
  for (let left = count; left > 0; left -= 1) {
    reader.array();
    page += reader.unsigned();
    const start = reader.position;
    reader.skipIntegers();
    reader.skipIntegers();
    entries.push(page, reader.bytes, start, reader.position);
  }
  return count;
}

function writeTerms(terms: ReadonlyMap<string, TermEntries>): Buffer {
  const writer = new TermWriter();
  for (const term of [...terms.keys()].sort(compareBytes)) {
    const entries = terms.get(term);
    if (entries !== undefined) writer.write(term, entries.block());
  }
  return Buffer.from(writer.finish());
}
