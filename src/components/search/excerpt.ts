/** A part of an excerpt; marked if it is a search term. */
export interface ExcerptPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * Parses a Pagefind excerpt. Its only markup is `<mark>`, `</mark>`, `&lt;` and `&gt;`; everything else is plain text
 * and must be shown as text. Adds an ellipsis where the excerpt doesn't reach the start or the end of the text.
 * @param content the whole text, with the same escapes.
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

/** Excludes punctuation from a mark: Pagefind marks `fence,` for `fence`. */
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

/** Decodes an excerpt. Removes the zero-width spaces that separate words in scripts without spaces. */
function plain(text: string): string {
  return text.replaceAll("\u200B", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}
