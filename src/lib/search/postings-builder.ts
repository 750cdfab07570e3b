import { ByteWriter } from "./cbor.ts";
import { type Postings, TermEntries, TermWriter, compareBytes } from "./postings.ts";
import { TITLE, TextPlaces } from "./text-places.ts";
import type { TokenTerms } from "./token-table.ts";

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
  readonly #places = new ByteWriter(1 << 20);
  /** For each list of places in turn: term, leaf, first byte. */
  #entries = new Uint32Array(3 << 14);
  #count = 0;
  readonly #text = new TextPlaces();

  /** @param terms by number. */
  constructor(terms: readonly string[]) {
    this.#terms = terms;
  }

  /** Adds a text. A text without a word in its body is left out, as Pagefind does. */
  add(text: NumberedText, termsOf: (token: number) => TokenTerms): void {
    const { leaf, wordCount, tokens, weights, titleTokens } = text;
    const places = this.#text;
    places.clear();
    for (let position = 0; position < tokens.length; position += 1) {
      const { whole, parts } = termsOf(tokens[position] ?? 0);
      const weight = weights[position] ?? 0;
      for (const term of whole) places.push(term, weight, position);
      if (parts.length === 0) continue;
      const share = Math.max(Math.floor(weight / Math.min(parts.length, 255)), 1);
      for (const term of parts) places.push(term, share, position);
    }
    for (let position = 0; position < titleTokens.length; position += 1) {
      const { whole, parts } = termsOf(titleTokens[position] ?? 0);
      for (const term of whole) places.push(term, TITLE, position);
      for (const term of parts) places.push(term, TITLE, position);
    }
    const number = this.#leaves.push(leaf) - 1;
    this.#wordCounts.push(wordCount);
    places.write(this.#places, (term) => this.#entry(term, number));
  }

  /** The postings of all texts added; the builder begins anew. */
  take(): Postings {
    const entries = this.#entries;
    const places = this.#places.take();
    const writer = new TermWriter(places.length * 2);
    const open = new TermEntries();
    const order = inOrder(entries, this.#count, this.#terms);
    for (const [index, entry] of order.entries()) {
      const term = entries[entry * 3] ?? 0;
      const end = entry + 1 < this.#count ? (entries[entry * 3 + 5] ?? 0) : places.length;
      open.push(entries[entry * 3 + 1] ?? 0, places, entries[entry * 3 + 2] ?? 0, end);
      const next = order[index + 1];
      if (next !== undefined && entries[next * 3] === term) continue;
      writer.write(this.#terms[term] ?? "", open.block());
      open.clear();
    }
    this.#count = 0;
    const postings = { leaves: [...this.#leaves], wordCounts: [...this.#wordCounts], terms: writer.finish() };
    this.#leaves.length = 0;
    this.#wordCounts.length = 0;
    return postings;
  }

  #entry(term: number, leaf: number): void {
    const at = this.#count * 3;
    if (at + 3 > this.#entries.length) {
      const larger = new Uint32Array(this.#entries.length * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    this.#entries[at] = term;
    this.#entries[at + 1] = leaf;
    this.#entries[at + 2] = this.#places.length;
    this.#count += 1;
  }
}

/** The entries sorted by the bytes of their terms; those of a term stay in their order. */
function inOrder(entries: Uint32Array, count: number, terms: readonly string[]): Uint32Array {
  const counts = new Uint32Array(terms.length);
  for (let index = 0; index < count; index += 1) {
    const term = entries[index * 3] ?? 0;
    counts[term] = (counts[term] ?? 0) + 1;
  }
  const used = Array.from(counts.keys()).filter((term) => (counts[term] ?? 0) > 0);
  used.sort((a, b) => compareBytes(terms[a] ?? "", terms[b] ?? ""));
  let start = 0;
  for (const term of used) {
    const size = counts[term] ?? 0;
    counts[term] = start;
    start += size;
  }
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    const term = entries[index * 3] ?? 0;
    const place = counts[term] ?? 0;
    order[place] = index;
    counts[term] = place + 1;
  }
  return order;
}
