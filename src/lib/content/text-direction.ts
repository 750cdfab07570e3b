import type { Direction } from "./model.ts";

/** A letter of a script that is written from right to left. */
export const RTL =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const LETTERS = /\p{L}/gu;
/** Share of letters in its language's own direction from which a text has that direction. */
const OWN_SHARE = 0.25;

/**
 * The direction of a text. It's that of its language, unless nearly all of its letters run the other way, as those of
 * an English quotation in an Arabic post. `dir="auto"` goes by the first letter alone, which turns an Arabic sentence
 * around that begins with the name of a program.
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
 * The `dir` of an element with a text that the author or a reader wrote; null where it's that of what is around it.
 * @param around direction of what is around it. @param own direction of the text's language, where it's known to be another.
 */
export function dirWithin(
  around: Direction,
  text: string,
  own: Direction | null = null,
): Direction | null {
  const direction = directionOfText(text, own ?? around);
  return direction === around ? null : direction;
}
