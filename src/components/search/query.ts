/** A query with its filters; also the address of the search page. */
export interface Query {
  readonly text: string;
  /** Chosen values by filter: `tag`, `author`, `year`, `series`, `language`. */
  readonly filters: Readonly<Record<string, string>>;
  readonly order: Order;
}

export type Order = "best" | "newest" | "oldest";

export const FILTERS = ["tag", "author", "year", "series", "language"] as const;

/** In the address of a search through all languages, where the page has one of its own. */
export const ALL_LANGUAGES = "*";

/** The query in an address: `?q=fence&tag=listening&order=newest`. */
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

/** The address that shows the results of a query: `?q=fence`, or the empty string. */
export function writeQuery({ text, filters, order }: Query): string {
  const parameters = new URLSearchParams({
    ...(text.trim() === "" ? {} : { q: text.trim() }),
    ...filters,
    ...(order === "best" ? {} : { order }),
  });
  return parameters.size === 0 ? "" : `?${parameters}`;
}

/** Scripts whose words aren't set apart by spaces, with a language by whose dictionary they're cut. */
const UNSPACED = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Thai}/u, "th"],
  [/\p{Script=Han}/u, "zh"],
] as const;

/**
 * The words as the index has them: small letters by Unicode's own rules (not the browser's language, by which Turkish
 * has another i), and words of unspaced scripts cut apart. Null when there's too little to look for.
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
