/**
 * Assembles postings into the word index of a Pagefind bundle: chunk files with consecutive words, and the list of the
 * words at their boundaries.
 */
import { ByteWriter, fromBytes } from "./cbor.ts";
import { hashOf, shortName } from "./hash.ts";
import { mergePostings } from "./merge-postings.ts";
import { type EntryBlock, type Postings, TermWriter } from "./postings.ts";

/** A file of the word index, not yet compressed. */
export interface IndexChunk {
  /** First and last word of the file, shortened to the part that distinguishes it from its neighbors. */
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly bytes: Buffer;
}

export interface AssembledIndex {
  readonly chunks: readonly IndexChunk[];
  /** The postings of exactly these pages, in page order. */
  readonly postings: Postings;
}

/**
 * Once a chunk has this many bytes, it ends before the next word with a different beginning. Words with the same
 * beginning stay together because a search starts while only that part has been typed; and after an edit, chunks soon
 * end at the same words as before, so that few change.
 */
const LEAST_BYTES = 16_384;

/** Number of characters in the beginning of a word. */
const BEGINNING = 3;

/** Maximum size of a chunk, except for a single word that is larger; such a word has its own chunk. */
export const MOST_BYTES = 49_152;

/**
 * Merges postings into an index. The result depends only on `docIds`, not on how the documents are spread over
 * `sources`.
 * @param docIds in page order; each is in one of the sources.
 */
export function assembleIndex(sources: readonly Postings[], docIds: readonly string[]): AssembledIndex {
  const pageOf = new Map(docIds.map((docId, page) => [docId, page]));
  const size = sources.reduce((sum, source) => sum + source.terms.length, 1 << 14);
  const terms = new TermWriter(size);
  const chunks = new ChunkWriter(size);
  mergePostings(sources, pageOf, (term, block) => {
    terms.write(term, block);
    chunks.write(term, block);
  });
  const counts = new Map(
    sources.flatMap((source) => source.docIds.map((docId, index) => [docId, source.wordCounts[index] ?? 0])),
  );
  return {
    chunks: chunks.finish(),
    postings: { docIds, wordCounts: docIds.map((docId) => counts.get(docId) ?? 0), terms: terms.finish() },
  };
}

interface OpenChunk {
  readonly firstWord: string;
  readonly lastWord: string;
  readonly start: number;
  readonly end: number;
}

/** Space reserved for a chunk's head, which is written after its words. */
const HEAD_BYTES = 6;

/** Splits the words into chunks, all in one buffer, so that they can be returned without copying. */
class ChunkWriter {
  readonly #words: ByteWriter;
  readonly #word = new ByteWriter();
  readonly #variants = new ByteWriter();
  readonly #done: OpenChunk[] = [];
  #start = 0;
  #inChunk: string[] = [];
  #open: string | null = null;
  #variantCount = 0;

  /** @param bytes expected size; unused memory costs nothing. */
  constructor(bytes: number) {
    this.#words = new ByteWriter(bytes);
    this.#words.skip(HEAD_BYTES);
  }

  /** @param term a word, or a word, NUL and one of its spellings; sorted. */
  write(term: string, block: EntryBlock): void {
    const [word = "", form] = term.split("\0");
    if (word !== this.#open) {
      this.#closeWord();
      this.#open = word;
      this.#word.cborArray(3);
      this.#word.cborText(word);
      if (form === undefined) {
        writePages(this.#word, block);
        return;
      }
      this.#word.cborArray(0);
    }
    if (form === undefined) throw new RangeError("Terms have to come sorted");
    this.#variantCount += 1;
    this.#variants.cborArray(2);
    this.#variants.cborText(form);
    writePages(this.#variants, block);
  }

  finish(): IndexChunk[] {
    this.#closeWord();
    this.#closeChunk();
    return nameChunks(this.#done, this.#words.bytes);
  }

  /** Appends the finished word to the chunk. */
  #closeWord(): void {
    const word = this.#open;
    if (word === null) return;
    this.#word.cborArray(this.#variantCount);
    this.#word.copy(this.#variants.bytes, 0, this.#variants.length);
    const length = this.#words.length - this.#start - HEAD_BYTES;
    const isFull = length + this.#word.length > MOST_BYTES;
    if (isFull || (length >= LEAST_BYTES && !beginAlike(this.#inChunk.at(-1) ?? "", word)))
      this.#closeChunk();
    this.#inChunk.push(word);
    this.#words.copy(this.#word.bytes, 0, this.#word.length);
    this.#word.length = 0;
    this.#variants.length = 0;
    this.#variantCount = 0;
    this.#open = null;
  }

  #closeChunk(): void {
    const [firstWord] = this.#inChunk;
    const lastWord = this.#inChunk.at(-1);
    if (firstWord === undefined || lastWord === undefined) return;
    const head = new ByteWriter(HEAD_BYTES);
    head.cborArray(1);
    head.cborArray(this.#inChunk.length);
    const words = this.#words;
    const start = this.#start + HEAD_BYTES - head.length;
    head.bytes.copy(words.bytes, start, 0, head.length);
    this.#done.push({ firstWord, lastWord, start, end: words.length });
    this.#start = words.length;
    words.skip(HEAD_BYTES);
    this.#inChunk = [];
  }
}

function writePages(out: ByteWriter, { count, bytes }: EntryBlock): void {
  out.cborArray(count);
  out.copy(bytes, 0, bytes.length);
}

function beginAlike(a: string, b: string): boolean {
  const beginning = (bytes: string): string => [...fromBytes(bytes)].slice(0, BEGINNING).join("");
  return beginning(a) === beginning(b);
}

/** Names the chunks, and shortens their first and last words by Pagefind's rules. */
function nameChunks(chunks: readonly OpenChunk[], all: Buffer): IndexChunk[] {
  const froms = chunks.map(({ firstWord }) => firstWord);
  const tos = chunks.map(({ lastWord }) => lastWord);
  for (let index = 1; index < chunks.length; index += 1) {
    const [to, from] = shortened(tos[index - 1] ?? "", froms[index] ?? "");
    if (to >= (froms[index - 1] ?? "")) tos[index - 1] = to;
    froms[index] = from;
  }
  return chunks.map(({ start, end }, index) => {
    const bytes = all.subarray(start, end);
    return {
      from: fromBytes(froms[index] ?? ""),
      to: fromBytes(tos[index] ?? ""),
      name: shortName(hashOf(bytes), FILE_NAME),
      bytes,
    };
  });
}

/** Cuts two words after the first character in which they differ. */
function shortened(a: string, b: string): [string, string] {
  const [left, right] = [[...fromBytes(a)], [...fromBytes(b)]];
  let common = 0;
  while (common < left.length && common < right.length && left[common] === right[common]) common += 1;
  const cut = (characters: readonly string[]): string =>
    Buffer.from(characters.slice(0, common + 1).join(""), "utf8").toString("latin1");
  return [cut(left), cut(right)];
}

/** Length of the names of chunks and filters, in characters. */
export const FILE_NAME = 8;
