/** A search text with filters and order, as stored in the address of the search page. */
export interface Query {
  readonly text: string;
  /** Chosen values by filter: `tag`, `author`, `year`, `series`, `language`. */
  readonly filters: Readonly<Record<string, string>>;
  readonly order: Order;
}

export type Order = "best" | "newest" | "oldest";

export const FILTERS = ["tag", "author", "year", "series", "language"] as const;

/** Value of the `language` filter for all languages, on a page whose default is its own language. */
export const ALL_LANGUAGES = "*";

/** Parses a query from an address: `?q=fence&tag=listening&order=newest`. */
export function readQuery(search: string): Query {
  const parameters = new URLSearchParams(search);
  const chosen = FILTERS.flatMap((name) => {
    const value = parameters.get(name);
    return value === null || value === "" ? [] : [[name, value] as const];
  });
  const order = parameters.get("order");
  return {
    text: parameters.get("q") ?? "",
    filters: Object.fromEntries(chosen),
    order: order === "newest" || order === "oldest" ? order : "best",
  };
}

/** Serializes a query as `?q=fence`; an empty query gives the empty string. */
export function writeQuery({ text, filters, order }: Query): string {
  const parameters = new URLSearchParams({
    ...(text.trim() === "" ? {} : { q: text.trim() }),
    ...filters,
    ...(order === "best" ? {} : { order }),
  });
  return parameters.size === 0 ? "" : `?${parameters}`;
}

/** Scripts without spaces between words, with the language whose dictionary is used to segment them. */
const UNSPACED = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Thai}/u, "th"],
  [/\p{Script=Han}/u, "zh"],
] as const;

/**
 * Normalizes a search text like the index: lower case by Unicode's default rules (not by locale, since Turkish has
 * another i), with words of unspaced scripts separated. Null if the text is too short.
 */
export function searchTerm(text: string): string | null {
  const clean = text.normalize("NFC").toLowerCase().trim();
  const lang = UNSPACED.find(([script]) => script.test(clean))?.[1];
  if (lang === undefined) return [...clean].length < 2 ? null : clean;
  const words = [...new Intl.Segmenter(lang, { granularity: "word" }).segment(clean)]
    .filter(({ isWordLike, segment }) => isWordLike === true || segment === '"')
    .map(({ segment }) => segment);
  return words.length === 0 ? null : words.join(" ");
}
