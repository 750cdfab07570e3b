// prettier-ignore
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const UNPRINTABLE_UNIT = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/;

/** Replaces each UTF-16 unit that HTML doesn't allow with U+FFFD; the length stays the same. */
export function printable(text: string): string {
  const isPrintable = text.isWellFormed() && !UNPRINTABLE_UNIT.test(text);
  return isPrintable ? text : text.replace(UNPRINTABLE, "\uFFFD");
}
