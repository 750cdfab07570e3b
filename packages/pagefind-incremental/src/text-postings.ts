import type { Postings } from "./postings.ts";
import { type NumberedText, PostingsBuilder } from "./postings-builder.ts";
import type { ReadText } from "./read-text.ts";
import { TermIds, TokenTable } from "./token-table.ts";
import type { IndexCache } from "./types.ts";

/** Number of texts collected before their new tokens are sent to Pagefind; each request costs 50 ms. */
const HELD_TEXTS = 2_000;

interface HeldText extends NumberedText {
  readonly language: string;
}

/** Collects texts that were parsed here, and builds their postings. */
export class TextPostings {
  readonly #cache: IndexCache;
  readonly #termIds = new TermIds();
  readonly #tables = new Map<string, TokenTable>();
  #held: HeldText[] = [];
  #done: Postings[] = [];

  constructor(cache: IndexCache) {
    this.#cache = cache;
  }

  async add(texts: readonly (ReadText & { readonly language: string })[]): Promise<void> {
    for (const { language, text, tokens, weights, titleTokens, keywordTokens } of texts) {
      const table = this.#tableOf(language);
      this.#held.push({
        ...{ language, docId: text.url, weights: Uint8Array.from(weights), tokens: table.idsOf(tokens) },
        ...{ titleTokens: table.idsOf(titleTokens), keywordTokens: table.idsOf(keywordTokens) },
      });
    }
    if (this.#held.length >= HELD_TEXTS) await this.#build();
  }

  /** The postings of all texts since the last {@link clear}. */
  async all(): Promise<readonly Postings[]> {
    await this.#build();
    return this.#done;
  }

  clear(): void {
    this.#done = [];
  }

  /** Stores the terms of new tokens and frees memory. */
  save(): void {
    for (const table of this.#tables.values()) table.save();
    this.#tables.clear();
  }

  #tableOf(language: string): TokenTable {
    const table = this.#tables.get(language) ?? new TokenTable(language, this.#cache, this.#termIds);
    this.#tables.set(language, table);
    return table;
  }

  async #build(): Promise<void> {
    if (this.#held.length === 0) return;
    for (const table of this.#tables.values()) await table.learn();
    const builder = new PostingsBuilder(this.#termIds.terms);
    for (const text of this.#held) builder.add(text, this.#tableOf(text.language));
    this.#held = [];
    this.#done.push(builder.finish());
  }
}
