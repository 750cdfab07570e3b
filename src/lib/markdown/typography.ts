/**
 * A prop's text with the signs that the parser gives to Markdown: dashes and dots in every language, quotes and
 * apostrophes in English only, because other languages have quotes of their own.
 */
export function typeset(text: string, lang: string): string {
  const dashed = text
    .replace(/---/g, "—")
    .replace(/(?<!-)--(?!-)/g, "–")
    .replace(/\.\.\./g, "…");
  if (!/^en\b/i.test(lang)) return dashed;
  return dashed
    .replace(/(^|[\s([{—–"“])'(?=\S)/g, "$1‘")
    .replace(/'/g, "’")
    .replace(/(^|[\s([{—–‘])"(?=\S)/g, "$1“")
    .replace(/"/g, "”");
}
