/** A part of an excerpt; marked if it is a search term. */
export interface ExcerptPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * Takes Pagefind's excerpt apart. It has `<mark>` and `</mark>`, and `&lt;` and `&gt;` for what is in the text; all
 * else is text, and must be shown as text. Where it doesn't reach the ends of the text, three dots say so.
 * @param content the whole text.
 */
export function excerptParts(excerpt: string, content: string): ExcerptPart[] {
  const parts = excerpt
    .split(/(<mark>[^]*?<\/mark>)/)
    .map((piece) => {
      const marked = /^<mark>([^]*)<\/mark>$/.exec(piece)?.[1];
      return { text: plain(marked ?? piece), isMarked: marked !== undefined };
    })
    .flatMap((part) => (part.isMarked ? withoutPunctuation(part.text) : [part]))
    .filter(({ text }) => text !== "");
  const whole = plain(content);
  const shown = parts.map(({ text }) => text).join("");
  const dots = { text: "…", isMarked: false };
  return [...(whole.startsWith(shown) ? [] : [dots]), ...parts, ...(whole.endsWith(shown) ? [] : [dots])];
}

/** Pagefind marks a word with the signs around it: `fence,`. */
function withoutPunctuation(text: string): readonly ExcerptPart[] {
  const [, before = "", word = "", after = ""] =
    /^([\s.,;:!?…"'“”„»«()–—-]*)([^]*?)([\s.,;:!?…"'“”„»«()–—-]*)$/.exec(text) ?? [];
  if (word === "") return [{ text, isMarked: true }];
  return [
    { text: before, isMarked: false },
    { text: word, isMarked: true },
    { text: after, isMarked: false },
  ].filter((part) => part.text !== "");
}

/** Zero-width spaces part the words of texts that were cut by dictionary. */
function plain(text: string): string {
  return text.replaceAll("\u200B", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}
