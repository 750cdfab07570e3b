/** A text as one word of a command line. In double quotes, a Unix shell gives a meaning to more signs than to spaces. */
export function shellWord(text: string): string {
  if (!/[^\w./:@-]/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
