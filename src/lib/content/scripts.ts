/** Class of a UTF-16 code unit, for counting words in any script. */
export const SIGN = {
  /** Space, punctuation and everything else that separates words. */
  gap: 0,
  /** Letters and marks of scripts with spaces between words, and surrogates. */
  letter: 1,
  digit: 2,
  /** Han and kana: no spaces between words; each character takes about the same time to read. */
  ideograph: 3,
  /** Thai, Lao, Khmer, Burmese: no spaces between words. */
  unspaced: 4,
} as const;

export type Sign = (typeof SIGN)[keyof typeof SIGN];

let table: Uint8Array | null = null;

/** Class of each of the 65,536 code units, computed once from Unicode properties. */
export function signTable(): Uint8Array {
  if (table !== null) return table;
  table = new Uint8Array(0x10000);
  for (let code = 0; code < 0x10000; code++) table[code] = signOf(code);
  return table;
}

function signOf(code: number): Sign {
  if (code >= 0xd800 && code <= 0xdfff) return SIGN.letter;
  const character = String.fromCharCode(code);
  if (/\p{N}/u.test(character)) return SIGN.digit;
  if (!/[\p{L}\p{M}]/u.test(character)) return SIGN.gap;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return SIGN.ideograph;
  if (/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(character))
    return SIGN.unspaced;
  return SIGN.letter;
}

/** Writing direction of a language, from its most common script. */
export function directionOf(lang: string): "ltr" | "rtl" {
  const known = directions.get(lang);
  if (known !== undefined) return known;
  const script = new Intl.Locale(lang).maximize().script ?? "Latn";
  const direction = RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
  directions.set(lang, direction);
  return direction;
}

/** Whether a language's usual script has capitals. */
export function hasCapitals(lang: string): boolean {
  return CAPITALS.has(new Intl.Locale(lang).maximize().script ?? "Latn");
}

const CAPITALS = new Set(["Latn", "Cyrl", "Grek", "Armn"]);

const directions = new Map<string, "ltr" | "rtl">();

const RIGHT_TO_LEFT = new Set([
  "Adlm",
  "Arab",
  "Hebr",
  "Mand",
  "Nkoo",
  "Rohg",
  "Samr",
  "Syrc",
  "Thaa",
  "Yezi",
]);
