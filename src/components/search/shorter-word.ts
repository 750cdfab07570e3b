/** Letters at a word's end that Pagefind's stemmers take off as well, so that they say nothing. */
const ENDING = 2;

/**
 * The word that results are for when no text has a word of the query: Pagefind then takes the longest word that is a
 * beginning of it. Null where the words were found.
 * @param marked what is marked in the results.
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
