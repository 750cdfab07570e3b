/** Excerpts used instead of a missing description in lists, feeds and cards. */

/** Minimum length of an excerpt that ends with a paragraph or sentence, in UTF-16 code units. */
const MIN_LENGTH = 40;

/**
 * The first paragraph of a text, or as many whole sentences of it as fit.
 * @param beginning first words of the running text; ends with `…` if it was cut.
 * @param text plain text of the body, one line for each block.
 */
export function excerptFrom(beginning: string, text: string, lang: string): string {
  const paragraph = text.split("\n").find((line) => line.length >= MIN_LENGTH && beginning.startsWith(line));
  if (paragraph !== undefined) return paragraph;
  return beginning.endsWith("…") ? wholeSentences(beginning, lang) : beginning;
}

function wholeSentences(beginning: string, lang: string): string {
  const sentences = [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(beginning.slice(0, -1))];
  const whole = sentences
    .slice(0, -1)
    .map(({ segment }) => segment)
    .join("")
    .trim();
  return whole.length >= MIN_LENGTH ? whole : beginning;
}
