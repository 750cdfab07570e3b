/** Search for posts that link to an article but aren't in the thread of a copy. Off unless `networks.search` is set. */
import type { TargetIndex } from "../responses/targets.ts";
import type { NetworkItem } from "./network-item.ts";

export interface SearchScope {
  /** Host of the blog, used as the query: one search finds the links to all articles. */
  readonly host: string;
  readonly targets: TargetIndex;
  /** Stored results of this server; those that the search doesn't return are requested by their ids. */
  readonly known: readonly { readonly id: string; readonly localId: string | null }[];
  /** False: no search, only earlier results are read again. */
  readonly isOn: boolean;
}

export interface Finds {
  /** Found posts, each with the slug of the article that it links to. */
  readonly items: readonly { readonly slug: string; readonly item: NetworkItem }[];
  /** Ids of stored results that are deleted or no longer link to an article. */
  readonly gone: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Slug of the first article among some URLs, or null. */
export function articleIn(addresses: Iterable<string>, targets: TargetIndex): string | null {
  for (const address of addresses) {
    const slug = targets.resolve(address);
    if (slug !== null) return slug;
  }
  return null;
}
