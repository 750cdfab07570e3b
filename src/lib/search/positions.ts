import type { ByteWriter } from "./cbor.ts";
import { ARRAY_OF_3 } from "./postings.ts";
import { type TermBytes, grown } from "./term-bytes.ts";

/** Stands for a place in the title, above all weights. */
export const TITLE = 255;

/** Number of the field `title` among `META_FIELDS`, as the index marks it. */
const TITLE_FIELD = -2;

/** Pagefind takes this weight for the usual one, which it isn't; words of that weight come first. */
const FIRST_WEIGHT = 25;

/** Weight and position share a number: the position has these bits. */
const POSITION_BITS = 20;

/** More than the positions in a text. */
export const MOST_POSITIONS = 1 << POSITION_BITS;

const POSITION_MASK = MOST_POSITIONS - 1;

/** Most bytes of an entry without its places, and of a place with its weight. */
const HEAD_BYTES = 18;
const PLACE_BYTES = 7;

const NO_PLACES: readonly number[] = [];

/** Where the terms of one text stand, collected term by term without an object for each place. */
export class TextPlaces {
  /** By term: the last text in which it stood, its first and last place there. */
  #turns = new Uint32Array(1 << 12);
  #firsts = new Uint32Array(1 << 12);
  #lasts = new Uint32Array(1 << 12);
  /** By place: weight and position in one number, and the next place of the same term, 0 for none. */
  #places = new Uint32Array(1 << 12);
  #next = new Uint32Array(1 << 12);
  #count = 1;
  #turn = 0;
  readonly #used: number[] = [];
  readonly #sorted: number[] = [];

  clear(): void {
    this.#turn += 1;
    this.#count = 1;
    this.#used.length = 0;
  }

  push(term: number, weight: number, position: number): void {
    const rank = weight === FIRST_WEIGHT ? 0 : weight;
    if (this.#count === this.#places.length) {
      this.#places = grown(this.#places, 0);
      this.#next = grown(this.#next, 0);
    }
    if (term >= this.#turns.length) {
      this.#turns = grown(this.#turns, term + 1);
      this.#firsts = grown(this.#firsts, term + 1);
      this.#lasts = grown(this.#lasts, term + 1);
    }
    const place = this.#count;
    this.#count += 1;
    this.#places[place] = (rank << POSITION_BITS) | position;
    this.#next[place] = 0;
    if (this.#turns[term] === this.#turn) this.#next[this.#lasts[term] ?? 0] = place;
    else {
      this.#turns[term] = this.#turn;
      this.#firsts[term] = place;
      this.#used.push(term);
    }
    this.#lasts[term] = place;
  }

  /**
   * Adds an entry to each term: the places in the body, weight by weight, then those in the title.
   * @param differenceOf tells by how much the leaf's number is above that of the term's last entry.
   */
  write(entries: TermBytes, differenceOf: (term: number) => number): void {
    for (const term of this.#used) {
      const difference = differenceOf(term);
      const only = this.#onlyPlace(term);
      const places = only < 0 ? this.#sortedPlaces(term) : NO_PLACES;
      entries.open(term, HEAD_BYTES + (places.length + 1) * PLACE_BYTES);
      const { out } = entries;
      out.byte(ARRAY_OF_3);
      out.cborUnsigned(difference);
      if (only < 0) writeSorted(out, places);
      else writeOnly(out, only);
      entries.close(term);
    }
  }

  /** The place in the body of a term that stands nowhere else in the text, as most do; else -1. */
  #onlyPlace(term: number): number {
    const first = this.#firsts[term] ?? 0;
    const place = this.#places[first] ?? 0;
    return this.#next[first] === 0 && place < TITLE << POSITION_BITS ? place : -1;
  }

  #sortedPlaces(term: number): readonly number[] {
    const sorted = this.#sorted;
    sorted.length = 0;
    let last = 0;
    let isSorted = true;
    for (let at = this.#firsts[term] ?? 0; at > 0; at = this.#next[at] ?? 0) {
      const place = this.#places[at] ?? 0;
      if (place < last) isSorted = false;
      sorted.push(place);
      last = place;
    }
    if (!isSorted) sorted.sort((a, b) => a - b);
    return sorted;
  }
}

/** What {@link writeSorted} writes for one place in the body. */
function writeOnly(out: ByteWriter, place: number): void {
  const weight = weightOf(place);
  if (weight === FIRST_WEIGHT) out.byte(ARRAY_OF_1);
  else {
    out.byte(ARRAY_OF_2);
    out.cborNegative(-weight - 1);
  }
  out.cborUnsigned(place & POSITION_MASK);
  out.byte(NO_ARRAY);
}

/** CBOR's heads of arrays with none, one and two items. */
const [NO_ARRAY, ARRAY_OF_1, ARRAY_OF_2] = [0x80, 0x81, 0x82];

function writeSorted(out: ByteWriter, places: readonly number[]): void {
  let inBody = 0;
  let changes = 0;
  let last = FIRST_WEIGHT;
  for (const place of places) {
    const weight = weightOf(place);
    if (weight === TITLE) break;
    if (weight !== last) changes += 1;
    last = weight;
    inBody += 1;
  }
  out.cborArray(inBody + changes);
  last = FIRST_WEIGHT;
  let base = 0;
  for (let index = 0; index < inBody; index += 1) {
    const place = places[index] ?? 0;
    const weight = weightOf(place);
    if (weight !== last) {
      out.cborNegative(-weight - 1);
      base = 0;
      last = weight;
    }
    out.cborUnsigned((place & POSITION_MASK) - base);
    base = place & POSITION_MASK;
  }
  const inTitle = places.length - inBody;
  out.cborArray(inTitle === 0 ? 0 : inTitle + 1);
  if (inTitle > 0) out.cborNegative(TITLE_FIELD);
  base = 0;
  for (let index = inBody; index < places.length; index += 1) {
    const position = (places[index] ?? 0) & POSITION_MASK;
    out.cborUnsigned(position - base);
    base = position;
  }
}

function weightOf(place: number): number {
  return place >>> POSITION_BITS || FIRST_WEIGHT;
}
