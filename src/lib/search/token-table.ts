import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { ANALYSIS_VERSION } from "./analysis-version.ts";
import { type TokenWords, askTokens } from "./ask-tokens.ts";
import { fromBytes, toBytes } from "./cbor.ts";

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
  readonly #numbers = new Map<string, number>();
  /** By token number: the terms once they've been used, until then their part of the line; null while it isn't asked. */
  readonly #words: (TokenTerms | string | null)[] = [];
  #unknown: string[] = [];
  #isChanged = false;

  constructor(lang: string, cache: FileCache, terms: TermNumbers) {
    this.#lang = lang;
    this.#cache = cache;
    this.#terms = terms;
    this.#key = hashOf("tokens", "1", String(ANALYSIS_VERSION), lang);
    for (const [token, words] of linesOf(cache.readText(this.#key) ?? ""))
      this.#numbers.set(token, this.#words.push(words) - 1);
  }

  /** The number of a token; its terms can be had after {@link learn}. */
  numberOf(token: string): number {
    const known = this.#numbers.get(token);
    if (known !== undefined) return known;
    const number = this.#words.push(null) - 1;
    const copy = copied(token);
    this.#numbers.set(copy, number);
    this.#unknown.push(copy);
    return number;
  }

  /** Has Pagefind asked for the tokens that aren't known. */
  async learn(): Promise<void> {
    if (this.#unknown.length === 0) return;
    const unknown = this.#unknown;
    this.#unknown = [];
    this.#isChanged = true;
    const found = await askTokens(this.#lang, unknown);
    for (const [index, token] of unknown.entries()) {
      const words = found[index];
      if (words !== undefined) this.#words[this.numberOf(token)] = lineOf(words);
    }
  }

  /** The terms of a token by its number. */
  termsOf(number: number): TokenTerms {
    const known = this.#words[number] ?? null;
    if (known === null) throw new Error("Pagefind wasn't asked for a token");
    if (typeof known !== "string") return known;
    const [whole = "", parts = ""] = known.split("\t");
    const terms = { whole: this.#termNumbers(whole), parts: this.#termNumbers(parts) };
    this.#words[number] = terms;
    return terms;
  }

  /** Writes what was learnt into the cache. */
  keep(): void {
    if (!this.#isChanged) return;
    const isFull = this.#numbers.size > MOST_KEPT;
    const lines: string[] = [];
    for (const [token, number] of this.#numbers) {
      const words = this.#words[number] ?? null;
      if (words === null || (isFull && typeof words === "string")) continue;
      lines.push(`${token} ${typeof words === "string" ? words : this.#line(words)}`);
    }
    this.#cache.write(this.#key, lines.join("\n"));
    this.#isChanged = false;
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

/** A string that doesn't keep the text alive that it was cut from. */
function copied(token: string): string {
  return Buffer.from(token, "utf8").toString("utf8");
}

function lineOf({ whole, parts }: TokenWords): string {
  return `${whole.map(fromBytes).join(" ")}\t${parts.map(fromBytes).join(" ")}`;
}

function linesOf(stored: string): [token: string, words: string][] {
  if (stored === "") return [];
  return stored.split("\n").map((line) => {
    const space = line.indexOf(" ");
    return [line.slice(0, space), line.slice(space + 1)];
  });
}
