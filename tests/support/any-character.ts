import fc from "fast-check";

const SURROGATES = { from: 0xd800, count: 0x800 } as const;

/**
 * Unit for `fc.string()`: any code point except surrogates. The values are those of fast-check's unit `binary`, which
 * builds a table of a million characters in each process.
 */
export const anyCharacter = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((place) => String.fromCodePoint(place < SURROGATES.from ? place : place + SURROGATES.count), placeOf);

/** Inverse of the mapping above. @throws Error for anything but one character, as fast-check expects. */
function placeOf(text: unknown): number {
  const code = typeof text === "string" ? text.codePointAt(0) : undefined;
  if (code === undefined || String.fromCodePoint(code) !== text || !text.isWellFormed())
    throw new Error("It isn't one character");
  return code < SURROGATES.from ? code : code - SURROGATES.count;
}
