import { ByteWriter } from "./cbor.ts";

/** Bytes of a term's first stretch, and of its longest: each is twice as long as the one before. */
const FIRST_SIZE = 32;
const MOST_SIZE = 4096;

/** Fields of a term: where its next byte goes, where the room for it ends, its first stretch and its last. */
const [AT, END, FIRST, LAST, FIELDS] = [0, 1, 2, 3, 4];

/**
 * Bytes that grow for all terms at once, each term's in stretches of one memory. Texts come one after the other and each
 * holds hundreds of terms; put where they belong at once, they needn't be sorted by term afterwards, which took three
 * jumps through memory for each.
 */
export class TermBytes {
  /** Writes at the end of the term that was opened last. */
  readonly out: ByteWriter;
  #used = 0;
  #fields = new Uint32Array(FIELDS << 12);
  /** By stretch, from 1 on: its beginning, its end once another follows, and the number of that one. */
  #stretches = new Uint32Array(3 << 12);
  #count = 0;
  readonly #joined = new ByteWriter(1 << 12);

  /** @param bytes about how many there will be: memory that isn't written to costs nothing. */
  constructor(bytes: number) {
    this.out = new ByteWriter(bytes);
  }

  /** Makes room for so many bytes of a term. */
  open(term: number, size: number): void {
    const at = term * FIELDS;
    if (at >= this.#fields.length) this.#fields = grown(this.#fields, at + FIELDS);
    const fields = this.#fields;
    if ((fields[at + AT] ?? 0) + size > (fields[at + END] ?? 0)) this.#stretch(at, size);
    this.out.length = fields[at + AT] ?? 0;
  }

  /** Ends what was written to a term. */
  close(term: number): void {
    this.#fields[term * FIELDS + AT] = this.out.length;
  }

  /** All bytes of a term; valid until the next call. */
  of(term: number): Buffer {
    const { bytes } = this.out;
    const at = term * FIELDS;
    const [first = 0, last = 0, end = 0] = [FIRST, LAST, AT].map((field) => this.#fields[at + field]);
    if (first === last) return bytes.subarray(this.#stretches[first * 3], end);
    const joined = this.#joined;
    joined.length = 0;
    for (let stretch = first; stretch > 0; stretch = this.#stretches[stretch * 3 + 2] ?? 0) {
      const to = stretch === last ? end : this.#stretches[stretch * 3 + 1];
      joined.copy(bytes, this.#stretches[stretch * 3] ?? 0, to ?? 0);
    }
    return joined.written();
  }

  /** Begins another stretch for the term whose fields begin at `at`. */
  #stretch(at: number, size: number): void {
    const fields = this.#fields;
    const last = fields[at + LAST] ?? 0;
    const lastSize = last === 0 ? 0 : (fields[at + END] ?? 0) - (this.#stretches[last * 3] ?? 0);
    const start = this.#used;
    this.#used += Math.max(size, FIRST_SIZE, Math.min(lastSize * 2, MOST_SIZE));
    this.out.length = start;
    this.out.reserve(this.#used - start);
    this.#count += 1;
    const place = this.#count * 3;
    if (place >= this.#stretches.length) this.#stretches = grown(this.#stretches, place + 3);
    this.#stretches[place] = start;
    if (last === 0) fields[at + FIRST] = this.#count;
    else {
      this.#stretches[last * 3 + 1] = fields[at + AT] ?? 0;
      this.#stretches[last * 3 + 2] = this.#count;
    }
    fields[at + LAST] = this.#count;
    fields[at + AT] = start;
    fields[at + END] = this.#used;
  }
}

/** The numbers with room for more. */
export function grown(numbers: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(numbers.length * 2, least));
  larger.set(numbers);
  return larger;
}
