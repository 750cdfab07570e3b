/**
 * Number of characters from an offset on that must stay as typed: the hyphens of an option or an arrow, and the marks
 * for feet, inches and minutes after a number. 0 when the parser may replace them typographically.
 * @param hasOpenQuote whether the same character has already opened a quotation.
 */
export function plainSigns(text: string, at: number, hasOpenQuote: boolean): number {
  const sign = text[at];
  const before = text[at - 1] ?? " ";
  if (sign === "-") {
    const length = /^-+/.exec(text.slice(at, at + 8))?.[0].length ?? 0;
    const after = text[at + length] ?? " ";
    const isOption = length <= 2 && /[\s([{"'`=|/>]/.test(before) && /[\p{L}\p{N}]/u.test(after);
    const isArrow = before === "<" || after === ">";
    return length >= 2 && (isOption || isArrow) ? length : 0;
  }
  if (!/\d/.test(before) || hasOpenQuote) return 0;
  if (sign === '"') return 1;
  return sign === "'" && /[\d\s".,;)]|$/.test(text.charAt(at + 1)) && !/[a-z]/i.test(text.charAt(at + 1))
    ? 1
    : 0;
}
