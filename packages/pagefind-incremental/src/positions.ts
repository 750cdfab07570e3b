import type { ByteWriter } from "./cbor.ts";
import { META_FIELDS } from "./page-html.ts";

/** Stand for a metadata field in place of a weight; above all weights. */
export const KEYWORDS = 254;
export const TITLE = 255;

/** Marks of the fields in the index: negative numbers by their position in `META_FIELDS`. */
const FIELD_MARKS: Readonly<Record<number, number>> = {
  [KEYWORDS]: -1 - META_FIELDS.indexOf("keywords"),
  [TITLE]: -1 - META_FIELDS.indexOf("title"),
};

/** Weight of a word outside headings. */
export const PLAIN_WEIGHT = 24;

/** Pagefind treats this weight as the default, although the plain weight is 24: it needs no mark and comes first. */
const FIRST_WEIGHT = 25;

/** Number of bits of the position in a number that also contains the weight. */
const POSITION_BITS = 20;

/** Maximum number of positions in a text. */
export const MOST_POSITIONS = 1 << POSITION_BITS;

/** CBOR heads of arrays with zero and two items. */
const [EMPTY_ARRAY, ARRAY_OF_2] = [0x80, 0x82];

const POSITION_MASK = MOST_POSITIONS - 1;

/** A place (weight and position) as a number. Sorting these numbers gives the order of the index. */
export function placeOf(weight: number, position: number): number {
  return ((weight === FIRST_WEIGHT ? 0 : weight) << POSITION_BITS) | position;
}

/**
 * Writes the places of a term in one text as two arrays: those in the body, grouped by weight, and those in the
 * metadata, grouped by field.
 * @param places sorted.
 */
export function writePlaces(out: ByteWriter, places: readonly number[]): void {
  const [only = 0] = places;
  if (places.length === 1 && only >>> POSITION_BITS === PLAIN_WEIGHT) {
    // Most terms occur once, outside headings.
    out.byte(ARRAY_OF_2);
    out.cborNegative(-1 - PLAIN_WEIGHT);
    out.cborUnsigned(only & POSITION_MASK);
    out.byte(EMPTY_ARRAY);
    return;
  }
  const firstMeta = places.findIndex((place) => place >>> POSITION_BITS >= KEYWORDS);
  const bodyCount = firstMeta < 0 ? places.length : firstMeta;
  writeSpan(out, places, { from: 0, to: bodyCount, weight: FIRST_WEIGHT });
  writeSpan(out, places, { from: bodyCount, to: places.length, weight: 0 });
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Initial weight, which needs no mark. */
  readonly weight: number;
}

/** Writes positions as differences, with a negative number before each change of weight or field. */
function writeSpan(out: ByteWriter, places: readonly number[], { from, to, weight: first }: Span): void {
  let last = first;
  let marks = 0;
  for (let index = from; index < to; index += 1) {
    const weight = weightOf(places[index] ?? 0);
    if (weight !== last) marks += 1;
    last = weight;
  }
  out.cborArray(to - from + marks);
  last = first;
  let base = 0;
  for (let index = from; index < to; index += 1) {
    const place = places[index] ?? 0;
    const weight = weightOf(place);
    if (weight !== last) {
      out.cborNegative(FIELD_MARKS[weight] ?? -weight - 1);
      base = 0;
      last = weight;
    }
    out.cborUnsigned((place & POSITION_MASK) - base);
    base = place & POSITION_MASK;
  }
}

function weightOf(place: number): number {
  return place >>> POSITION_BITS || FIRST_WEIGHT;
}
