/**
 * The known word with the fewest typos from a word, for "Did you mean"; null if there are too many for the word's
 * length. Ties go to the first in `known`.
 * @param lettersPerSlip number of letters per allowed typo; use a higher value for long lists of known words.
 */
export function didYouMean(word: string, known: Iterable<string>, lettersPerSlip = 3): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let fewest = Math.max(1, Math.floor(wanted.length / lettersPerSlip)) + 1;
  for (const candidate of known) {
    const slips = slipsBetween(wanted, candidate.toLowerCase(), fewest);
    if (slips < fewest) [best, fewest] = [candidate, slips];
  }
  return best;
}

/**
 * Optimal string alignment distance: number of insertions, deletions, substitutions and transpositions of adjacent
 * letters between two words. Returns `limit` early if the lengths differ by that much or more.
 */
function slipsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (last[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (last[column - 1] ?? limit) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) slips = Math.min(slips, (beforeLast[column - 2] ?? limit) + 1);
      current.push(slips);
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? limit;
}
