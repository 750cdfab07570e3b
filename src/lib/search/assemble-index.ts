/**
 * Puts postings together as the word index of one Pagefind bundle: files with stretches of the alphabet, and the list
 * that says which file holds which words.
 */
import { hashOf } from "../cache/file-cache.ts";
import { ByteWriter, fromBytes } from "./cbor.ts";
import { type Postings, TermEntries, TermWriter, mergePostings } from "./postings.ts";

/** A file of the word index, not yet compressed. */
export interface IndexChunk {
  /** First and last word that a reader asks this file for, shortened to what tells it from its neighbours. */
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly bytes: Buffer;
}

export interface AssembledIndex {
  readonly chunks: readonly IndexChunk[];
  /** The postings of exactly the pages asked for, in their order. */
  readonly postings: Postings;
}

/**
 * Once a chunk has this many bytes it ends where the next word begins with other letters. Words that begin alike stay
 * together, since a reader who types has typed only their beginning; and the chunks on both sides of an edit soon end
 * at the same words again, so that few change.
 */
const LEAST_BYTES = 16_384;

/** How many letters those are. */
const BEGINNING = 3;

/** A chunk never grows past this, but for a word that is larger by itself; that one has a chunk for itself. */
export const MOST_BYTES = 49_152;

/**
 * Merges postings into an index. The result depends on the leaves and their order alone, not on how they're spread over
 * `sources`.
 * @param leaves keys of the pages' texts in the order of the page numbers; each is in one of the sources.
 */
export function assembleIndex(sources: readonly Postings[], leaves: readonly string[]): AssembledIndex {
  const pageOf = new Map(leaves.map((leaf, page) => [leaf, page]));
  const terms = new TermWriter(sources.reduce((sum, source) => sum + source.terms.length, 1 << 10));
  const chunks = new ChunkWriter();
  mergePostings(sources, pageOf, (term, entries) => {
    terms.write(term, entries);
    chunks.write(term, entries);
  });
  const counts = new Map(
    sources.flatMap((source) => source.leaves.map((leaf, index) => [leaf, source.wordCounts[index] ?? 0])),
  );
  return {
    chunks: chunks.finish(),
    postings: { leaves, wordCounts: leaves.map((leaf) => counts.get(leaf) ?? 0), terms: terms.finish() },
  };
}

interface OpenChunk {
  readonly firstWord: string;
  readonly lastWord: string;
  readonly bytes: Buffer;
}

/** Cuts the words into chunks. */
class ChunkWriter {
  readonly #words = new ByteWriter();
  readonly #word = new ByteWriter();
  readonly #variants = new ByteWriter();
  readonly #done: OpenChunk[] = [];
  #inChunk: string[] = [];
  #open: string | null = null;
  #variantCount = 0;

  /** @param term a word, or a word, NUL and one of its spellings; sorted. */
  write(term: string, entries: TermEntries): void {
    const [word = "", form] = term.split("\0");
    if (word !== this.#open) {
      this.#closeWord();
      this.#open = word;
      this.#word.cborArray(3);
      this.#word.cborText(word);
      if (form === undefined) {
        writePages(this.#word, entries);
        return;
      }
      this.#word.cborArray(0);
    }
    if (form === undefined) throw new RangeError("Terms have to come sorted");
    this.#variantCount += 1;
    this.#variants.cborArray(2);
    this.#variants.cborText(form);
    writePages(this.#variants, entries);
  }

  finish(): IndexChunk[] {
    this.#closeWord();
    this.#closeChunk();
    return nameChunks(this.#done);
  }

  /** Puts the finished word into the chunk. */
  #closeWord(): void {
    const word = this.#open;
    if (word === null) return;
    this.#word.cborArray(this.#variantCount);
    this.#word.copy(this.#variants.bytes, 0, this.#variants.length);
    const { length } = this.#words;
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
    const chunk = new ByteWriter(this.#words.length + 8);
    chunk.cborArray(1);
    chunk.cborArray(this.#inChunk.length);
    chunk.copy(this.#words.bytes, 0, this.#words.length);
    this.#done.push({ firstWord, lastWord, bytes: chunk.take() });
    this.#words.length = 0;
    this.#inChunk = [];
  }
}

/** Pages as differences, each with its places as Pagefind wrote them. */
function writePages(out: ByteWriter, entries: TermEntries): void {
  out.cborArray(entries.count);
  let last = 0;
  entries.writeAll(out, (bytes, start, page) => {
    const difference = page - last;
    last = page;
    let at = start;
    bytes[at++] = ARRAY_OF_3;
    if (difference < 24) bytes[at++] = difference;
    else if (difference < 0x100) {
      bytes[at++] = 24;
      bytes[at++] = difference;
    } else if (difference < 0x10000) {
      bytes[at++] = 25;
      at = bytes.writeUInt16BE(difference, at);
    } else {
      bytes[at++] = 26;
      at = bytes.writeUInt32BE(difference, at);
    }
    return at;
  });
}

/** CBOR's head of an array with three items: page, places in the text, places in the title. */
const ARRAY_OF_3 = 0x83;

function beginAlike(a: string, b: string): boolean {
  const beginning = (bytes: string): string => [...fromBytes(bytes)].slice(0, BEGINNING).join("");
  return beginning(a) === beginning(b);
}

/** Names, and the shortest words that tell a chunk from its neighbours, found as Pagefind finds them. */
function nameChunks(chunks: readonly OpenChunk[]): IndexChunk[] {
  const froms = chunks.map(({ firstWord }) => firstWord);
  const tos = chunks.map(({ lastWord }) => lastWord);
  for (let index = 1; index < chunks.length; index += 1) {
    const [to, from] = shortened(tos[index - 1] ?? "", froms[index] ?? "");
    if (to >= (froms[index - 1] ?? "")) tos[index - 1] = to;
    froms[index] = from;
  }
  return chunks.map(({ bytes }, index) => ({
    from: fromBytes(froms[index] ?? ""),
    to: fromBytes(tos[index] ?? ""),
    name: shortName(hashOf(bytes), FILE_NAME),
    bytes,
  }));
}

/** Both words cut after the first character in which they differ. */
function shortened(a: string, b: string): [string, string] {
  const [left, right] = [[...fromBytes(a)], [...fromBytes(b)]];
  let common = 0;
  while (common < left.length && common < right.length && left[common] === right[common]) common += 1;
  const cut = (characters: readonly string[]): string =>
    Buffer.from(characters.slice(0, common + 1).join(""), "utf8").toString("latin1");
  return [cut(left), cut(right)];
}

/** Characters in the names of chunks and filters. */
export const FILE_NAME = 8;

/** A hash in digits and small letters: shorter than hexadecimal, and the same on disks that don't tell cases apart. */
export function shortName(hash: string, length: number): string {
  return BigInt(`0x${hash}`).toString(36).padStart(25, "0").slice(-length);
}
