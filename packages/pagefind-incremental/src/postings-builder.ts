import { ByteWriter } from "./cbor.ts";
import { KEYWORDS, TITLE, placeOf, writePlaces } from "./positions.ts";
import { ARRAY_OF_3, type Postings, TermWriter, compareBytes } from "./postings.ts";
import type { TokenTable } from "./token-table.ts";

/** A text as token ids from the table of its language. */
export interface NumberedText {
  readonly docId: string;
  /** Token ids by position. */
  readonly tokens: Uint32Array;
  readonly weights: Uint8Array;
  readonly titleTokens: Uint32Array;
  readonly keywordTokens: Uint32Array;
}

/** Builds the postings of texts, byte for byte like Pagefind (`pagefind/src/index/mod.rs` of release 1.6.0). */
export class PostingsBuilder {
  readonly #docIds: string[] = [];
  readonly #wordCounts: number[] = [];
  readonly #terms: readonly string[];
  readonly #out = new ByteWriter(1 << 22);
  /** By term id: a flat list of document number, start and end of its entry in `#out`. */
  readonly #entries: (number[] | undefined)[] = [];
  /** By term id: places in the text being added. `#found` lists the terms that have any. */
  readonly #places: (number[] | undefined)[] = [];
  readonly #found: number[] = [];

  /** @param terms by id. */
  constructor(terms: readonly string[]) {
    this.#terms = terms;
  }

  add({ docId, tokens, weights, titleTokens, keywordTokens }: NumberedText, table: TokenTable): void {
    const doc = this.#docIds.push(docId) - 1;
    this.#wordCounts.push(tokens.length);
    for (let position = 0; position < tokens.length; position += 1) {
      const weight = weights[position] ?? 0;
      const { whole, parts } = table.termsOf(tokens[position] ?? 0);
      for (const term of whole) this.#push(term, placeOf(weight, position));
      const share = Math.max(Math.floor(weight / Math.min(parts.length, 255)), 1);
      for (const term of parts) this.#push(term, placeOf(share, position));
    }
    this.#pushField(KEYWORDS, keywordTokens, table);
    this.#pushField(TITLE, titleTokens, table);
    const out = this.#out;
    for (const term of this.#found) {
      const places = this.#places[term] ?? [];
      this.#places[term] = undefined;
      const entries = (this.#entries[term] ??= []);
      const start = out.length;
      out.byte(ARRAY_OF_3);
      out.cborUnsigned(doc - (entries.at(-3) ?? 0));
      writePlaces(out, places.length > 1 ? places.sort((a, b) => a - b) : places);
      entries.push(doc, start, out.length);
    }
    this.#found.length = 0;
  }

  /** The postings of all texts added. */
  finish(): Postings {
    const writer = new TermWriter(this.#out.length * 2);
    const docs = new ByteWriter(1 << 10);
    const bytes = new ByteWriter(1 << 12);
    const terms = [...this.#entries.keys()].filter((term) => this.#entries[term] !== undefined);
    terms.sort((a, b) => compareBytes(this.#terms[a] ?? "", this.#terms[b] ?? ""));
    for (const term of terms) {
      const entries = this.#entries[term] ?? [];
      docs.length = 0;
      bytes.length = 0;
      for (let at = 0; at < entries.length; at += 3) {
        docs.varint((entries[at] ?? 0) - (entries[at - 3] ?? 0));
        bytes.copy(this.#out.bytes, entries[at + 1] ?? 0, entries[at + 2] ?? 0);
      }
      const count = entries.length / 3;
      writer.write(this.#terms[term] ?? "", { count, docs: docs.written(), bytes: bytes.written() });
    }
    return { docIds: this.#docIds, wordCounts: this.#wordCounts, terms: writer.finish() };
  }

  #pushField(field: number, tokens: Uint32Array, table: TokenTable): void {
    for (const [position, token] of tokens.entries()) {
      const { whole, parts } = table.termsOf(token);
      for (const term of [...whole, ...parts]) this.#push(term, placeOf(field, position));
    }
  }

  #push(term: number, place: number): void {
    const places = this.#places[term];
    if (places !== undefined) places.push(place);
    else {
      this.#places[term] = [place];
      this.#found.push(term);
    }
  }
}
