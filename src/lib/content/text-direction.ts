import type { Direction } from "./model.ts";

/** A letter of a script that is written from right to left. */
export const RTL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const LETTERS = /\p{L}/gu;
/** Minimum share of letters in the language's direction for a text to have that direction. */
const OWN_SHARE = 0.25;

/**
 * The direction of a text: that of its language, unless most of its letters have the other direction, as in an English
 * quotation in an Arabic post. (`dir="auto"` uses only the first letter, which reverses an Arabic sentence that begins
 * with the name of a program.)
 * @param own direction of the language in which the text is expected.
 */
export function directionOfText(text: string, own: Direction): Direction {
  if (own === "ltr" && !RTL.test(text)) return own;
  const letters = text.match(LETTERS) ?? [];
  const rightToLeft = letters.filter((letter) => RTL.test(letter)).length;
  const share = (own === "rtl" ? rightToLeft : letters.length - rightToLeft) / letters.length;
  return share < OWN_SHARE ? OTHER[own] : own;
}

const OTHER = { ltr: "rtl", rtl: "ltr" } as const;

/**
 * The `dir` of an element with text from the author or a reader; null if it's the same as that of the parent element.
 * @param around direction of the parent element. @param own direction of the text's language, if it's known to differ.
 */
export function dirWithin(
  around: Direction,
  text: string,
  own: Direction | null = null,
): Direction | null {
  const direction = directionOfText(text, own ?? around);
  return direction === around ? null : direction;
}
