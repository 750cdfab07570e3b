import { type Postings, TermWriter, compareBytes } from "./postings.ts";
import { TermBytes, grown } from "./term-bytes.ts";
import { TITLE, TextPlaces } from "./positions.ts";
import type { TokenTable } from "./token-table.ts";

/** A text as its tokens' numbers in the table of its language. */
export interface NumberedText {
  readonly leaf: string;
  readonly wordCount: number;
  /** By their positions. */
  readonly tokens: Uint32Array;
  readonly weights: Uint8Array;
  readonly titleTokens: Uint32Array;
}

/** Makes the postings of texts, byte for byte as Pagefind does (`pagefind/src/index/mod.rs` of release 1.5.2). */
export class PostingsBuilder {
  readonly #leaves: string[] = [];
  readonly #wordCounts: number[] = [];
  readonly #terms: readonly string[];
  readonly #entries = new TermBytes(1 << 23);
  /** By term: the entries' leaves as varints of the differences, how many there are, and the last of them. */
  readonly #lists = new TermBytes(1 << 21);
  #counts = new Uint32Array(2 << 12);
  readonly #text = new TextPlaces();

  /** @param terms by number. */
  constructor(terms: readonly string[]) {
    this.#terms = terms;
  }

  /** Adds a text. A text without a word in its body is left out, as Pagefind does. */
  add(text: NumberedText, table: TokenTable): void {
    const { leaf, wordCount, tokens, weights, titleTokens } = text;
    const places = this.#text;
    places.clear();
    for (let position = 0; position < tokens.length; position += 1) {
      const token = tokens[position] ?? 0;
      const weight = weights[position] ?? 0;
      const single = table.singleOf(token);
      if (single >= 0) {
        places.push(single, weight, position);
        continue;
      }
      const { whole, parts } = table.termsOf(token);
      for (const term of whole) places.push(term, weight, position);
      const share = Math.max(Math.floor(weight / Math.min(parts.length, 255)), 1);
      for (const term of parts) places.push(term, share, position);
    }
    for (let position = 0; position < titleTokens.length; position += 1) {
      const { whole, parts } = table.termsOf(titleTokens[position] ?? 0);
      for (const term of whole) places.push(term, TITLE, position);
      for (const term of parts) places.push(term, TITLE, position);
    }
    const number = this.#leaves.push(leaf) - 1;
    this.#wordCounts.push(wordCount);
    places.write(this.#entries, (term) => this.#entry(term, number));
  }

  /** The postings of all texts added. */
  finish(): Postings {
    const writer = new TermWriter(1 << 24);
    const counts = this.#counts;
    const used = Array.from(this.#terms.keys()).filter((term) => (counts[term * 2] ?? 0) > 0);
    used.sort((a, b) => compareBytes(this.#terms[a] ?? "", this.#terms[b] ?? ""));
    for (const term of used)
      writer.write(this.#terms[term] ?? "", {
        count: counts[term * 2] ?? 0,
        leaves: this.#lists.of(term),
        bytes: this.#entries.of(term),
      });
    return { leaves: this.#leaves, wordCounts: this.#wordCounts, terms: writer.finish() };
  }

  /** Notes that a term stands in a leaf. @returns the difference to the last leaf in which it stood. */
  #entry(term: number, leaf: number): number {
    const at = term * 2;
    if (at >= this.#counts.length) this.#counts = grown(this.#counts, at + 2);
    const difference = leaf - (this.#counts[at + 1] ?? 0);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#counts[at + 1] = leaf;
    this.#lists.open(term, VARINT_BYTES);
    this.#lists.out.varint(difference);
    this.#lists.close(term);
    return difference;
  }
}

/** Bytes of the longest varint. */
const VARINT_BYTES = 5;
