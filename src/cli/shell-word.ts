/** Quotes a text as one word of a command line: in single quotes if a Unix shell would expand it in double quotes. */
export function shellWord(text: string): string {
  if (!/[^\w./:@-]/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
