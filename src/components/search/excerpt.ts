/** A piece of an excerpt; marked where a searched word stands. */
export interface ExcerptPart {
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * Takes Pagefind's excerpt apart. It has `<mark>` and `</mark>`, and `&lt;` and `&gt;` for what stands in the text; all
 * else is text, and must be shown as text.
 */
export function excerptParts(excerpt: string): ExcerptPart[] {
  return excerpt
    .split(/(<mark>[^]*?<\/mark>)/)
    .map((piece) => {
      const marked = /^<mark>([^]*)<\/mark>$/.exec(piece)?.[1];
      return { text: plain(marked ?? piece), isMarked: marked !== undefined };
    })
    .filter(({ text }) => text !== "");
}

/** Zero-width spaces part the words of texts that were cut by dictionary. */
function plain(text: string): string {
  return text.replaceAll("\u200B", "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}
