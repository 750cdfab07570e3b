import { ByteWriter } from "./cbor.ts";
import { KEYWORDS, TITLE, placeOf, writePlaces } from "./positions.ts";
import { type Postings, TermEntries, TermWriter, compareBytes } from "./postings.ts";
import type { TokenTable } from "./token-table.ts";

/** A text as its tokens' ids in the table of its language. */
export interface NumberedText {
  readonly docId: string;
  /** By their positions. */
  readonly tokens: Uint32Array;
  readonly weights: Uint8Array;
  readonly titleTokens: Uint32Array;
  readonly keywordTokens: Uint32Array;
}

/** Makes the postings of texts, byte for byte as Pagefind does (`pagefind/src/index/mod.rs` of release 1.5.2). */
export class PostingsBuilder {
  readonly #docIds: string[] = [];
  readonly #wordCounts: number[] = [];
  readonly #out = new ByteWriter(1 << 22);
  /** By term: document, and where its places begin and end, by turns. */
  readonly #entries = new Map<string, number[]>();

  add({ docId, tokens, weights, titleTokens, keywordTokens }: NumberedText, table: TokenTable): void {
    const doc = this.#docIds.push(docId) - 1;
    this.#wordCounts.push(tokens.length);
    const found = new Map<string, number[]>();
    const push = (term: string, weight: number, position: number): void => {
      const place = placeOf(weight, position);
      const places = found.get(term);
      if (places === undefined) found.set(term, [place]);
      else places.push(place);
    };
    for (const [position, token] of tokens.entries()) {
      const weight = weights[position] ?? 0;
      const { whole, parts } = table.termsOf(token);
      for (const term of whole) push(term, weight, position);
      const share = Math.max(Math.floor(weight / Math.min(parts.length, 255)), 1);
      for (const term of parts) push(term, share, position);
    }
    for (const [field, ids] of [
      [KEYWORDS, keywordTokens],
      [TITLE, titleTokens],
    ] as const) {
      for (const [position, token] of ids.entries()) {
        const { whole, parts } = table.termsOf(token);
        for (const term of [...whole, ...parts]) push(term, field, position);
      }
    }
    for (const [term, places] of found) this.#write(term, doc, places);
  }

  /** The postings of all texts added. */
  finish(): Postings {
    const writer = new TermWriter(this.#out.length * 2);
    const block = new TermEntries();
    for (const term of [...this.#entries.keys()].sort(compareBytes)) {
      const entries = this.#entries.get(term) ?? [];
      block.clear();
      for (let at = 0; at < entries.length; at += 3)
        block.push(entries[at] ?? 0, this.#out.bytes, entries[at + 1] ?? 0, entries[at + 2] ?? 0);
      writer.write(term, block.block());
    }
    return { docIds: this.#docIds, wordCounts: this.#wordCounts, terms: writer.finish() };
  }

  #write(term: string, doc: number, places: number[]): void {
    if (places.length > 1) places.sort((a, b) => a - b);
    const out = this.#out;
    const start = out.length;
    writePlaces(out, places);
    const entries = this.#entries.get(term);
    if (entries === undefined) this.#entries.set(term, [doc, start, out.length]);
    else entries.push(doc, start, out.length);
  }
}
