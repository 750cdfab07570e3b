import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { ANALYSIS_VERSION } from "./analysis-version.ts";
import { type TokenWords, askTokens } from "./stem-tokens.ts";
import { fromBytes, toBytes } from "./cbor.ts";
import { grown } from "./term-bytes.ts";
import { TokenNumbers } from "./token-ids.ts";

/** The entries that a token makes in an index, with numbers for the terms. */
export interface TokenTerms {
  readonly whole: readonly number[];
  readonly parts: readonly number[];
}

/** Tokens kept at most: a blog of 20,000 posts has some 300,000. Past it, only those of the build at hand are kept. */
const MOST_KEPT = 600_000;

/** The words of all languages, numbered. */
export class TermNumbers {
  /** Terms by number. */
  readonly terms: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    this.#numbers.set(term, this.terms.length);
    return this.terms.push(term) - 1;
  }
}

/**
 * What Pagefind makes of each token in one language, kept between builds so that it's asked only for new ones. The file
 * has a line for each token: the token, a space, its whole terms, a tab, its parts, with spaces between.
 */
export class TokenTable {
  readonly #lang: string;
  readonly #cache: FileCache;
  readonly #key: string;
  readonly #terms: TermNumbers;
  readonly #numbers = new TokenNumbers();
  /** By token number: the terms once they've been used, until then their part of the line; none while it isn't asked. */
  readonly #words: (TokenTerms | string | undefined)[] = [];
  /** By token number: the number of its term and 1, once it's known that it makes one whole term and nothing else. */
  #single = new Uint32Array(1 << 12);
  #isChanged = false;

  constructor(lang: string, cache: FileCache, terms: TermNumbers) {
    this.#lang = lang;
    this.#cache = cache;
    this.#terms = terms;
    this.#key = hashOf("tokens", "1", String(ANALYSIS_VERSION), lang);
    this.#readLines(cache.read(this.#key) ?? Buffer.alloc(0));
  }

  /** The numbers of tokens with single spaces between; their terms can be had after {@link learn}. */
  numbersOf(tokens: Uint8Array): Uint32Array {
    return this.#numbers.of(tokens);
  }

  /** Has Pagefind asked for the tokens that aren't known. */
  async learn(): Promise<void> {
    const known = this.#words.length;
    const unknown = Array.from({ length: this.#numbers.count - known }, (_, index) =>
      this.#numbers.token(known + index),
    );
    if (unknown.length === 0) return;
    this.#isChanged = true;
    for (const words of await askTokens(this.#lang, unknown)) this.#words.push(lineOf(words));
  }

  /** The number of the term that a token makes when it's one whole term and nothing else, as most do; else -1. */
  singleOf(number: number): number {
    const known = this.#single[number] ?? 0;
    if (known > 0) return known - 1;
    const { whole, parts } = this.termsOf(number);
    const [term] = whole;
    if (term === undefined || whole.length > 1 || parts.length > 0) return -1;
    if (number >= this.#single.length) this.#single = grown(this.#single, number + 1);
    this.#single[number] = term + 1;
    return term;
  }

  /** The terms of a token by its number. */
  termsOf(number: number): TokenTerms {
    const known = this.#words[number];
    if (known === undefined) throw new Error("Pagefind wasn't asked for a token");
    if (typeof known !== "string") return known;
    const [whole = "", parts = ""] = known.split("\t");
    const terms = { whole: this.#termNumbers(whole), parts: this.#termNumbers(parts) };
    this.#words[number] = terms;
    return terms;
  }

  /** Writes what was learnt into the cache. */
  keep(): void {
    if (!this.#isChanged) return;
    const isFull = this.#words.length > MOST_KEPT;
    const lines: string[] = [];
    for (const [number, words] of this.#words.entries()) {
      if (isFull && typeof words === "string") continue;
      const line = words === undefined || typeof words === "string" ? words : this.#line(words);
      if (line !== undefined) lines.push(`${this.#numbers.token(number)} ${line}`);
    }
    this.#cache.write(this.#key, lines.join("\n"));
    this.#isChanged = false;
  }

  #readLines(stored: Buffer): void {
    for (let at = 0; at < stored.length;) {
      const space = stored.indexOf(SPACE, at);
      const lineEnd = stored.indexOf(LINE_END, space);
      const end = lineEnd < 0 ? stored.length : lineEnd;
      this.#numbers.of(stored.subarray(at, space));
      this.#words.push(stored.toString("utf8", space + 1, end));
      at = end + 1;
    }
  }

  #termNumbers(words: string): number[] {
    return words === "" ? [] : words.split(" ").map((word) => this.#terms.numberOf(toBytes(word)));
  }

  #line({ whole, parts }: TokenTerms): string {
    const words = (numbers: readonly number[]): string[] =>
      numbers.map((number) => this.#terms.terms[number] ?? "");
    return lineOf({ whole: words(whole), parts: words(parts) });
  }
}

function lineOf({ whole, parts }: TokenWords): string {
  return `${whole.map(fromBytes).join(" ")}\t${parts.map(fromBytes).join(" ")}`;
}

const SPACE = 0x20;
const LINE_END = 0x0a;
