import type { Counted } from "../words/words.ts";

/** What a reader reads while searching. The rest of the search page stands in `src/lib/words/`. */
export interface SearchWords {
  /** Name of the dialog and of the field. */
  readonly search: string;
  readonly placeholder: string;
  readonly close: string;
  /** Says how to move about with the keyboard; read by screen readers, shown where there's room. */
  readonly hint: string;
  readonly narrow: string;
  readonly tag: string;
  readonly author: string;
  readonly year: string;
  readonly series: string;
  /** The choice that doesn't narrow. */
  readonly any: string;
  readonly order: string;
  readonly best: string;
  readonly newest: string;
  readonly oldest: string;
  readonly found: Counted;
  readonly nothing: (query: string) => string;
  readonly nothingHint: string;
  readonly more: Counted;
  /** A link to the results that can be shared. */
  readonly asPage: string;
  readonly loading: string;
  readonly failed: string;
}

/** Loads the words of a language (BCP 47), English when there are none. */
export async function searchWords(lang: string): Promise<SearchWords> {
  const load = LOADERS[lang.toLowerCase().split("-")[0] ?? ""] ?? english;
  return (await load()).words;
}

const english = () => import("./words/en.ts");

const LOADERS: Readonly<Record<string, () => Promise<{ readonly words: SearchWords }>>> = {
  en: english,
  ar: () => import("./words/ar.ts"),
  de: () => import("./words/de.ts"),
  es: () => import("./words/es.ts"),
  fr: () => import("./words/fr.ts"),
  ja: () => import("./words/ja.ts"),
};
