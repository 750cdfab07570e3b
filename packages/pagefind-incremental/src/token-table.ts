import { fromBytes, toBytes } from "./cbor.ts";
import { cacheKey } from "./hash.ts";
import { type TokenTerms, stemTokens } from "./stem-tokens.ts";
import type { IndexCache } from "./types.ts";

/** `TokenTerms` with ids in place of terms. */
interface TermsOfToken {
  readonly whole: readonly number[];
  readonly parts: readonly number[];
}

/** The terms of all languages by id. */
export class TermIds {
  readonly terms: string[] = [];
  readonly #ids = new Map<string, number>();

  idOf(term: string): number {
    const known = this.#ids.get(term) ?? this.terms.length;
    if (known === this.terms.length) {
      this.#ids.set(term, known);
      this.terms.push(term);
    }
    return known;
  }
}

/** Maximum number of stored tokens; a blog of 20,000 posts has some 300,000. Above it, only this run's are stored. */
const MOST_STORED = 600_000;

/**
 * Pagefind's terms for each token in one language, stored between builds so that Pagefind runs only for new tokens.
 * The stored value has a line for each token: the token, a space, its whole terms, a tab, its parts; terms are
 * separated by spaces.
 */
export class TokenTable {
  readonly #language: string;
  readonly #cache: IndexCache;
  readonly #key: string;
  readonly #ids = new Map<string, number>();
  /** By id: the terms, or the unparsed part of the line until they're first used. */
  readonly #terms: (TermsOfToken | string)[] = [];
  readonly #termIds: TermIds;
  #isChanged = false;

  constructor(language: string, cache: IndexCache, termIds: TermIds) {
    this.#language = language;
    this.#cache = cache;
    this.#termIds = termIds;
    this.#key = cacheKey("tokens", language);
    const stored = cache.read(this.#key)?.toString("utf8") ?? "";
    for (const line of stored === "" ? [] : stored.split("\n")) {
      const space = line.indexOf(" ");
      this.#ids.set(line.slice(0, space), this.#terms.push(line.slice(space + 1)) - 1);
    }
  }

  /** Ids of tokens, including new ones, whose terms are available after {@link learn}. */
  idsOf(tokens: readonly string[]): Uint32Array {
    const ids = new Uint32Array(tokens.length);
    for (let index = 0; index < tokens.length; index += 1) {
      const token = tokens[index] ?? "";
      let id = this.#ids.get(token);
      if (id === undefined) {
        id = this.#ids.size;
        this.#ids.set(token, id);
      }
      ids[index] = id;
    }
    return ids;
  }

  /** Gets the terms of new tokens from Pagefind. */
  async learn(): Promise<void> {
    const unknown = [...this.#ids.keys()].slice(this.#terms.length);
    if (unknown.length === 0) return;
    this.#isChanged = true;
    for (const terms of await stemTokens(this.#language, unknown)) this.#terms.push(lineOf(terms));
  }

  termsOf(id: number): TermsOfToken {
    const known = this.#terms[id];
    if (known === undefined) throw new Error("Pagefind has not read this token");
    if (typeof known !== "string") return known;
    const [whole = "", parts = ""] = known.split("\t");
    const terms = { whole: this.#read(whole), parts: this.#read(parts) };
    this.#terms[id] = terms;
    return terms;
  }

  /** Stores the table if it has changed. */
  save(): void {
    if (!this.#isChanged) return;
    const isFull = this.#terms.length > MOST_STORED;
    const lines: string[] = [];
    for (const [token, id] of this.#ids) {
      const terms = this.#terms[id];
      if (terms === undefined || (isFull && typeof terms === "string")) continue;
      lines.push(`${token} ${typeof terms === "string" ? terms : this.#line(terms)}`);
    }
    this.#cache.write(this.#key, lines.join("\n"));
    this.#isChanged = false;
  }

  #read(list: string): number[] {
    return list === "" ? [] : list.split(" ").map((term) => this.#termIds.idOf(toBytes(term)));
  }

  #line({ whole, parts }: TermsOfToken): string {
    const termsOf = (ids: readonly number[]) => ids.map((id) => this.#termIds.terms[id] ?? "");
    return lineOf({ whole: termsOf(whole), parts: termsOf(parts) });
  }
}

function lineOf({ whole, parts }: TokenTerms): string {
  return `${whole.map(fromBytes).join(" ")}\t${parts.map(fromBytes).join(" ")}`;
}
