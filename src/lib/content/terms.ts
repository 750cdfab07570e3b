/**
 * Represents a post as a short list of numbers: its most significant words and its tags, each with a weight.
 *
 * The list depends only on the post itself. Words are compared by their first six letters (so that "customer" matches
 * "customers"), text in scripts without spaces by pairs of characters. How common a word is across all posts is
 * determined later (related.ts), so no language needs a list of stop words. Words are hashed to 20 bits; words with the
 * same hash count as one, which happens to about one pair in a million.
 */
import { tagSlug } from "../site/slug.ts";
import { SIGN, signTable } from "./scripts.ts";

/** Exclusive upper limit for term numbers. */
export const TERM_SPACE = 1 << 20;

const TERM_BITS = 20;

/** Maximum number of terms of a post; an article of 800 words has about 250 before the cut. */
export const MAX_TERMS = 96;

/** Number of letters by which words are compared. */
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

/** The terms of a post, ascending. Each packs a term number and its weight: see {@link termOf} and {@link weightOf}. */
export function termsOf(source: TermSource): Uint32Array {
  countWords(source.text, 1);
  flatten();
  countWords(source.title, 4);
  countWords(source.description, 2);
  for (const tag of source.tags) add(hashText(`tag ${tagSlug(tag)}`), 8);
  return heaviest();
}

/**
 * Hash table (linear probing) of terms and their weights, packed into one number. It's reused for all posts: `heaviest`
 * empties it. It fits into the CPU's L1 cache; an array with a weight for every possible term doesn't, and takes 50 %
 * longer.
 */
let table = new Uint32Array(4096);

/** Occupied slots of `table`; only the first `found` entries are valid. */
let slots = new Uint32Array(table.length / 2);
let found = 0;

/** Bit mask and upper limit of counts in `table`; larger than any weight that is kept. */
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

/** Reduces counts to a logarithmic scale: 1 stays 1, 2 and 3 become 2, 4 to 7 become 3, 8 and more become 4. */
function flatten(): void {
  for (let at = 0; at < found; at++) {
    const slot = slots[at] ?? 0;
    const pair = table[slot] ?? 0;
    table[slot] = (pair & ~FULL) | Math.min(4, 32 - Math.clz32(pair & FULL));
  }
}

/**
 * Returns the terms with the greatest weights and empties the table. Among equal weights the smaller term numbers are
 * kept, so that two posts tend to keep the same shared words.
 */
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

/** Encodes terms as base64, for storage. */
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

/** Term number of a text, below {@link TERM_SPACE}. */
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
