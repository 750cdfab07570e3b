/** A typed title or name without line breaks and control characters; empty when there is nothing in it to see. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  return /[^\p{C}\p{Z}]/u.test(line) ? line : "";
}
