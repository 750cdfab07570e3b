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

/** Exclusive upper limit for term numbers. */
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

/**
 * Terms and their weights, each pair packed into the first free slot from where the term would stand. One table serves
 * all posts: it's empty again after `heaviest`. It's small enough to stay in the processor's nearest cache; a weight
 * for each of all terms wouldn't, and takes half as long again.
 */
let table = new Uint32Array(4096);

/** The slots that are taken; the first `found` of them count. */
let slots = new Uint32Array(table.length / 2);
let found = 0;

/** More than any weight that counts. */
const FULL = 0xfff;
const FULL_BITS = 12;

function add(term: number, points: number): void {
  const slot = slotOf(term);
  const weight = (table[slot] ?? 0) & FULL;
  table[slot] = (term << FULL_BITS) | Math.min(weight + points, FULL);
  if (weight > 0) return;
  slots[found++] = slot;
  if (found === slots.length) enlarge();
}

function slotOf(term: number): number {
  const last = table.length - 1;
  let slot = term & last;
  for (let pair = table[slot] ?? 0; pair !== 0 && pair >>> FULL_BITS !== term; pair = table[slot] ?? 0)
    slot = (slot + 1) & last;
  return slot;
}

function enlarge(): void {
  const pairs = slots.map((slot) => table[slot] ?? 0);
  table = new Uint32Array(table.length * 2);
  slots = new Uint32Array(table.length / 2);
  for (const [at, pair] of pairs.entries()) {
    const slot = slotOf(pair >>> FULL_BITS);
    table[slot] = pair;
    slots[at] = slot;
  }
}

/** Makes of counts what repetition is worth: 1, 2 or 3, 4 to 7, 8 and more times count 1 to 4. */
function flatten(): void {
  for (let at = 0; at < found; at++) {
    const slot = slots[at] ?? 0;
    const pair = table[slot] ?? 0;
    table[slot] = (pair & ~FULL) | Math.min(4, 32 - Math.clz32(pair & FULL));
  }
}

/** Among equals the smaller number stays: so two posts that share a word both keep it, or neither does. */
function heaviest(): Uint32Array {
  const order = new Uint32Array(found);
  for (let at = 0; at < found; at++) {
    const slot = slots[at] ?? 0;
    const pair = table[slot] ?? 0;
    table[slot] = 0;
    order[at] = ((MAX_WEIGHT - Math.min(pair & FULL, MAX_WEIGHT)) << TERM_BITS) | (pair >>> FULL_BITS);
  }
  found = 0;
  order.sort();
  const kept = new Uint32Array(Math.min(order.length, MAX_TERMS));
  for (let at = 0; at < kept.length; at++) {
    const entry = order[at] ?? 0;
    kept[at] = ((entry & (TERM_SPACE - 1)) << WEIGHT_BITS) | (MAX_WEIGHT - (entry >>> TERM_BITS));
  }
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
