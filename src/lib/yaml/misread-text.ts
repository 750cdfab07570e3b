import type { AuthorIssue } from "../author-error.ts";

/** Windows-1252 characters for the bytes 80 to 9F, in order; an undefined byte maps to the same code point. */
const LETTERS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const LATER = `[\u0080-\u00bf${LETTERS}]`;

/**
 * UTF-8 letters, symbols and emoji decoded as Windows-1252: `Ã©`, `â€™`, `ðŸ˜€`. A closing quote or dash after `Ã` or
 * `Â` isn't matched: it is more likely intended.
 */
const MISREAD = new RegExp(
  `[\u00c2\u00c3](?![»›”’“‘…–—])${LATER}|\u00e2(?:€|„|†|ˆ|š|œ|\u0080)${LATER}|\u00f0\u0178${LATER}{2}`,
  "g",
);

/**
 * A note on the first line with letters that another program decoded with the wrong encoding, such as `CafÃ©`; null
 * when there is none.
 * @param file path from the project's root.
 */
export function misreadNote(text: string, file: string): AuthorIssue | null {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.replaceAll(MISREAD, (wrong) => meant(wrong) ?? wrong) !== line);
  if (at === -1) return null;
  const line = lines[at] ?? "";
  const [word = ""] = line.split(/\s+/).filter((one) => one.replaceAll(MISREAD, "") !== one);
  return {
    message: "Another program read letters of this text in the wrong encoding",
    file,
    line: at + 1,
    hint: `${word} was probably ${word.replaceAll(MISREAD, (wrong) => meant(wrong) ?? wrong)}.`,
  };
}

/** The character whose UTF-8 bytes were decoded wrongly; null if the bytes aren't valid UTF-8. */
function meant(wrong: string): string | null {
  const bytes = [...wrong].map((letter) => {
    const place = LETTERS.indexOf(letter);
    return place === -1 ? letter.charCodeAt(0) : 0x80 + place;
  });
  const letter = Buffer.from(bytes).toString("utf8");
  return letter.includes("\ufffd") ? null : letter;
}
