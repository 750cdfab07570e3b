import type { Direction } from "../../lib/content/model.ts";
import { type ExcerptPart, excerptParts } from "./excerpt.ts";
import { pageOrder } from "./page-order.ts";
import { ALL_LANGUAGES, type Order, type Query, searchTerm } from "./query.ts";

/** A search result. */
export interface Hit {
  readonly url: string;
  readonly title: string;
  /** Date in the site's time zone, such as `2011-11-10`. */
  readonly day: string;
  readonly author: string;
  readonly lang: string;
  readonly dir: Direction;
  readonly excerpt: readonly ExcerptPart[];
  /** Sections of the post that match. */
  readonly sections: readonly { readonly url: string; readonly title: string }[];
}

export interface Found {
  readonly count: number;
  /** Fetches the hits with indexes from `from` up to, but not including, `to`. */
  hits(from: number, to: number): Promise<Hit[]>;
}

/** Values of each filter, with the number of posts. */
export type Facets = Readonly<Record<string, readonly (readonly [value: string, count: number])[]>>;

/** The subset of Pagefind's browser API (https://pagefind.app/docs/api/) that is used here. */
interface PagefindApi {
  options(options: { excerptLength: number }): Promise<void>;
  search(
    term: string | null,
    options: { filters: Query["filters"] },
  ): Promise<{ results: readonly Result[] }>;
}

interface Result {
  /** Name of the fragment. */
  readonly id: string;
  data(): Promise<PagefindData>;
}

interface PagefindData {
  readonly url: string;
  readonly excerpt: string;
  /** The whole text. */
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly { readonly url: string; readonly title: string }[];
}

const EXCERPT_WORDS = 26;

const LANGUAGE = "language";

/** The search index of a site. */
export interface SearchClient {
  /**
   * Runs a query. Resolves to null if the text is too short and no filter is set.
   * @param language language to search unless the query sets one; if it has no results, all languages are searched.
   */
  find(query: Query, language: string | null): Promise<Found | null>;
  facets(): Promise<Facets>;
}

/**
 * Loads Pagefind and the index.
 * @param base absolute address of the site with its base path.
 */
export async function searchClient(base: URL): Promise<SearchClient> {
  const api: PagefindApi = await import(/* @vite-ignore */ new URL("pagefind/pagefind.js", base).href);
  await api.options({ excerptLength: EXCERPT_WORDS });
  let places: Promise<ReadonlyMap<string, number>> | null = null;
  const inOrder = async (results: readonly Result[], order: Order): Promise<readonly Result[]> => {
    if (order === "best") return results;
    places ??= pageOrder(base).catch((error: unknown) => {
      places = null;
      throw error;
    });
    const known = await places;
    const placeOf = ({ id }: Result): number => known.get(id) ?? -1;
    return [...results].sort((a, b) =>
      order === "newest" ? placeOf(b) - placeOf(a) : placeOf(a) - placeOf(b),
    );
  };
  return {
    find: async (query, language) => {
      const term = searchTerm(query.text);
      if (term === null && Object.keys(query.filters).length === 0) return null;
      const order = term === null && query.order === "best" ? "newest" : query.order;
      const { [LANGUAGE]: asked, ...others } = query.filters;
      const isOwn = asked === undefined && language !== null;
      const wanted = isOwn ? language : asked === ALL_LANGUAGES ? undefined : asked;
      const filters = wanted === undefined ? others : { ...others, [LANGUAGE]: wanted };
      const own = await api.search(term, { filters });
      const found = isOwn && own.results.length === 0 ? await api.search(term, { filters: others }) : own;
      const results = await inOrder(found.results, order);
      return {
        count: results.length,
        hits: (from, to) => Promise.all(results.slice(from, to).map(async ({ data }) => hitOf(await data()))),
      };
    },
    facets: async () => (await fetch(new URL("pagefind/facets.json", base))).json(),
  };
}

function hitOf({ url, excerpt, content, meta, sub_results }: PagefindData): Hit {
  const { title = url, day = "", author = "", lang = "" } = meta;
  const dir = meta["dir"] === "rtl" ? "rtl" : "ltr";
  const sections = sub_results.filter((section) => section.url.includes("#"));
  return { url, title, day, author, lang, dir, excerpt: excerptParts(excerpt, content), sections };
}
