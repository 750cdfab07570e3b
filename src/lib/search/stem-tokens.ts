import { escapeHtml } from "../escape.ts";
import { pagefindFiles } from "./analyse-texts.ts";
import { visitPlaces } from "./read-pagefind.ts";
import { PLAIN_WEIGHT } from "./read-text.ts";

/** What Pagefind makes of what stands between two spaces. */
export interface TokenWords {
  /** Terms with the token's full weight, as `postings.ts` has them. */
  readonly whole: readonly string[];
  /** Terms that share the weight among them: parts of `three-antelopes` or `threeAntelopes`. */
  readonly parts: readonly string[];
}

/** Tokens in a page; so many that Pagefind has few pages to handle. */
const AT_A_TIME = 5_000;

/** A word that closes each page, so that none is left out as wordless. */
const LAST = "last";

/**
 * Asks Pagefind which words it makes of each token. It looks at one token at a time wherever words are set apart by
 * spaces, so a page that holds each once says it all: the position tells the token.
 * @param tokens different ones, without white space.
 * @throws Error when Pagefind cuts them in another way than is thought here.
 */
export async function askTokens(lang: string, tokens: readonly string[]): Promise<TokenWords[]> {
  if (tokens.length === 0) return [];
  const pages = Array.from({ length: Math.ceil(tokens.length / AT_A_TIME) }, (_, index) => ({
    url: String(index),
    tokens: [...tokens.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME), LAST],
  }));
  const files = await pagefindFiles(
    pages.map((page) => ({ url: page.url, content: pageOf(lang, page.tokens) })),
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
      throw new Error("Pagefind cuts words in another way");
  }
  return words;
}

function pageOf(lang: string, tokens: readonly string[]): string {
  const text = escapeHtml(tokens.join(" "));
  return `<!doctype html><html lang="${lang}"><body><main data-pagefind-body>${text}</main></body></html>`;
}
