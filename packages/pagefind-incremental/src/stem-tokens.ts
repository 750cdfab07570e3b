import { escapeHtml } from "./page-html.ts";
import { pagefindFiles } from "./pagefind-api.ts";
import { visitPlaces } from "./read-pagefind.ts";
import { PLAIN_WEIGHT } from "./positions.ts";

/** Pagefind's terms for a token (the characters between two spaces), in the format of `postings.ts`. */
export interface TokenTerms {
  /** Terms with the token's full weight. */
  readonly whole: readonly string[];
  /** Terms that share the token's weight: parts of `three-antelopes` or `threeAntelopes`. */
  readonly parts: readonly string[];
}

/** Number of tokens per page. */
const AT_A_TIME = 5_000;

/** A word at the end of each page, because Pagefind skips pages without words. */
const LAST = "last";

/**
 * Determines the terms of each token by indexing them with Pagefind. In languages with spaces between words, Pagefind
 * processes one token at a time, so a page with each token once is enough: the position identifies the token.
 * @param tokens distinct, without whitespace.
 * @throws Error if Pagefind splits the page in another way.
 */
export async function stemTokens(language: string, tokens: readonly string[]): Promise<TokenTerms[]> {
  if (tokens.length === 0) return [];
  const pages = Array.from({ length: Math.ceil(tokens.length / AT_A_TIME) }, (_, index) => ({
    url: String(index),
    tokens: [...tokens.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME), LAST],
  }));
  const files = await pagefindFiles(
    pages.map((page) => ({ url: page.url, content: pageOf(language, page.tokens) })),
  );
  const words = tokens.map(() => ({ whole: [] as string[], parts: [] as string[] }));
  const texts = visitPlaces(files, (term, url, places) => {
    for (let index = 0; index < places.length; index += 2) {
      const position = places[index] ?? 0;
      const token = position === AT_A_TIME ? undefined : words[Number(url) * AT_A_TIME + position];
      const isWhole = places[index + 1] === PLAIN_WEIGHT;
      (isWhole ? token?.whole : token?.parts)?.push(term);
    }
  });
  for (const page of pages) {
    if (texts.get(page.url)?.content !== page.tokens.join(" "))
      throw new Error("Pagefind splits words in an unknown way");
  }
  return words;
}

function pageOf(language: string, tokens: readonly string[]): string {
  const text = escapeHtml(tokens.join(" "));
  return `<!doctype html><html lang="${language}"><body><main data-pagefind-body>${text}</main></body></html>`;
}
