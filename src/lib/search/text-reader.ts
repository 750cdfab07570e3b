import { gzipSync } from "node:zlib";
import type { FileCache } from "../cache/file-cache.ts";
import { type TextToAnalyse, endPagefind } from "./analyse-texts.ts";
import { type Shown, fragmentBytes, packed, PACKING } from "./fragments.ts";
import type { Postings } from "./postings.ts";
import { type NumberedText, PostingsBuilder } from "./postings-builder.ts";
import { type ReadText, readText } from "./read-text.ts";
import { TermNumbers, TokenTable } from "./token-table.ts";

/** A text with what is shown of it in results. */
export interface ShownText extends TextToAnalyse {
  readonly shown: Shown;
}

export interface TextsRead {
  /** The compressed files with what results show, by the texts' keys. */
  readonly fragments: readonly (readonly [key: string, bytes: Uint8Array])[];
  /** Keys of texts that Pagefind has to read itself. */
  readonly refused: readonly string[];
}

/** Texts held as numbers before their new tokens are asked for: each question costs Pagefind 50 ms. */
const HELD_TEXTS = 2_000;

interface HeldText extends NumberedText {
  readonly lang: string;
}

/** Reads texts one batch after the other, and makes their postings in the end. */
export class TextReader {
  readonly #cache: FileCache;
  readonly #terms = new TermNumbers();
  readonly #tables = new Map<string, TokenTable>();
  readonly #done: Postings[] = [];
  #held: HeldText[] = [];

  constructor(cache: FileCache) {
    this.#cache = cache;
  }

  async read(texts: readonly ShownText[]): Promise<TextsRead> {
    const refused: string[] = [];
    const fragments = texts.flatMap((source) => {
      const read = readText(source);
      if (read === null) {
        refused.push(source.key);
        return [];
      }
      this.#hold(source.lang, read);
      const bytes = packed(fragmentBytes(source.shown, read.text));
      // Copied, since what gzip gives lies in 16 KB of its own.
      return [[source.key, new Uint8Array(gzipSync(bytes, PACKING))] as const];
    });
    if (this.#held.length >= HELD_TEXTS) await this.#makePostings();
    return { fragments, refused };
  }

  /** The postings of all texts read so far. */
  async postings(): Promise<readonly Postings[]> {
    await this.#makePostings();
    return this.#done;
  }

  /** Frees the memory of what was read. */
  forget(): void {
    this.#done.length = 0;
  }

  /** Writes into the cache what was learnt of tokens, and forgets it. */
  async keep(): Promise<void> {
    for (const table of this.#tables.values()) table.keep();
    this.#tables.clear();
    await endPagefind();
  }

  #hold(lang: string, { text, words, weights, titleWords }: ReadText): void {
    const table = this.#tableOf(lang);
    this.#held.push({
      ...{ lang, leaf: text.url, wordCount: text.word_count, weights },
      ...{ tokens: table.numbersOf(words), titleTokens: table.numbersOf(titleWords) },
    });
  }

  #tableOf(lang: string): TokenTable {
    const table = this.#tables.get(lang) ?? new TokenTable(lang, this.#cache, this.#terms);
    this.#tables.set(lang, table);
    return table;
  }

  async #makePostings(): Promise<void> {
    if (this.#held.length === 0) return;
    for (const table of this.#tables.values()) await table.learn();
    const builder = new PostingsBuilder(this.#terms.terms);
    for (const text of this.#held) builder.add(text, this.#tableOf(text.lang));
    this.#held = [];
    this.#done.push(builder.finish());
  }
}
