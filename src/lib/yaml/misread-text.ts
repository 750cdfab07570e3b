import type { AuthorIssue } from "../author-error.ts";

/** Letters that Windows-1252 has for the bytes 80 to 9F, in their order; a byte without a letter stands for itself. */
const LETTERS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const LATER = `[\u0080-\u00bf${LETTERS}]`;

/**
 * Letters, signs and emoji of UTF-8 as they look when they are read as Windows-1252: `Ã©`, `â€™`, `ðŸ˜€`. After `Ã` and `Â`,
 * closing quotes and dashes are more likely meant.
 */
const MISREAD = new RegExp(
  `[\u00c2\u00c3](?![»›”’“‘…–—])${LATER}|\u00e2(?:€|„|†|ˆ|š|œ|\u0080)${LATER}|\u00f0\u0178${LATER}{2}`,
  "g",
);

/**
 * A note on the first line of a text with letters that another program has read in the wrong encoding, such as `CafÃ©`; null
 * when there is none. @param file path from the project's root.
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

/** The letter whose bytes a text shows; null when they are none. */
function meant(wrong: string): string | null {
  const bytes = [...wrong].map((letter) => {
    const place = LETTERS.indexOf(letter);
    return place === -1 ? letter.charCodeAt(0) : 0x80 + place;
  });
  const letter = Buffer.from(bytes).toString("utf8");
  return letter.includes("\ufffd") ? null : letter;
}
