/**
 * A post's meaning as a short list of numbers: its most telling words and its tags, each with a weight.
 *
 * It depends on the post alone. A word counts by its first six letters (so that "customer" and "customers" meet), in
 * scripts without spaces by pairs of signs; which words are common is judged later, over all posts (related.ts), so
 * no list of stop words is needed in any language. Words become numbers of 20 bits; of two words that share a number
 * both count as one, which happens to about one pair in a million.
 */
import { tagSlug } from "../site/slug.ts";
import { SIGN, signTable } from "./scripts.ts";

/** Numbers of terms lie below this. */
export const TERM_SPACE = 1 << 20;

const TERM_BITS = 20;

/** Terms of one post at most; an article of 800 words has some 250. */
export const MAX_TERMS = 96;

/** Letters of a word that count. */
const STEM = 6;

const WEIGHT_BITS = 4;
const MAX_WEIGHT = 15;

export interface TermSource {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Plain text of the body. */
  readonly text: string;
}

/** The terms of a post, ascending; each packed as number and weight, see {@link termOf} and {@link weightOf}. */
export function termsOf(source: TermSource): Uint32Array {
  countWords(source.text, 1);
  flatten();
  countWords(source.title, 4);
  countWords(source.description, 2);
  for (const tag of source.tags) add(hashText(`tag ${tagSlug(tag)}`), 8);
  return heaviest();
}

/** Weights by term. One table serves all posts: it's empty again after `heaviest`. */
const weights = new Uint16Array(TERM_SPACE);

/** The terms that have a weight; the first `found` of them count. */
let terms = new Uint32Array(4096);
let found = 0;

function add(term: number, points: number): void {
  const weight = weights[term] ?? 0;
  if (weight === 0) {
    if (found === terms.length) terms = grown(terms);
    terms[found++] = term;
  }
  weights[term] = Math.min(weight + points, 0xffff);
}

function grown(list: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(list.length * 2);
  longer.set(list);
  return longer;
}

/** Makes of counts what repetition is worth: 1, 2 or 3, 4 to 7, 8 and more times count 1 to 4. */
function flatten(): void {
  for (let at = 0; at < found; at++) {
    const term = terms[at] ?? 0;
    weights[term] = Math.min(4, 32 - Math.clz32(weights[term] ?? 1));
  }
}

/** Among equals the smaller number stays: so two posts that share a word both keep it, or neither does. */
function heaviest(): Uint32Array {
  for (let at = 0; at < found; at++) {
    const term = terms[at] ?? 0;
    const weight = Math.min(weights[term] ?? 0, MAX_WEIGHT);
    weights[term] = 0;
    terms[at] = ((MAX_WEIGHT - weight) << TERM_BITS) | term;
  }
  const order = terms.subarray(0, found).sort();
  const kept = new Uint32Array(Math.min(found, MAX_TERMS));
  for (let at = 0; at < kept.length; at++) {
    const entry = order[at] ?? 0;
    kept[at] = ((entry & (TERM_SPACE - 1)) << WEIGHT_BITS) | (MAX_WEIGHT - (entry >>> TERM_BITS));
  }
  found = 0;
  return kept.sort();
}

export function termOf(packed: number): number {
  return packed >>> WEIGHT_BITS;
}

/** 1 to 15. */
export function weightOf(packed: number): number {
  return packed & MAX_WEIGHT;
}

/** Terms as text, for storing. */
export function writeTerms(terms: Uint32Array): string {
  return Buffer.from(terms.buffer, terms.byteOffset, terms.byteLength).toString("base64");
}

export function readTerms(text: string): Uint32Array {
  const bytes = Buffer.from(text, "base64");
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function countWords(original: string, points: number): void {
  const signs = signTable();
  const text = original.normalize("NFC").toLowerCase();
  let hash = FNV_START;
  let length = 0;
  let before = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : 0;
    const sign = signs[code];
    if (sign === SIGN.letter) {
      if (length < STEM) hash = Math.imul(hash ^ code, FNV_PRIME);
      length++;
    } else {
      if (length > 2) add(fold(hash), points);
      hash = FNV_START;
      length = 0;
    }
    const isUnspaced = sign === SIGN.ideograph || sign === SIGN.unspaced;
    if (isUnspaced && before !== 0)
      add(fold(Math.imul(Math.imul(FNV_START ^ before, FNV_PRIME) ^ code, FNV_PRIME)), points);
    before = isUnspaced ? code : 0;
  }
}

/** A text's number, below {@link TERM_SPACE}. */
function hashText(text: string): number {
  return fold(hash32(text));
}

/** FNV-1a over UTF-16 code units. */
export function hash32(text: string): number {
  let hash = FNV_START;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return hash >>> 0;
}

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function fold(hash: number): number {
  return ((hash >>> 20) ^ hash) & (TERM_SPACE - 1);
}
