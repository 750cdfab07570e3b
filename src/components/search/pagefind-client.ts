import type { Direction } from "../../lib/content/model.ts";
import { type ExcerptPart, excerptParts } from "./excerpt.ts";
import { pageOrder } from "./page-order.ts";
import { ALL_LANGUAGES, type Order, type Query, searchTerm } from "./query.ts";

/** A post that was found. */
export interface Hit {
  readonly url: string;
  readonly title: string;
  /** `2011-11-10`, in the site's zone. */
  readonly day: string;
  readonly author: string;
  readonly lang: string;
  readonly dir: Direction;
  readonly excerpt: readonly ExcerptPart[];
  /** The sections of the post that contain the words. */
  readonly sections: readonly { readonly url: string; readonly title: string }[];
}

export interface Found {
  readonly count: number;
  /** Fetches the hits from one place of the list up to another. */
  hits(from: number, to: number): Promise<Hit[]>;
}

/** Values that can be chosen in a filter, and how many posts have each. */
export type Facets = Readonly<Record<string, readonly (readonly [value: string, count: number])[]>>;

/** The part of Pagefind's browser API (https://pagefind.app/docs/api/) that is used here. */
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
   * Null when there's too little to look for.
   * @param language name of the language to keep to unless the query names another; all are searched when nothing is found in it.
   */
  find(query: Query, language: string | null): Promise<Found | null>;
  facets(): Promise<Facets>;
}

/**
 * Loads the index reader.
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
