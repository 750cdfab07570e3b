import fc from "fast-check";

const SURROGATES = { from: 0xd800, count: 0x800 } as const;

/**
 * Any code point but surrogates, as the unit of `fc.string()`: the same values as of its own unit `binary`, for which
 * fast-check makes a table of all million characters in each process.
 */
export const anyCharacter = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((place) => String.fromCodePoint(place < SURROGATES.from ? place : place + SURROGATES.count), placeOf);

/** @throws Error for what isn't one character, as fast-check expects of such a function. */
function placeOf(text: unknown): number {
  const code = typeof text === "string" ? text.codePointAt(0) : undefined;
  if (code === undefined || String.fromCodePoint(code) !== text || !text.isWellFormed())
    throw new Error("It isn't one character");
  return code < SURROGATES.from ? code : code - SURROGATES.count;
}
