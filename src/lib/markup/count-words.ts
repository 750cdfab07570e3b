const WORD = /[\p{L}\p{N}]+(?:['’.\-_][\p{L}\p{N}]+)*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Number of words in a text; in languages that write without spaces, by the dictionary of `Intl.Segmenter`. */
export function countWords(text: string, lang: string): number {
  if (!UNSPACED.test(text)) return text.match(WORD)?.length ?? 0;
  let words = 0;
  for (const segment of new Intl.Segmenter(lang, { granularity: "word" }).segment(text)) {
    if (segment.isWordLike === true) words += 1;
  }
  return words;
}
