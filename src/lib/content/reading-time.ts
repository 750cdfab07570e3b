import { SIGN, signTable } from "./scripts.ts";

/**
 * Words (for Chinese and Japanese, characters) that adults read silently per minute, by language:
 * Trauzettel-Klosinski and Dietz, "Standardized Assessment of Reading Performance: The New International Reading Speed
 * Texts IReST", Investigative Ophthalmology & Visual Science 53 (2012). Other languages use that study's mean, 184.
 */
const WORDS_PER_MINUTE: Readonly<Record<string, number>> = {
  ar: 138,
  de: 179,
  en: 228,
  es: 218,
  fi: 161,
  fr: 195,
  he: 187,
  it: 188,
  nl: 202,
  pl: 166,
  pt: 181,
  ru: 184,
  sl: 180,
  sv: 199,
  tr: 166,
};
const MEAN_WORDS_PER_MINUTE = 184;
const SIGNS_PER_MINUTE = { ja: 357, zh: 255 } as const;

export interface ReadingTime {
  readonly words: number;
  /** Whole minutes, at least 1. */
  readonly minutes: number;
}

/** Number of words and reading time of a text. @param lang BCP 47 tag of the text. */
export function readingTime(text: string, lang: string): ReadingTime {
  const language = lang.split("-", 1)[0]?.toLowerCase() ?? "";
  const counts = count(text);
  const unspaced = counts.hasUnspaced ? wordsWithoutSpaces(text, lang) : { ideographic: 0, other: 0 };
  const spoken = counts.words + unspaced.other;
  const minutes =
    spoken / (WORDS_PER_MINUTE[language] ?? MEAN_WORDS_PER_MINUTE) +
    counts.ideographs / (language === "ja" ? SIGNS_PER_MINUTE.ja : SIGNS_PER_MINUTE.zh);
  return { words: spoken + unspaced.ideographic, minutes: Math.max(1, Math.round(minutes)) };
}

function count(text: string): { words: number; ideographs: number; hasUnspaced: boolean } {
  const signs = signTable();
  let words = 0;
  let ideographs = 0;
  let hasUnspaced = false;
  let isInWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const sign = signs[code];
    if (sign === SIGN.letter || sign === SIGN.digit) {
      if (!isInWord) words++;
      isInWord = true;
    } else if (sign === SIGN.gap) {
      isInWord = isInWord && JOINERS.includes(code);
    } else {
      isInWord = false;
      hasUnspaced = true;
      if (sign === SIGN.ideograph) ideographs++;
    }
  }
  return { words, ideographs, hasUnspaced };
}

/** Characters within a word: ' - . ’ ‐ ‑ and the zero-width joiners. */
const JOINERS = [0x27, 0x2d, 0x2e, 0x2019, 0x2010, 0x2011, 0x200c, 0x200d];

function wordsWithoutSpaces(text: string, lang: string): { ideographic: number; other: number } {
  const signs = signTable();
  const segmenter = new Intl.Segmenter(lang, { granularity: "word" });
  let ideographic = 0;
  let other = 0;
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const sign = signs[segment.charCodeAt(0)];
    if (isWordLike !== true) continue;
    if (sign === SIGN.ideograph) ideographic++;
    if (sign === SIGN.unspaced) other++;
  }
  return { ideographic, other };
}
