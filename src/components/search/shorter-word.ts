/** Differences of at most this many letters at the end are ignored: stemming causes them, too. */
const ENDING = 2;

/**
 * The word that Pagefind searched instead of a query word that no text contains: the longest indexed prefix of it. Null
 * if all words were found.
 * @param marked texts marked in the results.
 */
export function shorterWord(query: string, marked: readonly string[]): string | null {
  const marks = marked.map((text) => text.normalize("NFC").toLowerCase());
  for (const word of query
    .normalize("NFC")
    .toLowerCase()
    .split(/[\s"]+/)) {
    if (marks.some((mark) => mark.startsWith(word))) continue;
    const [longest] = marks
      .filter((mark) => mark.length > 1 && word.startsWith(mark) && word.length - mark.length > ENDING)
      .toSorted((a, b) => b.length - a.length);
    if (longest !== undefined) return longest;
  }
  return null;
}
