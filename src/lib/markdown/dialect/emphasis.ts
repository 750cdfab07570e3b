const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/**
 * Whether a run of asterisks or tildes needs a `glue` marker before or after it to work as emphasis. By CommonMark's
 * flanking rules, a run beside punctuation opens or closes nothing unless a space or punctuation is on its other side,
 * and CJK text has no spaces. The amendment follows micromark's `cjk-friendly` extension.
 * @param isAfterMark whether a code span or the address of a link ends right before the run.
 */
export function emphasisGlue(
  text: string,
  at: number,
  length: number,
  isAfterMark: boolean,
): { readonly before: boolean; readonly after: boolean } {
  const before = characterBefore(text, at);
  const after = String.fromCodePoint(text.codePointAt(at + length) ?? 0x20);
  const opens = PUNCTUATION.test(after) && CJK.test(before) && !PUNCTUATION.test(before);
  const closes = PUNCTUATION.test(before) && CJK.test(after) && !PUNCTUATION.test(after);
  const closesMark = isAfterMark && /[\p{L}\p{N}]/u.test(after);
  return { before: closes || closesMark, after: opens };
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return " ";
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text.charAt(at - 1);
}

/** Whether the text between two tildes in a word is a subscript, which has neither spaces nor CJK text. */
export function isLowered(content: string): boolean {
  return content !== "" && !/\s/.test(content) && !CJK.test(content);
}
