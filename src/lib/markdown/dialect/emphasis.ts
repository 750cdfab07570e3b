const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

/**
 * Whether a run of asterisks or tildes needs help to be emphasis: by CommonMark's flanking rule one beside punctuation opens or
 * closes nothing unless a space or punctuation is on its other side, and CJK text has no spaces. The rule is amended
 * the way the `cjk-friendly` extension of micromark does it.
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

/** Whether what stands between two tildes in a word is a subscript: one has neither spaces nor CJK text. */
export function isLowered(content: string): boolean {
  return content !== "" && !/\s/.test(content) && !CJK.test(content);
}
