/**
 * Applies the parser's typography to a prop's text: dashes and ellipses in every language, quotes and apostrophes only
 * in English, because other languages have different quotes.
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
