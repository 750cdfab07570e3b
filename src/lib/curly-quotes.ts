/** Characters after which a quote opens: whitespace, opening brackets, dashes, an opening quote. */
const OPENS_AFTER = /[\s([{—–‘“]/u;

/**
 * Replaces straight quotes and apostrophes with curly ones, in English only: other languages have different quotes.
 * Tags and code stay unchanged.
 * @param html plain text, or HTML.
 * @param lang BCP 47 tag of the page.
 */
export function curlyQuotes(html: string, lang: string): string {
  if (!/^en\b/i.test(lang) || !/["']|&(?:quot|#39|#34|#x27|#x22|apos);/i.test(html)) return html;
  let before = "";
  let codeDepth = 0;
  return html
    .split(/(<[^<>]*>)/)
    .map((part, at) => {
      if (at % 2 === 1) {
        const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(part);
        const name = tag?.[2]?.toLowerCase() ?? "";
        if (name === "code" || name === "pre") codeDepth += tag?.[1] === "/" ? -1 : 1;
        if (/^(?:p|li|ul|ol|blockquote|br|div|h[1-6]|pre)$/.test(name)) before = "";
        return part;
      }
      const text = codeDepth > 0 ? part : curlyText(part, before);
      before = text.at(-1) ?? before;
      return text;
    })
    .join("");
}

/** @param before the character before the text; empty at the beginning of a block. */
function curlyText(text: string, before: string): string {
  const plain = text.replace(/&(?:quot|#34|#x22);/gi, '"').replace(/&(?:apos|#39|#x27);/gi, "'");
  return plain.replace(/["']/g, (quote, at: number) => {
    const previous = at === 0 ? before : (plain[at - 1] ?? "");
    const isOpening =
      previous === "" || OPENS_AFTER.test(previous) || (/["']/.test(previous) && at === 1 && before === "");
    if (quote === '"') return isOpening ? "“" : "”";
    return isOpening && !/^'\d\ds?\b/.test(plain.slice(at)) ? "‘" : "’";
  });
}
