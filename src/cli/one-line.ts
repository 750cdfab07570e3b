/** A typed title or name without line breaks and control characters; empty if it has no visible characters. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  return /[^\p{C}\p{Z}]/u.test(line) ? line : "";
}
