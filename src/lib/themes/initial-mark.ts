import { INITIALS } from "./initials.ts";

const SQUARE = "M7 1L25 1Q31 1 31 7L31 25Q31 31 25 31L7 31Q1 31 1 25L1 7Q1 1 7 1Z";
/** Fallback for titles in other scripts: the two pages of an open book. */
const PAGES =
  "M7 9.5Q12 8.500 15.300 10.500L15.300 24Q12 22.300 7 23ZM25 9.500Q20 8.500 16.700 10.500L16.700 24Q20 22.300 25 23Z";

/** Default mark: the blog's initial on a square, as SVG elements with a view box of 32 by 32. */
export function initialMark(title: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(title.normalize("NFD"))?.[0].toUpperCase() ?? "";
  return `<path class="accent" d="${SQUARE}"/><path class="paper" d="${INITIALS[letter] ?? PAGES}"/>`;
}
